package dev.assay.load.feed;

/**
 * A seeded permutation of the numbers below a bound, which needs no memory: a balanced Feistel
 * network of four rounds (Luby and Rackoff, 1988) over the next even number of bits, walked until
 * it is inside the bound again (Black and Rogaway: "Ciphers with arbitrary finite domains", 2002),
 * which takes less than four passes on average. Immutable.
 */
final class Shuffle {

  private static final int ROUNDS = 4;

  private final long bound;
  private final int half;
  private final long mask;
  private final long[] keys = new long[ROUNDS];

  /**
   * A permutation.
   *
   * @param bound how many numbers, at least 1
   */
  Shuffle(long bound, long seed) {
    this.bound = bound;
    int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(bound - 1));
    this.half = (bits + 1) / 2;
    this.mask = -1L >>> 64 - half;
    for (int i = 0; i < ROUNDS; i++) {
      keys[i] = Mix.of(seed, i);
    }
  }

  /** Where a number below the bound goes. */
  long of(long number) {
    long at = number;
    do {
      at = once(at);
    } while (at < 0 || at >= bound);
    return at;
  }

  private long once(long number) {
    long left = number >>> half;
    long right = number & mask;
    for (long key : keys) {
      long mixed = left ^ Mix.of(key, right) & mask;
      left = right;
      right = mixed;
    }
    return left << half | right;
  }
}
