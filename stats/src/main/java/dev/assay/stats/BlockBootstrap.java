package dev.assay.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Resamples a series in runs of neighbours, so that what is alike because it is close in time stays
 * together. The runs wrap around the end, so that every block is drawn equally often (the circular
 * block bootstrap of Politis and Romano, 1992, after Künsch, 1989); a run is n^(1/3) long, the rate
 * that Hall, Horowitz and Jing (1995) give for variances.
 */
final class BlockBootstrap {

  /** How many resamples; the ends of a 95 % percentile interval then are the 25th and the 976th. */
  static final int RESAMPLES = 1000;

  /** With fewer blocks than this a resample says too little about what the next would be. */
  static final int FEWEST_BLOCKS = 5;

  private final int[] chosen;
  private final int run;
  private final SplittableRandom random;

  BlockBootstrap(int blocks, SplittableRandom random) {
    this.chosen = new int[blocks];
    this.run = run(blocks);
    this.random = random;
  }

  private static int run(int blocks) {
    return (int) Math.max(1, Math.round(Math.cbrt(blocks)));
  }

  /** The blocks of the next resample; the array is used again by the next call. */
  int[] next() {
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] =
          i % run == 0 ? random.nextInt(chosen.length) : (chosen[i - 1] + 1) % chosen.length;
    }
    return chosen;
  }

  /** Every block once. */
  static int[] all(int blocks) {
    int[] all = new int[blocks];
    for (int i = 0; i < blocks; i++) {
      all[i] = i;
    }
    return all;
  }

  /**
   * The percentile interval (Efron, 1979) of resampled ratios, which get sorted, expanded around
   * the estimate on logarithms for few blocks as Hesterberg (The American Statistician 69, 2015)
   * does: by Student's quantile over the normal one, and by the spread that runs around their own
   * mean lack. Plain percentiles of five blocks hold the truth in 80 % of all cases only.
   *
   * @param blocks how many blocks the smaller side has
   */
  static Interval percentiles(double[] resampled, double estimate, int blocks) {
    Arrays.sort(resampled);
    int tail = (int) Math.round(resampled.length * (1 - Interval.LEVEL) / 2);
    double low = resampled[tail - 1];
    double high = resampled[resampled.length - tail];
    if (estimate > 0 && Double.isFinite(estimate)) {
      double expansion =
          StudentT.twoSided(blocks - 1)
              / Interval.Z
              * Math.sqrt(blocks / (double) (blocks - run(blocks)));
      low = estimate * Math.pow(Math.min(1, low / estimate), expansion);
      high = estimate * Math.pow(Math.max(1, high / estimate), expansion);
    }
    return Interval.around(low, estimate, high);
  }

  /** A quotient in which nothing against nothing is no change. */
  static double ratio(double candidate, double baseline) {
    return candidate == baseline ? 1 : candidate / baseline;
  }
}
