package dev.assay.http;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.problem.Problem;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** A request that got no complete answer. */
final class TransportFailure extends Exception {

  private static final long serialVersionUID = 1L;

  static final String CONNECT = "connect";
  static final String TIMEOUT = "timeout";
  static final String TLS = "tls";
  static final String PROTOCOL = "protocol";
  static final String TOO_LARGE = "too-large";

  private final String type;
  private final transient Problem problem;
  private final transient @Nullable Partial partial;

  /**
   * What arrived before it failed.
   *
   * @param status the status code
   * @param version as {@code HTTP/1.1}
   * @param headers all of them
   * @param body what arrived of it
   */
  record Partial(int status, String version, HttpHeaders headers, String body) {}

  TransportFailure(String type, Problem problem, @Nullable Partial partial) {
    super(problem.toString(), null, false, false);
    this.type = type;
    this.problem = problem;
    this.partial = partial;
  }

  /** The kind of failure, as in evidence. */
  String type() {
    return type;
  }

  /** A body that is too large came from a server that answers; everything else is no answer. */
  Attempt.Result result() {
    return type.equals(TOO_LARGE) ? Attempt.Result.FAILED : Attempt.Result.ERROR;
  }

  /** The code, what is wrong and how to mend it, in one line. */
  String line() {
    return problem.code() + " " + problem.what() + "; " + problem.mend();
  }

  @Nullable Partial partial() {
    return partial;
  }
}
