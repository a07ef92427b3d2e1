package dev.assay.suite;

import dev.assay.suite.shard.Durations;
import dev.assay.suite.shard.ShardPlan;
import dev.assay.suite.shard.ShardPlanner;
import dev.assay.suite.shard.TailQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Gives workers the units that they run next, several at once, as each start of a tool costs time;
 * portions become smaller towards the end, so that all are done at about the same time (guided
 * self-scheduling; Polychronopoulos and Kuck, 1987). Thread-safe.
 */
final class Portions {

  /** Longer command lines are refused by some systems. */
  static final int MOST_UNITS = 500;

  /** A portion of less is hardly worth the start of a tool. */
  private static final double SMALLEST_SECONDS = 3;

  /** The share of a shard that its worker has for itself. */
  private static final double OWN = 0.8;

  private final IntFunction<Optional<String>> source;
  private final Map<String, Double> seconds;
  private final double[] first;
  private final double divisor;
  private final Set<Integer> waiting = new HashSet<>();
  private double left;

  private Portions(
      IntFunction<Optional<String>> source,
      Map<String, Double> seconds,
      double[] first,
      double divisor) {
    this.source = source;
    this.seconds = seconds;
    this.first = first;
    this.divisor = divisor;
    for (int worker = 0; worker < first.length; worker++) {
      waiting.add(worker);
    }
    this.left = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * Units in no order: each worker begins with most of its own shard, the longest first.
   *
   * @param seconds by unit, what each is expected to take
   */
  static Portions balanced(Map<String, Double> seconds, int workers) {
    ShardPlan plan = ShardPlanner.plan(seconds, workers);
    TailQueue queue = new TailQueue(plan, seconds, OWN);
    return new Portions(
        queue::next,
        seconds,
        plan.shards().stream().mapToDouble(shard -> OWN * shard.seconds()).toArray(),
        2.0 * workers);
  }

  /**
   * Units in an order.
   *
   * @param seconds by unit in that order, what each is expected to take
   * @param small whether portions are to be small, because the tool does not keep the order inside
   *     one, or because any may have to be the last
   */
  static Portions ordered(Map<String, Double> seconds, int workers, boolean small) {
    Deque<String> queue = new ArrayDeque<>(seconds.keySet());
    return new Portions(
        worker -> Optional.ofNullable(queue.poll()),
        new LinkedHashMap<>(seconds),
        new double[workers],
        workers == 1 && !small ? 1 : 4.0 * workers);
  }

  /** What a worker runs next, in order; empty where all are given. */
  synchronized List<String> next(int worker) {
    double target = target(worker);
    List<String> portion = new ArrayList<>();
    double sum = 0;
    // a rounding must not leave the last unit for a start of its own
    while (portion.size() < MOST_UNITS && (portion.isEmpty() || sum < target * (1 - 1e-9))) {
      Optional<String> unit = source.apply(worker);
      if (unit.isEmpty()) {
        break;
      }
      portion.add(unit.get());
      sum += seconds.getOrDefault(unit.get(), Durations.UNKNOWN);
    }
    left -= sum;
    return List.copyOf(portion);
  }

  /** However little there is, each worker begins with a part of it. */
  private double target(int worker) {
    double guided = Math.max(SMALLEST_SECONDS, left / divisor);
    if (!waiting.remove(worker)) {
      return guided;
    }
    return first[worker] > 0 ? first[worker] : Math.min(guided, left / (waiting.size() + 1));
  }

  /** What nobody was given yet; it is given to nobody any more. */
  synchronized List<String> rest(int workers) {
    List<String> rest = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      Optional<String> unit = source.apply(worker);
      while (unit.isPresent()) {
        rest.add(unit.get());
        unit = source.apply(worker);
      }
    }
    return List.copyOf(rest);
  }
}
