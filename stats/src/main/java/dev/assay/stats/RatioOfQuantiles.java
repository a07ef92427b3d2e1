package dev.assay.stats;

import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.AbstractHistogram;

/** How a quantile changed against a baseline, as candidate / baseline. Thread-safe. */
public final class RatioOfQuantiles {

  private RatioOfQuantiles() {}

  /**
   * The interval of the ratio, where each side is a series of histograms, one for each second.
   *
   * <p>Seconds that follow each other are alike, so samples are not independent; the interval is
   * found by drawing whole seconds anew, in runs ({@link BlockBootstrap}), 1,000 times on each
   * side, and taking the percentile interval of the ratios, expanded for few seconds. Seconds
   * without samples are left out. With fewer than five seconds on a side the intervals of order
   * statistics of both sides are combined on logarithms (MOVER; Donner and Zou, 2012), which trusts
   * samples to be independent.
   *
   * @param baseline its blocks in the order of time
   * @param candidate its blocks in the order of time
   * @param q above 0 and below 1
   * @param seed the same seed gives the same answer
   * @return 0, NaN, infinity where a side has no samples
   */
  public static Interval interval(
      List<? extends AbstractHistogram> baseline,
      List<? extends AbstractHistogram> candidate,
      double q,
      long seed) {
    Quantiles.check(q);
    List<? extends AbstractHistogram> before = filled(baseline);
    List<? extends AbstractHistogram> after = filled(candidate);
    if (before.isEmpty() || after.isEmpty()) {
      return new Interval(0, Double.NaN, Double.POSITIVE_INFINITY);
    }
    if (Math.min(before.size(), after.size()) < BlockBootstrap.FEWEST_BLOCKS) {
      return combine(
          Quantiles.interval(Quantiles.merge(before), q),
          Quantiles.interval(Quantiles.merge(after), q));
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] below = resample(new Buckets(before), q, random.split());
    double[] above = resample(new Buckets(after), q, random.split());
    double estimate =
        BlockBootstrap.ratio(above[BlockBootstrap.RESAMPLES], below[BlockBootstrap.RESAMPLES]);
    double[] ratios = new double[BlockBootstrap.RESAMPLES];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = BlockBootstrap.ratio(above[i], below[i]);
    }
    return BlockBootstrap.percentiles(ratios, estimate, Math.min(before.size(), after.size()));
  }

  private static List<? extends AbstractHistogram> filled(
      List<? extends AbstractHistogram> blocks) {
    return blocks.stream().filter(block -> block.getTotalCount() > 0).toList();
  }

  /** The quantiles of the resamples, and at the end that of the data. */
  private static double[] resample(Buckets buckets, double q, SplittableRandom random) {
    BlockBootstrap bootstrap = new BlockBootstrap(buckets.blocks(), random);
    double[] quantiles = new double[BlockBootstrap.RESAMPLES + 1];
    long[] sums = buckets.sums();
    for (int i = 0; i < BlockBootstrap.RESAMPLES; i++) {
      quantiles[i] = buckets.quantile(q, bootstrap.next(), sums);
    }
    quantiles[BlockBootstrap.RESAMPLES] =
        buckets.quantile(q, BlockBootstrap.all(buckets.blocks()), sums);
    return quantiles;
  }

  /** The interval of a ratio of two positive values from the interval of each. */
  static Interval combine(Interval baseline, Interval candidate) {
    double estimate = BlockBootstrap.ratio(candidate.estimate(), baseline.estimate());
    if (!(estimate > 0 && Double.isFinite(estimate))) {
      return new Interval(0, estimate, Double.POSITIVE_INFINITY);
    }
    double down =
        Math.hypot(
            Math.log(candidate.estimate() / candidate.low()),
            Math.log(baseline.high() / baseline.estimate()));
    double up =
        Math.hypot(
            Math.log(candidate.high() / candidate.estimate()),
            Math.log(baseline.estimate() / baseline.low()));
    return Interval.around(estimate * Math.exp(-down), estimate, estimate * Math.exp(up));
  }
}
