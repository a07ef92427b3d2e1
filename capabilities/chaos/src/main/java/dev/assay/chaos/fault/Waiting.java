package dev.assay.chaos.fault;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what the kernel does soon, with a bound. */
final class Waiting {

  private static final Duration STEP = Duration.ofMillis(2);

  private Waiting() {}

  /** Waits at most about two seconds; returns whether it came true. */
  static boolean until(BooleanSupplier condition) {
    return until(condition, Duration.ofSeconds(2));
  }

  /** Waits at most about so long; returns whether it came true. */
  static boolean until(BooleanSupplier condition, Duration atMost) {
    // Counted in steps, as an undo in another process has no clock of a run.
    for (long left = atMost.toMillis(); left > 0; left -= STEP.toMillis()) {
      if (condition.getAsBoolean()) {
        return true;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    return condition.getAsBoolean();
  }
}
