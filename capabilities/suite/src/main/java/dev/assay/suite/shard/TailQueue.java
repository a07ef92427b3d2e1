package dev.assay.suite.shard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to give to which worker when: guesses of durations are wrong, so each worker has the long
 * tests of its shard for itself, and the short ones are pulled by whoever is done. Where a worker
 * is far behind, others take what it has not begun. A worker that is tried again gets the same
 * tests again. Deterministic in the order of the calls. Not thread-safe.
 */
public final class TailQueue {

  private final List<Deque<String>> own = new ArrayList<>();
  private final List<List<String>> given = new ArrayList<>();
  private final List<Deque<String>> again = new ArrayList<>();
  private final Deque<String> tail = new ArrayDeque<>();
  private final Set<Integer> gone = new HashSet<>();
  private final Map<String, Double> seconds;

  /**
   * Begins.
   *
   * @param plan the tests; each shard belongs to the worker of its number, from 0
   * @param seconds how long each is expected to take
   * @param fixed which share of the seconds of a shard is its own, 0 to 1; 0.8 does well
   */
  public TailQueue(ShardPlan plan, Map<String, Double> seconds, double fixed) {
    if (!(fixed >= 0 && fixed <= 1)) {
      throw new IllegalArgumentException("a share is 0 to 1, not " + fixed);
    }
    this.seconds = Map.copyOf(seconds);
    List<String> rest = new ArrayList<>();
    for (Shard shard : plan.shards()) {
      Deque<String> first = new ArrayDeque<>();
      double used = 0;
      for (String test : shard.tests()) {
        double time = secondsOf(test);
        if (used + time <= fixed * shard.seconds() || fixed > 0 && first.isEmpty()) {
          first.add(test);
          used += time;
        } else {
          rest.add(test);
        }
      }
      own.add(first);
      given.add(new ArrayList<>());
      again.add(new ArrayDeque<>());
    }
    rest.sort(
        Comparator.comparingDouble((String test) -> -secondsOf(test))
            .thenComparing(Comparator.naturalOrder()));
    tail.addAll(rest);
  }

  /** The next test for a worker that has nothing to do, or nothing where all are given. */
  public Optional<String> next(int worker) {
    require(worker);
    gone.remove(worker);
    String repeated = again.get(worker).poll();
    if (repeated != null) {
      return Optional.of(repeated);
    }
    String test = own.get(worker).poll();
    if (test == null) {
      test = tail.poll();
    }
    if (test == null) {
      test = fromTheFurthestBehind();
    }
    if (test != null) {
      given.get(worker).add(test);
    }
    return Optional.ofNullable(test);
  }

  /** The shortest test that is not begun, of the worker that has the most seconds before it. */
  private @Nullable String fromTheFurthestBehind() {
    int furthest = -1;
    double most = -1;
    for (int worker = 0; worker < own.size(); worker++) {
      Deque<String> left = own.get(worker);
      double time = left.stream().mapToDouble(this::secondsOf).sum();
      if (!left.isEmpty() && time > most) {
        most = time;
        furthest = worker;
      }
    }
    return furthest < 0 ? null : own.get(furthest).pollLast();
  }

  /** What a worker was given so far, in order. */
  public List<String> given(int worker) {
    require(worker);
    return List.copyOf(given.get(worker));
  }

  /** Tries a worker again: it gets what it was given once more, in the same order, then goes on. */
  public void retry(int worker) {
    require(worker);
    again.get(worker).clear();
    again.get(worker).addAll(given.get(worker));
  }

  /**
   * Takes note that a worker is gone for good. What it had not finished goes to the others.
   *
   * @param finished which of its tests have results
   */
  public void lost(int worker, Set<String> finished) {
    require(worker);
    if (!gone.add(worker)) {
      return;
    }
    List<String> open = new ArrayList<>(given.get(worker));
    open.removeAll(finished);
    open.addAll(own.get(worker));
    given.get(worker).retainAll(finished);
    own.get(worker).clear();
    again.get(worker).clear();
    open.reversed().forEach(tail::addFirst);
  }

  private double secondsOf(String test) {
    return seconds.getOrDefault(test, Durations.UNKNOWN);
  }

  private void require(int worker) {
    if (worker < 0 || worker >= own.size()) {
      throw new IllegalArgumentException(
          "there are workers 0 to " + (own.size() - 1) + ", not " + worker);
    }
  }
}
