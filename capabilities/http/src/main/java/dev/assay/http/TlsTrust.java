package dev.assay.http;

import dev.assay.api.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates a flow trusts. */
final class TlsTrust {

  private static final long LARGEST_FILE = 10_000_000;

  private TlsTrust() {}

  /**
   * The context for a flow; empty for the JDK's own.
   *
   * @throws ProblemException if the file of {@code trust} cannot be used
   */
  static Optional<SSLContext> context(HttpConfiguration configuration, Path folder)
      throws GeneralSecurityException, IOException {
    if (configuration.insecure()) {
      return Optional.of(context(new TrustManager[] {new Everybody()}));
    }
    String trust = configuration.trust();
    if (trust == null) {
      return Optional.empty();
    }
    return Optional.of(context(besidesTheUsual(read(configuration, folder.resolve(trust)))));
  }

  private static SSLContext context(TrustManager[] managers) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers, null);
    return context;
  }

  private static Collection<? extends Certificate> read(HttpConfiguration configuration, Path file)
      throws IOException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw unusable(configuration, "'" + file + "' is larger than 10 MB", null);
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        Collection<? extends Certificate> found =
            CertificateFactory.getInstance("X.509").generateCertificates(in);
        if (found.isEmpty()) {
          throw unusable(configuration, "'" + file + "' holds no certificate", null);
        }
        return found;
      }
    } catch (NoSuchFileException missing) {
      throw unusable(configuration, "there is no file '" + file + "'", missing);
    } catch (CertificateException broken) {
      throw unusable(
          configuration, "'" + file + "' holds something that is no certificate", broken);
    } catch (IOException unreadable) {
      throw unusable(configuration, "'" + file + "' cannot be read", unreadable);
    }
  }

  private static ProblemException unusable(
      HttpConfiguration configuration, String what, @Nullable Exception cause) {
    var problem =
        HttpProblems.TRUST.at(
            configuration.place(), what, "name a file with certificates in PEM after 'trust:'");
    return new ProblemException(cause == null ? problem : problem.causedBy(cause));
  }

  private static TrustManager[] besidesTheUsual(Collection<? extends Certificate> own)
      throws GeneralSecurityException, IOException {
    List<Certificate> trusted = new ArrayList<>(own);
    TrustManagerFactory usual = factory(null);
    for (TrustManager manager : usual.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        trusted.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("trusted-" + i, trusted.get(i));
    }
    return factory(store).getTrustManagers();
  }

  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  /**
   * Trusts everybody, for {@code insecure: true}; extended, so that the JDK checks no host name.
   */
  private static final class Everybody extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
