package dev.assay.suite.shard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Divides tests so that the slowest shard is as short as can be: identical machines, least
 * makespan. Three first divisions are made, each improved by moving and exchanging tests, and the
 * best is taken: longest processing time first (Graham, 1969), the largest differencing method
 * (Karmarkar and Karp, 1982, for several shards), and first fit decreasing into the least capacity
 * that holds them (MULTIFIT; Coffman, Garey and Johnson, 1978). Deterministic. Thread-safe.
 */
public final class ShardPlanner {

  /** More shards than anybody has machines. */
  public static final int MOST_SHARDS = 10_000;

  private static final int MOST_FOR_DIFFERENCING = 2_000_000;
  private static final double CLOSE_ENOUGH = 1 + 1e-6;

  private ShardPlanner() {}

  /**
   * Divides.
   *
   * @param seconds what each test is expected to take, 0 or more
   * @param count how many shards, 1 to {@link #MOST_SHARDS}
   */
  public static ShardPlan plan(Map<String, Double> seconds, int count) {
    if (count < 1 || count > MOST_SHARDS) {
      throw new IllegalArgumentException(
          "there can be 1 to " + MOST_SHARDS + " shards, not " + count);
    }
    List<Timed> tests = new ArrayList<>();
    seconds.forEach((test, time) -> tests.add(new Timed(test, time)));
    Collections.sort(tests);
    double bound = bound(tests, count);
    Division best = Division.longestFirst(tests, count).improved(bound);
    if (!closeEnough(best, bound)) {
      best = better(best, Division.fitted(tests, count, bound, best.slowest()).improved(bound));
    }
    if (!closeEnough(best, bound) && (long) tests.size() * count <= MOST_FOR_DIFFERENCING) {
      best = better(best, Differencing.divide(tests, count).improved(bound));
    }
    return new ShardPlan(best.shards(), bound);
  }

  private static boolean closeEnough(Division division, double bound) {
    return division.slowest() <= bound * CLOSE_ENOUGH;
  }

  private static Division better(Division one, Division other) {
    return other.slowest() < one.slowest() ? other : one;
  }

  /**
   * Of the longest {@code k * count + 1} tests some shard gets {@code k + 1}, at least the shortest
   * of them.
   */
  private static double bound(List<Timed> longestFirst, int count) {
    double[] sums = new double[longestFirst.size() + 1];
    for (int i = 0; i < longestFirst.size(); i++) {
      sums[i + 1] = sums[i] + longestFirst.get(i).seconds();
    }
    double bound = sums[longestFirst.size()] / count;
    for (int k = 0; (long) k * count < longestFirst.size(); k++) {
      int first = k * count + 1;
      bound = Math.max(bound, sums[first] - sums[first - (k + 1)]);
    }
    return bound;
  }

  /** A test and its time; the longest is the first. */
  record Timed(String test, double seconds) implements Comparable<Timed> {

    Timed {
      if (!(seconds >= 0 && Double.isFinite(seconds))) {
        throw new IllegalArgumentException(test + " takes no " + seconds + " seconds");
      }
    }

    @Override
    public int compareTo(Timed other) {
      int byTime = Double.compare(other.seconds, seconds);
      return byTime != 0 ? byTime : test.compareTo(other.test);
    }
  }
}
