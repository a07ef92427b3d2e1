package dev.assay.gateway.provider;

import java.util.SplittableRandom;

/**
 * How long to wait before the next attempt to connect, by what went wrong: who is merely away is
 * tried often, as it may be back any moment; who refuses the account is left in peace. Doubles each
 * time, with up to half of it by chance, so that many do not come back at once. Not thread-safe.
 */
final class Backoff {

  private static final long MILLI = 1_000_000;

  /** What went wrong. */
  enum Cause {
    /** Nobody is there, or the connection broke: 50 ms to 800 ms. */
    AWAY(50, 800),
    /** There, but does not answer as it should: 200 ms to 10 s. */
    ILL(200, 10_000),
    /** The account or its password is refused: 2 s to 2 min. */
    REFUSED(2_000, 120_000);

    private final long first;
    private final long longest;

    Cause(long first, long longest) {
      this.first = first;
      this.longest = longest;
    }
  }

  private final SplittableRandom random;
  private int attempts;

  Backoff(long seed) {
    random = new SplittableRandom(seed);
  }

  long next(Cause cause) {
    long doubled = cause.first << Math.min(attempts++, 16);
    long most = Math.min(cause.longest, doubled) * MILLI;
    return most / 2 + random.nextLong(most / 2 + 1);
  }

  void reset() {
    attempts = 0;
  }
}
