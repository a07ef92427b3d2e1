package dev.assay.suite.shard;

import dev.assay.suite.shard.ShardPlanner.Timed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Tests divided into shards that can still be changed. Not thread-safe. */
final class Division {

  private static final int MOST_STEPS = 2000;
  private static final int PARTNERS = 16;
  private static final int HALVINGS = 12;

  private final List<List<Timed>> shards = new ArrayList<>();
  private final double[] loads;

  Division(int count) {
    loads = new double[count];
    for (int i = 0; i < count; i++) {
      shards.add(new ArrayList<>());
    }
  }

  /**
   * Each test, the longest first, to the shard with the least to do; among equals to the one with
   * the fewest tests, as also a test of no time takes some to start.
   */
  static Division longestFirst(List<Timed> tests, int count) {
    Division division = new Division(count);
    PriorityQueue<Integer> idle =
        new PriorityQueue<>(
            Comparator.comparingDouble((Integer shard) -> division.loads[shard])
                .thenComparingInt(shard -> division.shards.get(shard).size())
                .thenComparing(Comparator.naturalOrder()));
    for (int shard = 0; shard < count; shard++) {
      idle.add(shard);
    }
    for (Timed test : tests) {
      int shard = idle.remove();
      division.add(shard, test);
      idle.add(shard);
    }
    return division;
  }

  /** First fit decreasing into the least capacity between two bounds that is found to hold all. */
  static Division fitted(List<Timed> tests, int count, double low, double high) {
    @Nullable Division best = null;
    double from = low;
    double to = high;
    for (int i = 0; i < HALVINGS; i++) {
      double capacity = (from + to) / 2;
      Division division = new Division(count);
      if (division.fill(tests, capacity)) {
        best = division;
        to = capacity;
      } else {
        from = capacity;
      }
    }
    return best == null ? longestFirst(tests, count) : best;
  }

  private boolean fill(List<Timed> tests, double capacity) {
    int firstOpen = 0;
    for (Timed test : tests) {
      int shard = firstOpen;
      while (shard < loads.length && loads[shard] + test.seconds() > capacity) {
        shard++;
      }
      if (shard == loads.length) {
        return false;
      }
      add(shard, test);
      while (firstOpen < loads.length && loads[firstOpen] >= capacity) {
        firstOpen++;
      }
    }
    return true;
  }

  void add(int shard, Timed test) {
    shards.get(shard).add(test);
    loads[shard] += test.seconds();
  }

  double slowest() {
    double slowest = 0;
    for (double load : loads) {
      slowest = Math.max(slowest, load);
    }
    return slowest;
  }

  /**
   * Moves a test of the slowest shard, or exchanges one, as long as that shortens it and the other
   * shard does not become as slow; a bounded number of times.
   */
  Division improved(double bound) {
    shards.forEach(Collections::sort);
    for (int step = 0; step < MOST_STEPS; step++) {
      int slowest = indexOfSlowest();
      if (loads[slowest] <= bound || !relieve(slowest)) {
        break;
      }
    }
    return this;
  }

  private int indexOfSlowest() {
    int slowest = 0;
    for (int i = 1; i < loads.length; i++) {
      slowest = loads[i] > loads[slowest] ? i : slowest;
    }
    return slowest;
  }

  private boolean relieve(int slowest) {
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < loads.length; i++) {
      if (i != slowest) {
        others.add(i);
      }
    }
    others.sort(Comparator.comparingDouble(i -> loads[i]));
    @Nullable Exchange best = null;
    for (int other : others.subList(0, Math.min(PARTNERS, others.size()))) {
      Exchange exchange = bestExchange(slowest, other);
      if (exchange != null && (best == null || exchange.slower < best.slower)) {
        best = exchange;
      }
    }
    if (best == null) {
      return false;
    }
    carryOut(slowest, best);
    return true;
  }

  /** The exchange after which the slower of the two shards is shortest, if it helps at all. */
  private @Nullable Exchange bestExchange(int slowest, int other) {
    double gap = loads[slowest] - loads[other];
    List<Timed> mine = shards.get(slowest);
    List<Timed> theirs = shards.get(other);
    @Nullable Exchange best = null;
    double leastHelp = 1e-9 * loads[slowest];
    double shortest = loads[slowest] - leastHelp;
    for (int i = 0; i < mine.size(); i++) {
      double seconds = mine.get(i).seconds();
      int near = firstAtMost(theirs, seconds - gap / 2);
      for (int j = near - 1; j <= near; j++) {
        double back = j >= 0 && j < theirs.size() ? theirs.get(j).seconds() : 0;
        double moved = seconds - back;
        double slower = Math.max(loads[slowest] - moved, loads[other] + moved);
        if (moved > 0 && slower < shortest) {
          shortest = slower;
          best = new Exchange(other, i, j >= 0 && j < theirs.size() ? j : -1, slower);
        }
      }
    }
    return best;
  }

  /** Where the tests begin that take no longer than that; the list is longest first. */
  private static int firstAtMost(List<Timed> tests, double seconds) {
    int low = 0;
    int high = tests.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tests.get(middle).seconds() <= seconds) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void carryOut(int slowest, Exchange exchange) {
    Timed gone = shards.get(slowest).remove(exchange.mine);
    if (exchange.theirs >= 0) {
      insert(slowest, shards.get(exchange.other).remove(exchange.theirs));
    }
    insert(exchange.other, gone);
    // summed anew, so that rounding does not pile up
    loads[slowest] = sum(slowest);
    loads[exchange.other] = sum(exchange.other);
  }

  private void insert(int shard, Timed test) {
    List<Timed> tests = shards.get(shard);
    int at = firstAtMost(tests, test.seconds());
    while (at < tests.size() && tests.get(at).compareTo(test) < 0) {
      at++;
    }
    tests.add(at, test);
  }

  private double sum(int shard) {
    double sum = 0;
    for (Timed test : shards.get(shard)) {
      sum += test.seconds();
    }
    return sum;
  }

  /** The shards, the one with the longest test first, each with its longest test first. */
  List<Shard> shards() {
    return shards.stream()
        .map(tests -> tests.stream().sorted().toList())
        .sorted(Division::byLongest)
        .map(tests ->
            new Shard(
                tests.stream().map(Timed::test).toList(),
                tests.stream().mapToDouble(Timed::seconds).sum()))
        .toList();
  }

  private static int byLongest(List<Timed> one, List<Timed> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Boolean.compare(one.isEmpty(), other.isEmpty());
    }
    return one.getFirst().compareTo(other.getFirst());
  }

  /**
   * One test given away for one or none.
   *
   * @param theirs -1 where none comes back
   */
  private record Exchange(int other, int mine, int theirs, double slower) {}
}
