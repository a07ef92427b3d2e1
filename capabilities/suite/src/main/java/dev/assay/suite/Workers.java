package dev.assay.suite;

import java.util.OptionalInt;

/**
 * How many parts of a suite run at once.
 *
 * @param count from 1 to {@link #MOST}; empty for as many as help
 */
record Workers(OptionalInt count) {

  static final int MOST = 256;

  /** A worker whose part takes less than this many seconds is not worth its start. */
  private static final double WORTHWHILE = 5;

  /**
   * Reads what is written.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static Workers parse(String written) {
    if (written.equals("auto")) {
      return new Workers(OptionalInt.empty());
    }
    if (written.matches("\\d{1,3}")) {
      int count = Integer.parseInt(written);
      if (count >= 1 && count <= MOST) {
        return new Workers(OptionalInt.of(count));
      }
    }
    throw new IllegalArgumentException("`workers` is '" + written + "'");
  }

  /**
   * How many to start.
   *
   * @param units how many units there are
   * @param seconds what they are expected to take together; NaN where nothing is known of them
   * @param processors of this machine
   */
  int of(int units, double seconds, int processors) {
    int wanted =
        count.orElseGet(() ->
            Double.isNaN(seconds)
                ? processors
                : (int) Math.clamp(Math.floor(seconds / WORTHWHILE), 1, processors));
    return Math.clamp(wanted, 1, Math.max(1, units));
  }
}
