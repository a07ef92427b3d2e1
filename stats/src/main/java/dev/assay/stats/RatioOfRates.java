package dev.assay.stats;

/** How a rate of events changed against a baseline, as candidate / baseline. Thread-safe. */
public final class RatioOfRates {

  private RatioOfRates() {}

  /**
   * The interval of the ratio of two Poisson rates: given how many events both sides have together,
   * the candidate's are binomial (Przyborowski and Wilenski, 1940), with the score interval for
   * that proportion. For events that come independently, such as errors; for throughput, which is
   * steadier than that, compare the seconds with {@link RatioOfMeans}.
   *
   * @param baselineEvents at least 0
   * @param baselineTime above 0, in any unit
   * @param candidateEvents at least 0
   * @param candidateTime above 0, in the same unit
   * @return 0, NaN, infinity where neither side has events
   */
  public static Interval interval(
      long baselineEvents, double baselineTime, long candidateEvents, double candidateTime) {
    if (!(baselineTime > 0 && candidateTime > 0)) {
      throw new IllegalArgumentException("a rate needs a time above 0");
    }
    if (baselineEvents < 0 || candidateEvents < 0) {
      throw new IllegalArgumentException("a number of events is 0 or more");
    }
    Interval share =
        Proportions.interval(candidateEvents, Math.addExact(baselineEvents, candidateEvents));
    double times = baselineTime / candidateTime;
    return new Interval(
        times * odds(share.low()), times * odds(share.estimate()), times * odds(share.high()));
  }

  private static double odds(double share) {
    return share / (1 - share);
  }
}
