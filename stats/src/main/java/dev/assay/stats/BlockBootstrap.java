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
    this.run = (int) Math.max(1, Math.round(Math.cbrt(blocks)));
    this.random = random;
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

  /** The percentile interval (Efron, 1979) of resampled values, which get sorted. */
  static Interval percentiles(double[] resampled, double estimate) {
    Arrays.sort(resampled);
    int tail = (int) Math.round(resampled.length * (1 - Interval.LEVEL) / 2);
    return Interval.around(
        resampled[tail - 1], estimate, resampled[resampled.length - tail]);
  }

  /** A quotient in which nothing against nothing is no change. */
  static double ratio(double candidate, double baseline) {
    return candidate == baseline ? 1 : candidate / baseline;
  }
}
