package dev.assay.network.link;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A delay that was measured: a table of percentiles, with straight lines between them. Below the
 * first and above the last percentile of the table the delay is that of the first or last.
 * Immutable and thread-safe.
 */
public final class Percentiles implements Distribution {

  private final double[] shares;
  private final double[] nanos;
  private final double mean;
  private final double deviation;

  /**
   * Makes a table.
   *
   * @param table nanoseconds by share, 0 to 1; at least two, at most 1000, neither falling
   * @throws IllegalArgumentException with a sentence for people
   */
  public Percentiles(SortedMap<Double, Long> table) {
    if (table.size() < 2 || table.size() > 1000) {
      throw new IllegalArgumentException("a table of percentiles has 2 to 1000 of them");
    }
    shares = table.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    nanos = table.values().stream().mapToDouble(Long::doubleValue).toArray();
    for (int i = 0; i < shares.length; i++) {
      if (!(shares[i] >= 0 && shares[i] <= 1)) {
        throw new IllegalArgumentException("a percentile is 0 to 100");
      }
      if (!(nanos[i] >= 0 && nanos[i] <= LONGEST)) {
        throw new IllegalArgumentException("a delay is 0 s or more and at most 60 s");
      }
      if (i > 0 && nanos[i] < nanos[i - 1]) {
        throw new IllegalArgumentException("the delays of a table of percentiles do not fall");
      }
    }
    double first = moment(1);
    mean = first;
    deviation = Math.sqrt(Math.max(0, moment(2) - first * first));
  }

  /** The table of those pairs. */
  public static Percentiles of(Map<Double, Long> table) {
    return new Percentiles(new TreeMap<>(table));
  }

  private double moment(int power) {
    int last = shares.length - 1;
    double sum =
        shares[0] * Math.pow(nanos[0], power) + (1 - shares[last]) * Math.pow(nanos[last], power);
    for (int i = 1; i <= last; i++) {
      double a = nanos[i - 1];
      double b = nanos[i];
      double average = power == 1 ? (a + b) / 2 : (a * a + a * b + b * b) / 3;
      sum += (shares[i] - shares[i - 1]) * average;
    }
    return sum;
  }

  @Override
  public long at(double score) {
    double share = NormalScore.below(score);
    int found = Arrays.binarySearch(shares, share);
    if (found >= 0) {
      return Math.round(nanos[found]);
    }
    int above = -found - 1;
    if (above == 0) {
      return Math.round(nanos[0]);
    }
    if (above == shares.length) {
      return Math.round(nanos[above - 1]);
    }
    double part = (share - shares[above - 1]) / (shares[above] - shares[above - 1]);
    return Math.round(nanos[above - 1] + part * (nanos[above] - nanos[above - 1]));
  }

  @Override
  public double mean() {
    return mean;
  }

  @Override
  public double deviation() {
    return deviation;
  }

  /** The table again: nanoseconds by share. */
  public SortedMap<Double, Long> table() {
    SortedMap<Double, Long> table = new TreeMap<>();
    for (int i = 0; i < shares.length; i++) {
      table.put(shares[i], Math.round(nanos[i]));
    }
    return table;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Percentiles that
        && Arrays.equals(shares, that.shares)
        && Arrays.equals(nanos, that.nanos);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shares) + Arrays.hashCode(nanos);
  }

  @Override
  public String toString() {
    return "Percentiles" + table();
  }
}
