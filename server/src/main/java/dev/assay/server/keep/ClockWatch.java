package dev.assay.server.keep;

import dev.assay.api.spi.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Notices that the wall clock was set, by the clock that nobody sets: what is done by the age of
 * things waits then until people have seen it. A machine that slept looks the same. For one thread.
 */
final class ClockWatch {

  private final Clock clock;
  private Instant wall;
  private long steady;

  ClockWatch(Clock clock) {
    this.clock = clock;
    this.wall = clock.now();
    this.steady = clock.nanos();
  }

  /** How far it was set since the last call, or since the beginning; negative for backward. */
  Duration set() {
    Instant now = clock.now();
    long nanos = clock.nanos();
    Duration set = Duration.between(wall, now).minusNanos(nanos - steady);
    wall = now;
    steady = nanos;
    return set;
  }
}
