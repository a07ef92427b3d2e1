package dev.assay.stats.change;

import java.util.Arrays;
import java.util.List;

/**
 * A series, or several at once, as levels that change at once: finding the cuts and pruning them.
 */
final class Levels {

  /** What a candidate costs, in twice the logarithm of the length: few true ones are missed. */
  private static final double PENALTY = 1.0;

  /** The probability of a point as clear as that in a series without any. */
  static final double ERROR = 0.0025;

  /** How far a cut is moved to become clearer. */
  private static final int NEAR = 10;

  /** An inner regime shorter than this may be an excursion, of which there are many places. */
  private static final int LASTING = 8;

  private static final double EXCURSION = 0.4;

  /** The clarity of a cut that the second opinion does not see. */
  private static final double DISAGREED = 0.999;

  private final List<Column> columns;
  private final int n;
  private final double needed;

  Levels(List<Column> columns) {
    this.columns = columns;
    this.n = columns.getFirst().clipped.length;
    this.needed = Significance.needed(ERROR, n, columns.size());
  }

  int[] cuts() {
    double penalty = 2 * PENALTY * Math.log(n) + columns.size() - 1;
    int[] cuts =
        columns.size() == 1
            ? Partition.of(n, 2, penalty * unit(), penalty * unit() / 2, first().sums::level)
            : Partition.of(n, 2, penalty, penalty / 2, this::cost);
    for (int round = 0; round < 3; round++) {
      for (Column column : columns) {
        column.learn(rest(column.clipped, cuts), cuts.length + 1, 1);
      }
      int[] pruned = pruned(cuts);
      if (Arrays.equals(pruned, cuts)) {
        break;
      }
      cuts = pruned;
    }
    return pruned(cuts);
  }

  /** What is left around the levels between cuts. */
  static double[] rest(double[] values, int[] cuts) {
    double[] rest = new double[values.length];
    int from = 0;
    for (int k = 0; k <= cuts.length; k++) {
      int to = k == cuts.length ? values.length : cuts[k];
      double mean = 0;
      for (int i = from; i < to; i++) {
        mean += values[i] / (to - from);
      }
      for (int i = from; i < to; i++) {
        rest[i] = values[i] - mean;
      }
      from = to;
    }
    return rest;
  }

  private double unit() {
    return first().innovation * first().innovation;
  }

  private double cost(int from, int to) {
    double sum = 0;
    for (Column column : columns) {
      sum += column.sums.level(from, to) / (column.innovation * column.innovation);
    }
    return sum;
  }

  /** Moves each cut to where it is clearest and takes the weakest away until all are clear. */
  private int[] pruned(int[] cuts) {
    int k = cuts.length;
    int[] at = cuts.clone();
    double[] clarity = new double[k];
    for (int i = 0; i < k; i++) {
      weigh(at, clarity, i, k);
    }
    while (k > 0) {
      int weakest = 0;
      for (int i = 1; i < k; i++) {
        weakest = clarity[i] < clarity[weakest] ? i : weakest;
      }
      if (clarity[weakest] >= 1) {
        break;
      }
      System.arraycopy(at, weakest + 1, at, weakest, k - weakest - 1);
      System.arraycopy(clarity, weakest + 1, clarity, weakest, k - weakest - 1);
      k--;
      for (int i = Math.max(0, weakest - 1); i <= Math.min(weakest, k - 1); i++) {
        weigh(at, clarity, i, k);
      }
    }
    return Arrays.copyOf(at, k);
  }

  /** Moves one of the first {@code k} cuts to where it is clearest between its neighbours. */
  private void weigh(int[] cuts, double[] clarity, int i, int k) {
    int from = i == 0 ? 0 : cuts[i - 1];
    int to = i == k - 1 ? n : cuts[i + 1];
    int old = cuts[i];
    double best = -1;
    for (int at = Math.max(from + 2, old - NEAR); at <= Math.min(to - 2, old + NEAR); at++) {
      double z = statistic(from, at, to);
      if (z > best) {
        best = z;
        cuts[i] = at;
      }
    }
    int shortest = Math.min(i > 0 ? cuts[i] - from : n, i < k - 1 ? to - cuts[i] : n);
    double over = best / needed / (1 + EXCURSION * Math.max(0, LASTING - shortest) / LASTING);
    clarity[i] = over >= 1 && !differs(from, cuts[i], to) ? DISAGREED : over;
  }

  private boolean differs(int from, int at, int to) {
    boolean differs = false;
    for (Column column : columns) {
      differs |= RankVote.differs(column.values, from, at, to, column.inflation());
    }
    return differs;
  }

  Column column(int index) {
    return columns.get(index);
  }

  /** The column in which a cut is clearest. */
  int clearest(int from, int at, int to) {
    int clearest = 0;
    double best = -1;
    for (int i = 0; i < columns.size(); i++) {
      double z = Math.abs(columns.get(i).test.statistic(from, at, to));
      if (z > best) {
        best = z;
        clearest = i;
      }
    }
    return clearest;
  }

  Column first() {
    return columns.getFirst();
  }

  /** Root of the sum of the squares of the columns' statistics. */
  double statistic(int from, int at, int to) {
    double sum = 0;
    for (Column column : columns) {
      double z = column.test.statistic(from, at, to);
      sum += z * z;
    }
    return Math.sqrt(sum);
  }
}
