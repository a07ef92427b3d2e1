package dev.assay.load.engine;

import dev.assay.load.http1.CompiledRequest;
import java.util.List;

/**
 * All that the engine is told. Immutable.
 *
 * @param origin where requests go
 * @param flow the steps of each arrival, at least one
 * @param schedule when arrivals are intended
 * @param connections how many connections may be open at once, at least 1
 * @param timeoutNanos how long a connection may take to open and, apart from it, a request to be
 *     answered; also how long the run may go on after the schedule's end
 * @param maxWaiting how many arrivals may wait for a free connection
 * @param loops how many event loops share the work, 1 to {@code connections}
 */
public record LoadPlan(
    Origin origin,
    List<CompiledRequest> flow,
    Schedule schedule,
    int connections,
    long timeoutNanos,
    int maxWaiting,
    int loops) {

  /** What one loop can send in a second with ease; more loops than needed only cost switches. */
  private static final double ARRIVALS_PER_LOOP = 10_000;

  /** Copies the list and checks the ranges. */
  public LoadPlan {
    flow = List.copyOf(flow);
    if (flow.isEmpty() || loops < 1 || loops > connections || maxWaiting < 0) {
      throw new IllegalArgumentException("not a plan: " + flow.size() + " steps, " + loops);
    }
  }

  /** How many loops a rate needs on a machine of so many cores. */
  public static int loopsFor(double arrivalsPerSecond, int connections, int cores) {
    double wanted = Math.ceil(arrivalsPerSecond / ARRIVALS_PER_LOOP);
    return (int) Math.max(1, Math.min(wanted, Math.min(cores, connections)));
  }
}
