package dev.assay.core.run;

import dev.assay.api.spi.Clock;
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
