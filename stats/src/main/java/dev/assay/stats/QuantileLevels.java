package dev.assay.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.AbstractHistogram;

/**
 * Quantiles of one run as levels that runs are compared by: logarithms, and how much each would
 * differ if the run had been another piece of the same noise. Thread-safe as long as nobody writes
 * to the histograms.
 */
public final class QuantileLevels {

  private static final int RESAMPLES = 100;

  /** Fixed, so that the same run always gives the same levels. */
  private static final long SEED = 0x4C4556454CL;

  private QuantileLevels() {}

  /**
   * One quantile.
   *
   * @param value in the unit of the histograms
   * @param variance of its logarithm
   */
  public record Level(double value, double variance) {}

  /**
   * The levels of a run, where it is a series of histograms, one for each second: seconds are drawn
   * anew in runs of neighbours, as they are alike ({@link BlockBootstrap}). Of fewer than five
   * seconds the variance is that of order statistics.
   *
   * @param blocks in the order of time, at least one, each with samples
   * @param quantiles each above 0 and below 1
   */
  public static List<Level> of(List<? extends AbstractHistogram> blocks, double[] quantiles) {
    List<Level> levels = new ArrayList<>();
    if (blocks.size() < BlockBootstrap.FEWEST_BLOCKS) {
      AbstractHistogram merged = Quantiles.merge(blocks);
      for (double q : quantiles) {
        Interval interval = Quantiles.interval(merged, q);
        double error =
            interval.low() > 0 && Double.isFinite(interval.high())
                ? Math.log(interval.high() / interval.low()) / (2 * Interval.Z)
                : 1;
        levels.add(new Level(interval.estimate(), error * error));
      }
      return levels;
    }
    Buckets buckets = new Buckets(blocks);
    long[] sums = buckets.sums();
    for (double q : quantiles) {
      BlockBootstrap bootstrap = new BlockBootstrap(blocks.size(), new SplittableRandom(SEED));
      double value = buckets.quantile(q, BlockBootstrap.all(blocks.size()), sums);
      double squares = 0;
      for (int i = 0; i < RESAMPLES; i++) {
        double off = Math.log(buckets.quantile(q, bootstrap.next(), sums) / value);
        squares += off * off;
      }
      levels.add(new Level(value, squares / RESAMPLES));
    }
    return levels;
  }
}
