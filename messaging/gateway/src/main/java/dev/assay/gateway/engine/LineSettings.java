package dev.assay.gateway.engine;

import java.time.Instant;
import java.util.function.Predicate;

/**
 * How a channel is used. Immutable.
 *
 * @param throughput messages a second, at most; 0 for any number
 * @param resend whether a message in doubt is sent again, or is unknown
 * @param duplicates how often one may be sent again in doubt
 * @param drain whether it is given nothing more
 * @param closed whether it is given nothing at a time: maintenance
 * @param query whether it is asked for statuses that are missing
 */
public record LineSettings(
    double throughput,
    boolean resend,
    int duplicates,
    boolean drain,
    Predicate<Instant> closed,
    boolean query) {

  private static final int DUPLICATES = 3;

  /** What is used where nothing is said. */
  public static LineSettings standard() {
    return new LineSettings(0, true, DUPLICATES, false, _ -> false, false);
  }
}
