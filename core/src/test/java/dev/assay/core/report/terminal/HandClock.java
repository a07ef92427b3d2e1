package dev.assay.core.report.terminal;

import dev.assay.api.spi.Clock;
import dev.assay.core.report.SampleRun;
import java.time.Instant;

/** A clock that stands still until it is moved. */
final class HandClock implements Clock {
  private volatile long nanos = 1_000_000_000L;

  @Override
  public Instant now() {
    return SampleRun.at(nanos / 1e9);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  void move(double seconds) {
    nanos += (long) (seconds * 1e9);
  }
}
