package dev.assay.http;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What is known of a TLS connection.
 *
 * @param version as {@code TLSv1.3}
 * @param cipher the cipher suite
 * @param expires the end of the server's own certificate
 * @param subject whom it was issued to
 * @param issuer who issued it
 */
record TlsDetails(String version, String cipher, Instant expires, String subject, String issuer) {

  /** The details of a session; empty where the server showed no X.509 certificate. */
  static Optional<TlsDetails> of(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      if (chain.length > 0 && chain[0] instanceof X509Certificate own) {
        return Optional.of(
            new TlsDetails(
                session.getProtocol(),
                session.getCipherSuite(),
                own.getNotAfter().toInstant(),
                own.getSubjectX500Principal().getName(),
                own.getIssuerX500Principal().getName()));
      }
      return Optional.empty();
    } catch (SSLPeerUnverifiedException nothing) {
      return Optional.empty();
    }
  }
}
