package dev.assay.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, with a bound. */
final class Wait {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Wait() {}

  /** Waits until the condition holds, at most a minute; then fails with what is said. */
  static void until(BooleanSupplier condition, Supplier<String> otherwise) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(otherwise.get());
      }
      LockSupport.parkNanos(10_000_000);
    }
  }
}
