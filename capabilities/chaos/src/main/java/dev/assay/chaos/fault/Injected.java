package dev.assay.chaos.fault;

import java.time.Duration;

/**
 * A fault that lasts. Whoever made it calls {@link #renew} at least every {@link #RENEWAL}: when it
 * is not called for {@link #LEASE}, the watchdog takes the run for hung and undoes the fault. Not
 * thread-safe.
 */
public interface Injected extends AutoCloseable {

  /** How long a fault outlives the last renewal. */
  Duration LEASE = Duration.ofSeconds(15);

  /** How often to renew. */
  Duration RENEWAL = Duration.ofSeconds(1);

  /** The fault. */
  Fault fault();

  /** Looks whether it is in effect now, and how that is seen. */
  Effect effect();

  /**
   * Says that the run is well and still wants the fault.
   *
   * @throws dev.assay.api.problem.ProblemException if the lease had expired before; the fault has
   *     been undone then
   */
  void renew();

  /**
   * Undoes it and checks that it is undone; again does nothing.
   *
   * @throws dev.assay.api.problem.ProblemException if it could not be undone; it stays in the
   *     journal then, and the watchdog and the next run try again
   */
  @Override
  void close();

  /**
   * How a fault shows.
   *
   * @param seen whether it is in effect
   * @param how what was looked at, and what was seen, in one sentence
   */
  record Effect(boolean seen, String how) {}
}
