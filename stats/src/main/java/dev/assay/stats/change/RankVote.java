package dev.assay.stats.change;

import java.util.Arrays;

/**
 * The second opinion, which knows no means and no normal distribution: do the values after a point
 * rank apart from those before (Mann and Whitney, 1947; Pettitt, 1979), where correlated points
 * count for fewer independent ones?
 */
final class RankVote {

  private static final int REACH = 50;
  private static final double APART = 2.6;
  private static final double CLEAN = 0.95;

  private RankVote() {}

  /**
   * Whether the values differ.
   *
   * @param inflation how many points one independent point is worth
   */
  static boolean differs(double[] values, int from, int at, int to, double inflation) {
    int first = Math.max(from, at - REACH);
    int last = Math.min(to, at + REACH);
    int m = at - first;
    int k = last - at;
    double[] before = Arrays.copyOfRange(values, first, at);
    Arrays.sort(before);
    double above = 0;
    for (int i = at; i < last; i++) {
      above += (below(before, values[i], true) + below(before, values[i], false)) / 2.0;
    }
    double share = above / ((double) m * k);
    double error = Math.sqrt((m + k + 1) / (12.0 * m * k) * inflation);
    double most = 0.5 / error;
    double z = Math.abs(share - 0.5) / error;
    return most > 1.3 * APART ? z >= APART : Math.max(share, 1 - share) >= CLEAN;
  }

  /** How many of the sorted values are less than one, or at most that. */
  private static int below(double[] sorted, double value, boolean strictly) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || !strictly && sorted[middle] == value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
