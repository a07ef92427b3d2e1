package dev.assay.stats;

/** Proportions, as hits of a total, and how they differ from a baseline. Thread-safe. */
public final class Proportions {

  private Proportions() {}

  /**
   * The score interval of a proportion (Wilson, 1927): good also near 0 and 1 and for small totals.
   *
   * @param hits 0 to total
   * @param total at least 0; with 0 the interval is 0 to 1 around NaN
   */
  public static Interval interval(long hits, long total) {
    if (hits < 0 || hits > total) {
      throw new IllegalArgumentException(hits + " of " + total + " is no proportion");
    }
    if (total == 0) {
      return new Interval(0, Double.NaN, 1);
    }
    double n = total;
    double p = hits / n;
    double square = Interval.Z * Interval.Z;
    double centre = (p + square / (2 * n)) / (1 + square / n);
    double half = Interval.Z * Math.sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n);
    double low = hits == 0 ? 0 : Math.max(0, centre - half);
    double high = hits == total ? 1 : Math.min(1, centre + half);
    return Interval.around(low, p, high);
  }

  /**
   * The interval of candidate minus baseline (Newcombe, 1998, method 10).
   *
   * @return -1, NaN, 1 where a total is 0
   */
  public static Interval difference(
      long baselineHits, long baselineTotal, long candidateHits, long candidateTotal) {
    return excess(baselineHits, baselineTotal, candidateHits, candidateTotal, 0);
  }

  /**
   * The interval of candidate minus {@code (1 + margin)} times baseline: above 0 throughout, the
   * candidate is more than the margin higher; not above 0 throughout, it is not. Unlike a ratio it
   * is defined for a baseline without hits. Newcombe's method for a linear contrast (Zou and
   * Donner, 2008).
   *
   * @param margin at least 0; 0.05 is five per cent of the baseline
   * @return an interval around NaN where a total is 0
   */
  public static Interval excess(
      long baselineHits,
      long baselineTotal,
      long candidateHits,
      long candidateTotal,
      double margin) {
    if (!(margin >= 0 && Double.isFinite(margin))) {
      throw new IllegalArgumentException("a margin is 0 or more, not " + margin);
    }
    Interval before = interval(baselineHits, baselineTotal);
    Interval after = interval(candidateHits, candidateTotal);
    double factor = 1 + margin;
    double estimate = after.estimate() - factor * before.estimate();
    if (Double.isNaN(estimate)) {
      return new Interval(-factor, Double.NaN, 1);
    }
    double down =
        Math.hypot(after.estimate() - after.low(), factor * (before.high() - before.estimate()));
    double up =
        Math.hypot(after.high() - after.estimate(), factor * (before.estimate() - before.low()));
    return Interval.around(estimate - down, estimate, estimate + up);
  }
}
