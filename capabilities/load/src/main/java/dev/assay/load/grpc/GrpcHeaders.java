package dev.assay.load.grpc;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers of a call (gRPC over HTTP/2, "Request-Headers"). */
public final class GrpcHeaders {

  /** The largest number that {@code grpc-timeout} can say. */
  private static final long MOST = 99_999_999;

  private static final long LEAST_MORE = 100_000_000;

  private static final String[] UNITS = {"n", "u", "m", "S", "M", "H"};
  private static final long[] FACTORS = {1000, 1000, 1000, 60, 60};

  private GrpcHeaders() {}

  /**
   * The headers by name, in the order they are sent. The server is told a tenth more time than this
   * side waits (at least 100 ms): else now the one and now the other would end a call that takes
   * too long, and the same fault would count as two kinds.
   *
   * @param timeoutNanos how long the call may take
   */
  public static Map<String, String> of(long timeoutNanos) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("te", "trailers");
    headers.put("content-type", "application/grpc");
    long more = Math.max(LEAST_MORE, timeoutNanos / 10);
    headers.put("grpc-timeout", timeout(timeoutNanos + more));
    headers.put("grpc-accept-encoding", "identity");
    return headers;
  }

  /** The value of {@code grpc-timeout}: at most 8 digits and a unit; never less than asked for. */
  static String timeout(long nanos) {
    long value = Math.max(1, nanos);
    int unit = 0;
    while (value > MOST) {
      value = Math.ceilDiv(value, FACTORS[unit]);
      unit++;
    }
    return value + UNITS[unit];
  }
}
