package dev.assay.stats.change;

import java.util.Arrays;

/**
 * The exact optimal partition of a series: of all ways to cut it, the one with the least cost plus
 * a penalty for each cut, by dynamic programming (Jackson et al., 2005) with the pruning of
 * Killick, Fearnhead and Eckley, "Optimal detection of changepoints with a linear computational
 * cost" (PELT, JASA 107, 2012): a start that is beaten by more than the penalty is never best
 * again.
 */
final class Partition {

  private Partition() {}

  /** What a segment costs. */
  @FunctionalInterface
  interface Cost {
    /** Of {@code [from, to)}. */
    double of(int from, int to);
  }

  /**
   * The first indexes of all segments but the first, ascending.
   *
   * @param least the fewest points of a segment
   * @param slack how much dearer two parts may be than the whole; 0 for independent noise
   */
  static int[] of(int n, int least, double penalty, double slack, Cost cost) {
    double[] best = new double[n + 1];
    int[] last = new int[n + 1];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[0] = -penalty;
    int[] starts = new int[n + 1];
    double[] costs = new double[n + 1];
    int[] beaten = new int[n + 1];
    int kept = 0;
    for (int end = least; end <= n; end++) {
      if (end == least || end >= 2 * least) {
        beaten[kept] = 0;
        starts[kept++] = end - least;
      }
      double minimum = Double.POSITIVE_INFINITY;
      for (int i = 0; i < kept; i++) {
        double sum = best[starts[i]] + cost.of(starts[i], end);
        costs[i] = sum;
        if (sum + penalty < minimum) {
          minimum = sum + penalty;
          last[end] = starts[i];
        }
      }
      best[end] = minimum;
      int left = 0;
      for (int i = 0; i < kept; i++) {
        if (beaten[i] == 0 && costs[i] > minimum + slack) {
          beaten[i] = end;
        }
        if (beaten[i] == 0 || end - beaten[i] < least) {
          beaten[left] = beaten[i];
          starts[left++] = starts[i];
        }
      }
      kept = left;
    }
    return cuts(last, n);
  }

  private static int[] cuts(int[] last, int n) {
    int count = 0;
    for (int end = last[n]; end > 0; end = last[end]) {
      count++;
    }
    int[] cuts = new int[count];
    for (int end = last[n]; end > 0; end = last[end]) {
      cuts[--count] = end;
    }
    return cuts;
  }
}
