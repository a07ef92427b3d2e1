package dev.assay.stats.compare;

import dev.assay.stats.compare.Comparison.Part;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The levels of a run's samples, one for each {@link Part}, each the mean of a range of their order
 * statistics, and how much each would differ if the run had been another piece of the same noise:
 * by drawing runs of neighbours anew (the circular block bootstrap of Politis and Romano, 1992).
 */
final class RunLevels {

  private static final int RESAMPLES = 60;

  private static final double[][] RANGES = {{0.1, 0.9}, {0.4, 0.6}, {0.15, 0.35}, {0.95, 1}};

  private final double[] levels = new double[RANGES.length];
  private final double[] variances = new double[RANGES.length];

  /**
   * @param values higher is worse
   */
  RunLevels(double[] values, SplittableRandom random) {
    int n = values.length;
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int[] ranks = new int[n];
    for (int i = 0; i < n; i++) {
      ranks[i] = Arrays.binarySearch(sorted, values[i]);
    }
    int[] counts = new int[n];
    Arrays.fill(counts, 1);
    for (int part = 0; part < RANGES.length; part++) {
      levels[part] = level(sorted, counts, RANGES[part]);
    }
    int block = Math.clamp(Math.round(2 * Math.sqrt(n)), 1, Math.max(1, n / 4));
    double[] sums = new double[RANGES.length];
    double[] squares = new double[RANGES.length];
    for (int b = 0; b < RESAMPLES; b++) {
      Arrays.fill(counts, 0);
      for (int drawn = 0, at = 0; drawn < n; drawn++) {
        at = drawn % block == 0 ? random.nextInt(n) : (at + 1) % n;
        counts[ranks[at]]++;
      }
      for (int part = 0; part < RANGES.length; part++) {
        double off = level(sorted, counts, RANGES[part]) - levels[part];
        sums[part] += off;
        squares[part] += off * off;
      }
    }
    for (int part = 0; part < RANGES.length; part++) {
      double mean = sums[part] / RESAMPLES;
      variances[part] = Math.max(0, squares[part] / RESAMPLES - mean * mean);
    }
  }

  double level(Part part) {
    return levels[part.ordinal()];
  }

  double variance(Part part) {
    return variances[part.ordinal()];
  }

  /** The mean of those in a range of ranks, ends by their share. */
  private static double level(double[] sorted, int[] counts, double[] range) {
    int n = sorted.length;
    double from = range[0] * n;
    double to = Math.max(range[1] * n, from + 1e-9);
    double sum = 0;
    double weight = 0;
    double below = 0;
    for (int i = 0; i < n && below < to; i++) {
      double above = below + counts[i];
      double share = Math.min(above, to) - Math.max(below, from);
      if (share > 0) {
        sum += share * sorted[i];
        weight += share;
      }
      below = above;
    }
    return sum / weight;
  }
}
