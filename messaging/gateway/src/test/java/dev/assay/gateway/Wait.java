package dev.assay.gateway;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition; a slow machine is given a minute. */
public final class Wait {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long BETWEEN_LOOKS = 5_000_000;

  private Wait() {}

  /** Until it holds, or fails and says what did not come to be. */
  public static void until(Supplier<String> what, BooleanSupplier condition) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("it did not come to be that " + what.get());
      }
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
  }
}
