package dev.assay.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How a mean changed against a baseline, as candidate / baseline. Thread-safe. */
public final class RatioOfMeans {

  private RatioOfMeans() {}

  /**
   * The interval of the ratio of the means of two series of values that cannot be negative.
   *
   * <p>With five values or more on both sides by drawing anew in runs, as for {@link
   * RatioOfQuantiles}; with two to four by Welch's interval (1947) on logarithms, which needs
   * values above 0 and compares geometric means, whose ratio is that of the means where both sides
   * scatter alike; with one value on a side nothing bounds it.
   *
   * @param baseline finite, at least 0, in the order of time
   * @param candidate finite, at least 0, in the order of time
   * @param seed the same seed gives the same answer
   * @return 0, NaN, infinity where a side has no values; 0 and infinity around the ratio where
   *     nothing bounds it
   */
  public static Interval interval(double[] baseline, double[] candidate, long seed) {
    check(baseline);
    check(candidate);
    int fewest = Math.min(baseline.length, candidate.length);
    if (fewest == 0) {
      return new Interval(0, Double.NaN, Double.POSITIVE_INFINITY);
    }
    double estimate = BlockBootstrap.ratio(mean(candidate), mean(baseline));
    if (fewest >= BlockBootstrap.FEWEST_BLOCKS) {
      return bootstrap(baseline, candidate, estimate, seed);
    }
    boolean positive =
        Arrays.stream(baseline).allMatch(value -> value > 0)
            && Arrays.stream(candidate).allMatch(value -> value > 0);
    return fewest >= 2 && positive
        ? welch(logs(baseline), logs(candidate))
        : new Interval(0, estimate, Double.POSITIVE_INFINITY);
  }

  private static Interval bootstrap(
      double[] baseline, double[] candidate, double estimate, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BlockBootstrap before = new BlockBootstrap(baseline.length, random.split());
    BlockBootstrap after = new BlockBootstrap(candidate.length, random.split());
    double[] ratios = new double[BlockBootstrap.RESAMPLES];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] =
          BlockBootstrap.ratio(mean(candidate, after.next()), mean(baseline, before.next()));
    }
    return BlockBootstrap.percentiles(
        ratios, estimate, Math.min(baseline.length, candidate.length));
  }

  private static Interval welch(double[] baseline, double[] candidate) {
    double difference = mean(candidate) - mean(baseline);
    double left = variance(baseline) / baseline.length;
    double right = variance(candidate) / candidate.length;
    double estimate = Math.exp(difference);
    if (left + right == 0) {
      return new Interval(estimate, estimate, estimate);
    }
    double freedom =
        (left + right)
            * (left + right)
            / (left * left / (baseline.length - 1) + right * right / (candidate.length - 1));
    double half = StudentT.twoSided(freedom) * Math.sqrt(left + right);
    return Interval.around(Math.exp(difference - half), estimate, Math.exp(difference + half));
  }

  private static double[] logs(double[] values) {
    return Arrays.stream(values).map(Math::log).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double mean(double[] values, int[] chosen) {
    double sum = 0;
    for (int i : chosen) {
      sum += values[i];
    }
    return sum / chosen.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
        / (values.length - 1);
  }

  private static void check(double[] values) {
    for (double value : values) {
      if (!(value >= 0 && Double.isFinite(value))) {
        throw new IllegalArgumentException("a ratio of means is of values of 0 or more");
      }
    }
  }
}
