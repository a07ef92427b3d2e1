package dev.assay.stats.forecast;

import java.util.List;
import java.util.OptionalInt;

/**
 * The next values of a series. Immutable as far as its arrays are left alone.
 *
 * @param mean the most likely values
 * @param lower the lower ends of their intervals at 95 %, each for itself
 * @param upper the upper ends
 * @param methods the methods that were believed, the most believed one first
 */
public record Forecast(double[] mean, double[] lower, double[] upper, List<String> methods) {

  /**
   * When a limit is reached.
   *
   * @param likely how many values ahead, 1 for the next; empty where it is beyond the horizon
   * @param earliest the first at which it may well be
   * @param latest the first at which it almost surely is
   */
  public record Reach(OptionalInt likely, OptionalInt earliest, OptionalInt latest) {}

  /** When values rise to a limit. */
  public Reach rise(double limit) {
    return new Reach(first(mean, limit, 1), first(upper, limit, 1), first(lower, limit, 1));
  }

  /** When values fall to a limit. */
  public Reach fall(double limit) {
    return new Reach(first(mean, limit, -1), first(lower, limit, -1), first(upper, limit, -1));
  }

  private static OptionalInt first(double[] values, double limit, int sign) {
    for (int i = 0; i < values.length; i++) {
      if (sign * values[i] >= sign * limit) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }
}
