package dev.assay.http;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import dev.assay.api.value.Unit;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells for an exception of the client what is wrong and how to mend it. */
final class TransportFailures {

  private final URI uri;
  private final Duration timeout;
  private final LimitedBody body;

  /** For a request to that address whose answer went into that body. */
  TransportFailures(URI uri, Duration timeout, LimitedBody body) {
    this.uri = uri;
    this.timeout = timeout;
    this.body = body;
  }

  /** The failure for what the client threw. */
  TransportFailure of(Throwable thrown) {
    LimitedBody.TooLarge tooLarge = find(thrown, LimitedBody.TooLarge.class);
    if (tooLarge != null) {
      return failure(
          TransportFailure.TOO_LARGE,
          HttpProblems.TOO_LARGE,
          tooLarge.getMessage() + " and was given up",
          "write a larger 'max body' if such answers are wanted");
    }
    if (find(thrown, HttpTimeoutException.class) != null) {
      return timedOut();
    }
    if (find(thrown, UnresolvedAddressException.class) != null
        || find(thrown, UnknownHostException.class) != null) {
      return failure(
          TransportFailure.CONNECT,
          HttpProblems.UNKNOWN_HOST,
          "the host '" + uri.getHost() + "' is not known",
          "correct the name in the environment's url or the step, or look at the name server");
    }
    SSLException tls = find(thrown, SSLException.class);
    if (tls != null && body.head() == null) {
      return tls(thrown, tls);
    }
    if (find(thrown, ConnectException.class) != null
        || find(thrown, NoRouteToHostException.class) != null) {
      return failure(
          TransportFailure.CONNECT,
          HttpProblems.REFUSED,
          "nothing listens at " + host(),
          "start the service or correct the environment's url");
    }
    return broken(thrown);
  }

  /** The failure of a request whose time was up. */
  TransportFailure timedOut() {
    String limit = Unit.NANOSECONDS.format(timeout.toNanos());
    String what =
        body.head() == null
            ? host() + " did not answer within " + limit
            : "the body from "
                + host()
                + " was not complete within "
                + limit
                + ", "
                + body.soFar().length
                + " bytes had arrived";
    return failure(
        TransportFailure.TIMEOUT,
        HttpProblems.TIMEOUT,
        what,
        "see what the server was doing, or write a longer 'timeout'");
  }

  /** A failure of the protocol itself. */
  TransportFailure protocol(String what, String mend) {
    return failure(TransportFailure.PROTOCOL, HttpProblems.PROTOCOL, what, mend);
  }

  /** The failure of a connection whose certificate has expired. */
  TransportFailure expired() {
    return failure(
        TransportFailure.TLS,
        HttpProblems.TLS,
        "the certificate of " + host() + " has expired",
        "renew it");
  }

  private TransportFailure broken(Throwable thrown) {
    String reason = reason(thrown);
    if (body.head() != null) {
      return protocol(
          "the body from "
              + host()
              + " broke off after "
              + body.soFar().length
              + " bytes: "
              + reason,
          "look at the server's log for why it closed the connection");
    }
    String lower = reason.toLowerCase(Locale.ROOT);
    boolean closed =
        lower.contains("received no bytes") || lower.contains("eof") || lower.contains("reset");
    return closed
        ? protocol(
            host() + " closed the connection without an answer: " + reason,
            "look at the server's log, and use https:// if the port speaks TLS")
        : protocol(
            host() + " answered with something that is not HTTP: " + reason,
            "check that this port belongs to the service");
  }

  private TransportFailure tls(Throwable thrown, SSLException tls) {
    String trust = "name the authority that signed it with 'trust: FILE.pem'";
    String what;
    String mend;
    String message = reason(tls);
    if (find(thrown, CertificateExpiredException.class) != null) {
      return expired();
    }
    if (find(thrown, CertificateNotYetValidException.class) != null) {
      what = "the certificate of " + host() + " is not valid yet";
      mend = "set the clocks of both machines, or wait";
    } else if (find(thrown, CertPathBuilderException.class) != null
        || message.contains("PKIX path")) {
      what = "the certificate of " + host() + " is not signed by anyone trusted";
      mend = trust;
    } else if (message.contains("No subject alternative") || message.contains("No name matching")) {
      what = "the certificate of " + host() + " is for another host: " + message;
      mend = "use the name that the certificate is for";
    } else if (message.contains("nrecognized SSL message")) {
      what = host() + " does not speak TLS";
      mend = "use http://, or the port that speaks TLS";
    } else {
      what = "there is no secure connection with " + host() + ": " + message;
      mend = "compare the TLS versions and cipher suites of the server with those of Java";
    }
    return failure(TransportFailure.TLS, HttpProblems.TLS, what, mend);
  }

  private TransportFailure failure(String type, ProblemType problem, String what, String mend) {
    Problem at = problem.at(Where.named(host()), what, mend);
    return new TransportFailure(type, at, partial());
  }

  private TransportFailure.@Nullable Partial partial() {
    HttpResponse.ResponseInfo head = body.head();
    if (head == null) {
      return null;
    }
    return new TransportFailure.Partial(
        head.statusCode(),
        version(head.version()),
        head.headers(),
        new String(body.soFar(), Answer.charset(head.headers())));
  }

  static String version(HttpClient.Version version) {
    return version == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
  }

  /** Host and port, the port of the scheme where none is written. */
  private String host() {
    int port = uri.getPort();
    if (port < 0) {
      port = "https".equals(uri.getScheme()) ? 443 : 80;
    }
    return uri.getHost() + ":" + port;
  }

  /** The first message in a chain of causes. */
  private static String reason(Throwable thrown) {
    Throwable at = thrown;
    for (int i = 0; i < 20 && at != null; i++) {
      String message = at.getMessage();
      if (message != null && !message.isBlank()) {
        return Printable.line(message, 200);
      }
      at = at.getCause();
    }
    return thrown.getClass().getSimpleName();
  }

  private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> wanted) {
    Throwable at = thrown;
    for (int i = 0; i < 20 && at != null; i++) {
      if (wanted.isInstance(at)) {
        return wanted.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }
}
