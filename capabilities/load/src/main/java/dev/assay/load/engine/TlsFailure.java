package dev.assay.load.engine;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why TLS failed, and what to write where that is known. */
final class TlsFailure {

  private static final int DEEP = 16;
  private static final String NO_TLS = "the server does not speak TLS on this port";

  private TlsFailure() {}

  static String sentence(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < DEEP && cause != null; i++) {
      String known = known(cause);
      if (known != null) {
        return known;
      }
      cause = cause.getCause();
    }
    String message = String.valueOf(failure.getMessage());
    String meant = alert(message);
    return meant == null ? message : meant;
  }

  /** What this side found wrong, or null. */
  private static @Nullable String known(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return switch (cause) {
      case NotSslRecordException _ -> NO_TLS;
      case SslHandshakeTimeoutException _ ->
          "the handshake was not done within the time-out; does the server speak TLS on this port?";
      case CertificateExpiredException _ ->
          "the server's certificate has expired (" + message + ")";
      case CertificateNotYetValidException _ ->
          "the server's certificate is not valid yet (" + message + ")";
      case CertPathBuilderException _ ->
          "the server's certificate is not trusted ("
              + message
              + "); name its authority's with 'trust'";
      case CertificateException _ when message.startsWith("No ") ->
          "the server's certificate is for another host ("
              + message
              + "); write the name that it is for as 'server name'";
      default -> null;
    };
  }

  /** What the peer's alert means (RFC 8446, section 6.2), in the words of BoringSSL or the JDK. */
  private static @Nullable String alert(String message) {
    String word = message.toLowerCase(Locale.ROOT);
    if (word.contains("certificate_required")) {
      return "the server wants a client certificate; name one with 'certificate' and 'key'";
    }
    if (word.contains("bad_certificate")) {
      return "the server refused the client's certificate, or wants one; name it with"
          + " 'certificate' and 'key' ("
          + message
          + ")";
    }
    if (word.contains("unknown_ca")
        || word.contains("certificate_unknown")
        || word.contains("certificate_expired")
        || word.contains("certificate_revoked")) {
      return "the server refused the client's certificate (" + message + ")";
    }
    if (word.contains("handshake_failure")) {
      return "the server refused the handshake: it wants a client certificate, which 'certificate'"
          + " and 'key' name, or has no cipher in common with this side ("
          + message
          + ")";
    }
    if (word.contains("protocol_version") || word.contains("unsupported_protocol")) {
      return "the server speaks no version of TLS that this side does, 1.2 and 1.3 ("
          + message
          + ")";
    }
    if (word.contains("unrecognized_name")) {
      return "the server knows no host of that name; write one that it does as 'server name' ("
          + message
          + ")";
    }
    if (word.contains("wrong_version_number") || word.contains("http_request")) {
      return NO_TLS;
    }
    return null;
  }
}
