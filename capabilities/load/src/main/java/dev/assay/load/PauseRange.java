package dev.assay.load;

import dev.assay.api.value.Quantity;
import java.time.Duration;

/**
 * A pause as written: {@code 1s}, or {@code 1s..3s} for one drawn evenly between. Immutable.
 *
 * @param low the shortest
 * @param high the longest
 */
record PauseRange(Duration low, Duration high) {

  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Reads a pause.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static PauseRange parse(String text) {
    int dots = text.indexOf("..");
    Duration low = Quantity.parse((dots < 0 ? text : text.substring(0, dots)).strip()).duration();
    Duration high = dots < 0 ? low : Quantity.parse(text.substring(dots + 2).strip()).duration();
    if (low.isNegative() || high.compareTo(low) < 0 || high.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("'" + text + "' is not a pause from 0s to 24h");
    }
    return new PauseRange(low, high);
  }

  boolean none() {
    return high.isZero();
  }
}
