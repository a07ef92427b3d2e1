package dev.assay.load.grpc;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers of a call (gRPC over HTTP/2, "Request-Headers"). */
public final class GrpcHeaders {

  /** The largest number that {@code grpc-timeout} can say. */
  private static final long MOST = 99_999_999;

  private static final String[] UNITS = {"n", "u", "m", "S", "M", "H"};
  private static final long[] FACTORS = {1000, 1000, 1000, 60, 60};

  private GrpcHeaders() {}

  /**
   * The headers by name, in the order they are sent.
   *
   * @param timeoutNanos how long the call may take
   */
  public static Map<String, String> of(long timeoutNanos) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("te", "trailers");
    headers.put("content-type", "application/grpc");
    headers.put("grpc-timeout", timeout(timeoutNanos));
    headers.put("grpc-accept-encoding", "identity");
    return headers;
  }

  /** The value of {@code grpc-timeout}: at most 8 digits and a unit; never less than asked for. */
  static String timeout(long nanos) {
    long value = Math.max(1, nanos);
    int unit = 0;
    while (value > MOST) {
      value = (value + FACTORS[unit] - 1) / FACTORS[unit];
      unit++;
    }
    return value + UNITS[unit];
  }
}
