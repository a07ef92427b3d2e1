package dev.assay.smpp.session;

import dev.assay.api.problem.Where;
import dev.assay.smpp.SmppProblems;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS of PEM files: keys of PKCS 8, chains with the own certificate first. */
public final class Tls {

  private Tls() {}

  /**
   * For a message centre.
   *
   * @param authorities whose certificates clients must show; null asks for none
   * @throws dev.assay.api.problem.ProblemException if a file cannot be used
   */
  public static SslContext server(Path certificate, Path key, @Nullable Path authorities) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(certificate.toFile(), key.toFile())
              .sslProvider(SslProvider.JDK);
      if (authorities != null) {
        builder.trustManager(authorities.toFile()).clientAuth(ClientAuth.REQUIRE);
      }
      return builder.build();
    } catch (IllegalArgumentException | SSLException unusable) {
      throw unusable(certificate, unusable);
    }
  }

  /**
   * For an ESME.
   *
   * @param authorities who may have signed the server's certificate; null for those of Java
   * @param certificate shown to the server, or null for none
   * @param key of that certificate
   * @throws dev.assay.api.problem.ProblemException if a file cannot be used
   */
  public static SslContext client(
      @Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {
    try {
      SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
      if (authorities != null) {
        builder.trustManager(authorities.toFile());
      }
      if (certificate != null && key != null) {
        builder.keyManager(certificate.toFile(), key.toFile());
      }
      return builder.build();
    } catch (IllegalArgumentException | SSLException unusable) {
      throw unusable(authorities == null ? Path.of("the certificate") : authorities, unusable);
    }
  }

  private static RuntimeException unusable(Path file, Exception why) {
    return SmppProblems.TLS.failure(
        Where.named(file.toString()),
        "it cannot be used for TLS: " + why.getMessage(),
        "give a certificate in PEM, and its key in PEM as PKCS 8 without a password");
  }
}
