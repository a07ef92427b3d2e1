package dev.assay.load;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CheckContext;
import dev.assay.load.engine.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes the one context in which a check speaks TLS. */
final class TlsContexts {

  private static final int SESSIONS = 10_000;

  private final CheckContext context;
  private final LoadConfiguration configuration;

  TlsContexts(CheckContext context, LoadConfiguration configuration) {
    this.context = context;
    this.configuration = configuration;
  }

  /** The context that the configuration asks for. */
  SslContext make() {
    LoadConfiguration.Tls tls = configuration.tls();
    try {
      SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(provider(tls));
      if (tls != null) {
        trust(builder, tls);
        identity(builder, tls);
        builder.sessionCacheSize(tls.resume() ? SESSIONS : 1);
      }
      if (configuration.spoken().equals(Protocol.HTTP2.written())) {
        builder.applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2));
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException unusable) {
      throw LoadProblems.TLS.failure(
          configuration.place(),
          "TLS cannot be set up: " + unusable.getMessage(),
          "give PEM certificates in 'trust' and 'certificate', and a PKCS #8 key in 'key'");
    }
  }

  private SslProvider provider(LoadConfiguration.@Nullable Tls tls) {
    LoadConfiguration.Tls.Provider wanted =
        tls == null ? LoadConfiguration.Tls.Provider.BEST : tls.provider();
    if (wanted == LoadConfiguration.Tls.Provider.BORINGSSL && !OpenSsl.isAvailable()) {
      throw LoadProblems.TLS.failure(
          configuration.place(),
          "there is no BoringSSL for this machine",
          "leave 'provider' out, or write 'provider: jdk'");
    }
    boolean boring = wanted != LoadConfiguration.Tls.Provider.JDK && OpenSsl.isAvailable();
    return boring ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
  }

  private void trust(SslContextBuilder builder, LoadConfiguration.Tls tls) {
    String trust = tls.trust();
    if (trust != null) {
      builder.trustManager(file(trust));
    }
    if (tls.insecure()) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      builder.endpointIdentificationAlgorithm("");
    }
  }

  private void identity(SslContextBuilder builder, LoadConfiguration.Tls tls) {
    String certificate = tls.certificate();
    String key = tls.key();
    if (certificate != null && key != null) {
      builder.keyManager(file(certificate), file(key));
    }
  }

  private File file(String name) throws ProblemException {
    File file = context.folder().resolve(name).toFile();
    if (!file.isFile() || !file.canRead()) {
      throw LoadProblems.FILE.failure(
          configuration.place(),
          "the file '" + name + "' cannot be read",
          "name a PEM file in the workspace's folder that exists and may be read");
    }
    return file;
  }
}
