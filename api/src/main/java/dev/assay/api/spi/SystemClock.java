package dev.assay.api.spi;

import java.time.Instant;

/** The clock of the machine; the one place of the product that asks it. */
public final class SystemClock implements Clock {

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
