package dev.assay.gateway.engine;

/**
 * A circuit breaker: after some failures in a row nothing is sent for a while, then one is tried;
 * the while doubles as long as that fails. Not thread-safe.
 */
final class Breaker {

  private static final int PATIENCE = 5;
  private static final long FIRST_NANOS = 500_000_000;
  private static final long LONGEST_NANOS = 30_000_000_000L;

  private int failures;
  private long pause = FIRST_NANOS;
  private long until;
  private boolean open;
  private boolean trying;

  void good() {
    failures = 0;
    pause = FIRST_NANOS;
    open = false;
    trying = false;
  }

  void bad(long now) {
    failures++;
    if (trying || failures >= PATIENCE) {
      if (open) {
        pause = Math.min(LONGEST_NANOS, pause * 2);
      }
      open = true;
      trying = false;
      until = now + pause;
    }
  }

  /** Whether one may be sent; where it is half open, only one until there is an answer. */
  boolean allows(long now) {
    if (!open) {
      return true;
    }
    if (trying || now - until < 0) {
      return false;
    }
    trying = true;
    return true;
  }

  /** Whether nothing but a try is sent. */
  boolean open() {
    return open;
  }

  /** The provider is back by its own word, as with a new session. */
  void forgive() {
    if (open && !trying) {
      until = Long.MIN_VALUE / 2;
      open = false;
      failures = 0;
    }
  }
}
