package dev.assay.load.engine;

import dev.assay.load.feed.Feeder;
import java.util.List;
import java.util.Map;

/**
 * All that the engine is told. Immutable.
 *
 * @param origins where requests go
 * @param scenarios what users do
 * @param phases when users come
 * @param steps how many steps all scenarios have together: the requests' numbers are below it
 * @param recorded the labels of what is recorded, for each measured phase in turn all steps, and
 *     where networks are told apart all steps for each of them behind those of users who are on
 *     none yet; one set where phases are not told apart
 * @param feeders where columns come from
 * @param connections how many connections may be open at once to each origin, at least 1
 * @param streams how many requests a connection of HTTP/2 may carry at once, at least 1
 * @param timeoutNanos how long a connection may take to open, and how long the run may go on after
 *     the last phase's end
 * @param maxWaiting how many arrivals may wait for a free connection
 * @param maxUsers how many users may be under way at once
 * @param loops how many event loops share the work, 1 to {@code connections}
 * @param networks what users are on
 * @param seed of everything random
 */
public record LoadPlan(
    List<Origin> origins,
    List<Scenario> scenarios,
    List<Phase> phases,
    int steps,
    List<Map<String, String>> recorded,
    List<Feeder> feeders,
    int connections,
    int streams,
    long timeoutNanos,
    int maxWaiting,
    int maxUsers,
    int loops,
    Networks networks,
    long seed) {

  /** What one loop can send in a second with ease; more loops than needed only cost switches. */
  private static final double ARRIVALS_PER_LOOP = 10_000;

  /** Copies the lists and checks the ranges. */
  public LoadPlan {
    origins = List.copyOf(origins);
    scenarios = List.copyOf(scenarios);
    phases = List.copyOf(phases);
    recorded = List.copyOf(recorded);
    feeders = List.copyOf(feeders);
    if (phases.isEmpty() || loops < 1 || loops > connections || maxWaiting < 0 || maxUsers < 1) {
      throw new IllegalArgumentException("not a plan: " + phases.size() + " phases, " + loops);
    }
  }

  /** The same with other phases, and other labels of what is recorded. */
  public LoadPlan with(List<Phase> others, List<Map<String, String>> labels) {
    return new LoadPlan(
        origins,
        scenarios,
        others,
        steps,
        labels,
        feeders,
        connections,
        streams,
        timeoutNanos,
        maxWaiting,
        maxUsers,
        loops,
        networks,
        seed);
  }

  /** How many loops a rate needs on a machine of so many cores. */
  public static int loopsFor(double requestsPerSecond, int connections, int cores) {
    double wanted = Math.ceil(requestsPerSecond / ARRIVALS_PER_LOOP);
    return (int) Math.max(1, Math.min(wanted, Math.min(cores, connections)));
  }

  /** Where the steps of a phase are recorded; below 0 for nowhere. */
  int recordedAt(int phase) {
    if (!phases.get(phase).measured()) {
      return -1;
    }
    int each = steps * (1 + networks.toldApart());
    if (recorded.size() == each) {
      return 0;
    }
    int before = 0;
    for (int i = 0; i < phase; i++) {
      before += phases.get(i).measured() ? 1 : 0;
    }
    return before * each;
  }

  /** Whether it has an open phase, whose arrivals are due at their times. */
  public boolean arrives() {
    return phases.stream().anyMatch(Phase.Open.class::isInstance);
  }

  /** How many arrivals of open phases are in the statistics. */
  public long measuredArrivals() {
    long arrivals = 0;
    for (Phase phase : phases) {
      if (phase.measured() && phase instanceof Phase.Open open) {
        arrivals += open.arrivals().count();
      }
    }
    return arrivals;
  }

  /** How many arrivals of open phases are not. */
  public long warmUpArrivals() {
    long arrivals = 0;
    for (Phase phase : phases) {
      if (!phase.measured() && phase instanceof Phase.Open open) {
        arrivals += open.arrivals().count();
      }
    }
    return arrivals;
  }

  /** When the first measured phase begins, in nanoseconds after the start. */
  public long measuredFrom() {
    return phases.stream().filter(Phase::measured).mapToLong(Phase::start).min().orElse(0);
  }

  /** When the last phase ends, in nanoseconds after the start. */
  public long end() {
    return phases.stream().mapToLong(Phase::end).max().orElse(0);
  }

  /** When the last measured phase ends, in nanoseconds after the start. */
  public long measuredTo() {
    return phases.stream().filter(Phase::measured).mapToLong(Phase::end).max().orElse(0);
  }

  /**
   * How many WebSockets the users of closed phases have open at once; others cannot be foreseen.
   */
  public int webSockets() {
    int sockets = 0;
    for (Phase phase : phases) {
      boolean opens =
          scenarios.get(phase.scenario()).program().stream()
              .anyMatch(Instruction.Open.class::isInstance);
      sockets += opens && phase instanceof Phase.Closed closed ? closed.most() : 0;
    }
    return sockets;
  }

  /** The most users that closed phases have at once, where no two of them overlap or all do. */
  public int closedUsers() {
    int users = 0;
    for (Phase phase : phases) {
      users += phase instanceof Phase.Closed closed ? closed.most() : 0;
    }
    return users;
  }
}
