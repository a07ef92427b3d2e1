package dev.assay.load;

import dev.assay.api.spi.CheckContext;
import dev.assay.load.engine.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes the one context in which a check speaks TLS. */
final class TlsContexts {

  /** How many sessions are kept; BoringSSL keeps one of each ticket, and each serves once. */
  private static final int SESSIONS = 10_000;

  private final LoadConfiguration configuration;
  private final Path folder;
  private final BooleanSupplier boringThere;

  TlsContexts(CheckContext context, LoadConfiguration configuration) {
    // Asking takes a tenth of a second of a cold start, so only who speaks TLS asks.
    this(context.folder(), configuration, OpenSsl::isAvailable);
  }

  /**
   * Contexts on a certain machine.
   *
   * @param boringThere says whether the machine has BoringSSL
   */
  TlsContexts(Path folder, LoadConfiguration configuration, BooleanSupplier boringThere) {
    this.folder = folder;
    this.configuration = configuration;
    this.boringThere = boringThere;
  }

  /** The context that the configuration asks for, to be released once no connection is open. */
  SslContext make() {
    LoadConfiguration.Tls tls = configuration.tls();
    SslProvider provider = provider(tls);
    SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(provider);
    if (provider != SslProvider.JDK) {
      // What has to be computed is computed on the loop that waits for it.
      builder.option(OpenSslContextOption.USE_TASKS, false);
    }
    builder.sessionCacheSize(SESSIONS);
    if (tls != null) {
      trust(builder, tls);
      identity(builder, tls);
    }
    if (configuration.spoken().equals(Protocol.HTTP2.written())) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              ApplicationProtocolConfig.Protocol.ALPN,
              ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
              ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
              ApplicationProtocolNames.HTTP_2));
    }
    SslContext made;
    try {
      made = builder.build();
    } catch (SSLException | IllegalArgumentException unusable) {
      throw LoadProblems.TLS.failure(
          configuration.place(),
          "TLS cannot be set up: " + unusable.getMessage(),
          "give PEM certificates in 'trust' and 'certificate', and a PKCS #8 key in 'key'");
    }
    if (made.sessionContext() instanceof OpenSslSessionContext sessions) {
      sessions.setSessionCacheEnabled(resumes(tls));
    }
    return made;
  }

  /** Whether new connections resume earlier sessions. */
  static boolean resumes(LoadConfiguration.@Nullable Tls tls) {
    return tls == null || tls.resume();
  }

  private SslProvider provider(LoadConfiguration.@Nullable Tls tls) {
    LoadConfiguration.Tls.Provider wanted =
        tls == null ? LoadConfiguration.Tls.Provider.BEST : tls.provider();
    if (wanted == LoadConfiguration.Tls.Provider.BORINGSSL && !boringThere.getAsBoolean()) {
      throw LoadProblems.TLS.failure(
          configuration.place(),
          "there is no BoringSSL for this machine",
          "leave 'provider' out, or write 'provider: jdk'");
    }
    boolean boring = wanted != LoadConfiguration.Tls.Provider.JDK && boringThere.getAsBoolean();
    return boring ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
  }

  private void trust(SslContextBuilder builder, LoadConfiguration.Tls tls) {
    String trust = tls.trust();
    if (trust != null) {
      builder.trustManager(file(trust).certificates());
    }
    if (tls.insecure()) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      builder.endpointIdentificationAlgorithm("");
    }
  }

  private void identity(SslContextBuilder builder, LoadConfiguration.Tls tls) {
    String certificate = tls.certificate();
    String key = tls.key();
    if (certificate == null || key == null) {
      return;
    }
    List<X509Certificate> chain = file(certificate).certificates();
    PrivateKey own = file(key).key();
    if (!PemFile.belong(own, chain.getFirst().getPublicKey())) {
      throw LoadProblems.TLS.failure(
          configuration.place(),
          "the key in '"
              + key
              + "' is not the one of the first certificate in '"
              + certificate
              + "'",
          "give the key that the certificate was made with, and put the client's own certificate"
              + " before those of its authorities");
    }
    builder.keyManager(own, chain);
  }

  private PemFile file(String name) {
    return PemFile.read(folder, name, configuration.place());
  }
}
