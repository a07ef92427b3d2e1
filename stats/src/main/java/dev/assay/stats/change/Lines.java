package dev.assay.stats.change;

import java.util.Arrays;

/**
 * A series as lines that change: for what grows, where levels would only make stairs. The same
 * exact partition as for levels, and cuts are pruned by the likelihood ratio of two lines against
 * one (Bai and Perron, "Computation and analysis of multiple structural change models", 2003).
 */
final class Lines {

  private static final int LEAST = 4;
  private static final int LONG = 1500;
  private static final int NEAR = 5;

  private final Column column;
  private final int n;
  private final double needed;

  Lines(double[] values, double[] clipped) {
    this.column = new Column(values, clipped);
    this.n = clipped.length;
    this.needed = Significance.needed(Levels.ERROR / 3, n, 2);
  }

  Column column() {
    return column;
  }

  int[] cuts() {
    // in a long series a cut may at first only be at every so many points
    int grain = Math.max(1, n / LONG);
    int least = Math.max(LEAST / grain, 1) + (grain > 1 ? 1 : 0);
    double penalty = 3 * Math.log(n);
    int pieces = n / grain;
    int[] cuts =
        Partition.of(
            pieces,
            least,
            penalty,
            penalty / 2,
            (from, to) -> cost(from * grain, to == pieces ? n : to * grain));
    cuts = Arrays.stream(cuts).map(cut -> cut * grain).toArray();
    for (int round = 0; round < 3; round++) {
      column.learn(rest(column.clipped, cuts), cuts.length + 1, 2);
      int[] pruned = pruned(cuts, Math.max(NEAR, grain));
      if (Arrays.equals(pruned, cuts)) {
        break;
      }
      cuts = pruned;
    }
    return cuts;
  }

  private double cost(int from, int to) {
    return column.sums.line(from, to) / (column.innovation * column.innovation);
  }

  private int[] pruned(int[] cuts, int near) {
    int[] left = cuts.clone();
    while (left.length > 0) {
      int weakest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < left.length; i++) {
        double clarity = weigh(left, i, near);
        if (clarity < least) {
          least = clarity;
          weakest = i;
        }
      }
      if (least >= needed) {
        break;
      }
      int[] fewer = new int[left.length - 1];
      System.arraycopy(left, 0, fewer, 0, weakest);
      System.arraycopy(left, weakest + 1, fewer, weakest, fewer.length - weakest);
      left = fewer;
    }
    return left;
  }

  /** Moves a cut to where it is clearest between its neighbours. */
  private double weigh(int[] cuts, int i, int near) {
    int from = i == 0 ? 0 : cuts[i - 1];
    int to = i == cuts.length - 1 ? n : cuts[i + 1];
    double best = 0;
    int old = cuts[i];
    for (int at = Math.max(from + LEAST, old - near);
        at <= Math.min(to - LEAST, old + near);
        at++) {
      double ratio = statistic(from, at, to);
      if (ratio > best) {
        best = ratio;
        cuts[i] = at;
      }
    }
    return best;
  }

  /** Root of how much dearer one line is than two. */
  double statistic(int from, int at, int to) {
    return Math.sqrt(Math.max(0, cost(from, to) - cost(from, at) - cost(at, to)));
  }

  /** What is left around the lines between cuts. */
  static double[] rest(double[] values, int[] cuts) {
    Sums sums = new Sums(values, 0);
    double[] rest = new double[values.length];
    int from = 0;
    for (int k = 0; k <= cuts.length; k++) {
      int to = k == cuts.length ? values.length : cuts[k];
      double[] line = sums.fit(from, to);
      for (int i = from; i < to; i++) {
        rest[i] = to - from < 2 ? 0 : values[i] - line[0] - line[1] * (i - from);
      }
      from = to;
    }
    return rest;
  }
}
