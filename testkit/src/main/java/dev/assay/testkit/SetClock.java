package dev.assay.testkit;

import dev.assay.api.spi.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that a test sets. Set by one thread, read by any. */
public final class SetClock implements Clock {

  private volatile Instant now;
  private volatile long nanos;

  /** Stands still at a time. */
  public SetClock(String now) {
    this(now, Instant.parse(now).toEpochMilli() * 1_000_000);
  }

  /**
   * Stands still at a time.
   *
   * @param nanos what the steady clock says, which may be about to overflow
   */
  public SetClock(String now, long nanos) {
    this.now = Instant.parse(now);
    this.nanos = nanos;
  }

  /** Time passes. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread sets it
  public void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  /** Somebody sets the wall clock by so much; no time passes. */
  public void set(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
