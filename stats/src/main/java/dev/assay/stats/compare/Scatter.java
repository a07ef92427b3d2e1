package dev.assay.stats.compare;

import java.util.Arrays;

/**
 * How much the levels of runs of one thing scatter that nothing changed about, and how well that is
 * known. Immutable.
 *
 * @param deviation the standard deviation between runs, without the noise inside them
 * @param freedom what the knowledge is worth, in runs; above 0
 */
public record Scatter(double deviation, double freedom) {

  /** What is usual of ratios: runs of the same code are two per cent apart. */
  public static final Scatter USUAL = new Scatter(0.02, Contrast.PRIOR_FREEDOM);

  /** What is usual of the far tail. */
  public static final Scatter USUAL_OF_TAILS = new Scatter(0.06, Contrast.PRIOR_FREEDOM);

  /** Fewer earlier runs say nothing. */
  public static final int FEWEST = 4;

  /** More earlier runs are worth no more: who knows whether the machine is still the same. */
  private static final double MOST = 15;

  /** What a run is worth, as a quantile of differences uses little of each. */
  private static final double WORTH = 0.4;

  /** The share of a normal variable that is within one standard deviation. */
  private static final double WITHIN_ONE = 0.6827;

  /** Checks the ranges. */
  public Scatter {
    if (!(deviation >= 0 && Double.isFinite(deviation)) || !(freedom > 0)) {
      throw new IllegalArgumentException(deviation + " known as of " + freedom + " runs");
    }
  }

  /**
   * Learns from earlier runs, and keeps what is usual in as far as they are few. The size that two
   * thirds of the differences of neighbours do not exceed is taken, so that neither a change in
   * that history nor a single odd run counts, but two modes between which runs jump do.
   *
   * @param levels of earlier runs in their order, as they are compared: logarithms, or points
   * @param within the variance of such a level by the noise inside a run
   */
  public Scatter learn(double[] levels, double within) {
    if (levels.length < FEWEST) {
      return this;
    }
    double seen = ofNeighbours(levels);
    double between = Math.max(0, seen * seen - within);
    double worth = Math.min(MOST, WORTH * (levels.length - 1));
    double together = (freedom * deviation * deviation + worth * between) / (freedom + worth);
    return new Scatter(Math.sqrt(together), freedom + worth);
  }

  private static double ofNeighbours(double[] levels) {
    double[] apart = new double[levels.length - 1];
    for (int i = 0; i < apart.length; i++) {
      apart[i] = Math.abs(levels[i + 1] - levels[i]);
    }
    Arrays.sort(apart);
    int rank = (int) Math.ceil(WITHIN_ONE * apart.length);
    return apart[rank - 1] / Math.sqrt(2);
  }

  /** The variance of a level, or of a difference of two, given that and what was seen. */
  double moderated(double within, int levels, double squares, double seen) {
    double prior = levels * (deviation * deviation + within);
    return (freedom * prior + squares) / (freedom + seen);
  }
}
