package dev.assay.gateway;

import dev.assay.api.spi.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that a test sets. */
public final class SetClock implements Clock {

  private volatile Instant now;

  public SetClock(String now) {
    this.now = Instant.parse(now);
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return now.toEpochMilli() * 1_000_000;
  }
}
