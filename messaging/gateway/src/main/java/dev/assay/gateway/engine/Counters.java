package dev.assay.gateway.engine;

import dev.assay.gateway.State;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What was counted since the gateway started. Thread-safe. */
public final class Counters {

  private final Map<State, LongAdder> states = new EnumMap<>(State.class);
  private final LongAdder resubmitted = new LongAdder();
  private final LongAdder throttled = new LongAdder();
  private final LongAdder orphans = new LongAdder();
  private final LongAdder failovers = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final LongAdder replayed = new LongAdder();

  /** All zero. */
  public Counters() {
    for (State state : State.values()) {
      states.put(state, new LongAdder());
    }
  }

  void reached(State state) {
    LongAdder count = states.get(state);
    if (count != null) {
      count.increment();
    }
  }

  void countResubmitted() {
    resubmitted.increment();
  }

  void countThrottled() {
    throttled.increment();
  }

  void countOrphan() {
    orphans.increment();
  }

  void countFailover() {
    failovers.increment();
  }

  void countCommit() {
    commits.increment();
  }

  void countReplayed() {
    replayed.increment();
  }

  /** How often messages came into a state. */
  public long reachedCount(State state) {
    LongAdder count = states.get(state);
    return count == null ? 0 : count.sum();
  }

  /** How many were sent again in doubt, and so perhaps twice. */
  public long resubmitted() {
    return resubmitted.sum();
  }

  /** How often a provider throttled. */
  public long throttled() {
    return throttled.sum();
  }

  /** How many statuses were nobody's. */
  public long orphans() {
    return orphans.sum();
  }

  /** How often another provider took over. */
  public long failovers() {
    return failovers.sum();
  }

  /** How many transactions there were. */
  public long commits() {
    return commits.sum();
  }

  /** How many requests had been answered before. */
  public long replayed() {
    return replayed.sum();
  }
}
