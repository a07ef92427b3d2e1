package dev.assay.api.spi;

import java.time.Instant;

/**
 * The time. Thread-safe. Everything that asks for the time is given one, so that tests can set it.
 */
public interface Clock {

  /** The wall clock. */
  Instant now();

  /** A monotonic clock in nanoseconds with an arbitrary start, as {@link System#nanoTime()}. */
  long nanos();
}
