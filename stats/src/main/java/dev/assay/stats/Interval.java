package dev.assay.stats;

/**
 * A 95 % confidence interval. Immutable.
 *
 * @param low its lower end; {@code -Infinity}, or 0 for what cannot be negative, where the data
 *     bound nothing
 * @param estimate the value in the data, within the ends; NaN where there are no data
 * @param high its upper end; {@code +Infinity}, or 1 for a proportion, where the data bound nothing
 */
public record Interval(double low, double estimate, double high) {

  /** The level of every interval of this room. */
  public static final double LEVEL = 0.95;

  /** The normal distribution's quantile for that level, two-sided. */
  static final double Z = 1.959963984540054;

  /** Checks that the ends are in order and hold the estimate. */
  public Interval {
    if (!(low <= high) || estimate < low || estimate > high) {
      throw new IllegalArgumentException(low + ", " + estimate + ", " + high + " is no interval");
    }
  }

  /** An interval of those ends, widened to its estimate where that lies just outside. */
  static Interval around(double low, double estimate, double high) {
    return new Interval(Math.min(low, estimate), estimate, Math.max(high, estimate));
  }

  /** Whether a value lies within, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
