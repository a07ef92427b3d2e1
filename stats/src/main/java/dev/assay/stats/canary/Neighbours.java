package dev.assay.stats.canary;

import java.util.Arrays;

/**
 * Samples next to each other that are alike, as those of one second or of one burst of errors are:
 * so many count as one as an autoregressive noise of their correlation has to for an independent
 * one.
 */
final class Neighbours {

  private static final int FEWEST = 30;

  private Neighbours() {}

  /** How many neighbours are to count as one; 1 where they are not correlated beyond chance. */
  static int alike(double[] values) {
    int n = values.length;
    if (n < FEWEST) {
      return 1;
    }
    double[] ranks = ranks(values);
    double mean = Arrays.stream(ranks).average().orElse(0);
    double squares = 0;
    double products = 0;
    for (int i = 0; i < n; i++) {
      squares += (ranks[i] - mean) * (ranks[i] - mean);
      products += i > 0 ? (ranks[i] - mean) * (ranks[i - 1] - mean) : 0;
    }
    double rho = squares > 0 ? products / squares : 0;
    if (rho < 3 / Math.sqrt(n)) {
      return 1;
    }
    double clamped = Math.min(rho, 0.98);
    return (int) Math.ceil((1 + clamped) / (1 - clamped));
  }

  /** Middle ranks, so that the distribution does not matter. */
  private static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int at = Arrays.binarySearch(sorted, values[i]);
      int first = at;
      int last = at;
      if (at > 0 && sorted[at - 1] == values[i]
          || at + 1 < sorted.length && sorted[at + 1] == values[i]) {
        first = bound(sorted, values[i], true);
        last = bound(sorted, values[i], false) - 1;
      }
      ranks[i] = (first + last) / 2.0;
    }
    return ranks;
  }

  private static int bound(double[] sorted, double value, boolean lower) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || !lower && sorted[middle] == value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** One value for so many neighbours: whether there was an event, or their median. */
  static double[] joined(double[] values, int together, boolean events) {
    if (together <= 1) {
      return values;
    }
    double[] joined = new double[Math.max(1, values.length / together)];
    for (int i = 0; i < joined.length; i++) {
      double[] part =
          Arrays.copyOfRange(values, i * together, Math.min(values.length, (i + 1) * together));
      Arrays.sort(part);
      joined[i] = events ? part[part.length - 1] : part[part.length / 2];
    }
    return joined;
  }
}
