package dev.assay.network.web;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * How TLS is opened on the way: certificates of a test CA towards clients, and what is trusted
 * towards servers. Thread-safe.
 */
public final class Interception {

  private static final int MOST_KEPT = 1000;

  private final TestAuthority authority;
  private final SslContext towardsServers;
  private final Map<String, SslContext> towardsClients =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SslContext> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /**
   * Opens TLS.
   *
   * @param authority issues the certificates that clients see
   * @param trusted CAs of servers, beside those that Java trusts
   */
  public Interception(TestAuthority authority, Collection<? extends Certificate> trusted) {
    this.authority = authority;
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate ca : trusted) {
        store.setCertificateEntry("given-" + number++, ca);
      }
      for (X509Certificate ca : ofJava()) {
        store.setCertificateEntry("java-" + number++, ca);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      towardsServers =
          SslContextBuilder.forClient()
              .trustManager(factory)
              .endpointIdentificationAlgorithm("HTTPS")
              .build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK speaks TLS", e);
    }
  }

  private static List<X509Certificate> ofJava() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    List<X509Certificate> all = new ArrayList<>();
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        all.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    return all;
  }

  /**
   * The certificates of a PEM file.
   *
   * @throws IOException if it cannot be read
   * @throws GeneralSecurityException if it holds no certificates
   */
  public static List<Certificate> certificates(Path pem)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
    }
  }

  /** The authority. */
  public TestAuthority authority() {
    return authority;
  }

  SslContext towardsServers() {
    return towardsServers;
  }

  /** TLS as the server of that name. */
  SslContext as(String host) {
    String key = host.toLowerCase(Locale.ROOT);
    synchronized (towardsClients) {
      return towardsClients.computeIfAbsent(key, this::made);
    }
  }

  private SslContext made(String host) {
    try {
      return SslContextBuilder.forServer(
              authority.serverKey(), authority.issue(host), authority.certificate())
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("every JDK speaks TLS", e);
    }
  }
}
