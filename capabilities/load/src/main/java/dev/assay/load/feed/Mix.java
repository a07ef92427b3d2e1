package dev.assay.load.feed;

/**
 * Randomness as a function of numbers: the finalizer of SplitMix64 (Steele, Lea, Flood: "Fast
 * splittable pseudorandom number generators", 2014).
 */
final class Mix {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Mix() {}

  /** 64 random bits that follow from a seed and a number. */
  static long of(long seed, long number) {
    return finish(finish(seed + GOLDEN) ^ number * GOLDEN + GOLDEN);
  }

  /** The bits after those of a state in the sequence of one value. */
  static long next(long state) {
    return finish(state + GOLDEN);
  }

  private static long finish(long z) {
    long mixed = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /** A seed of its own for a name. */
  static long seed(long seed, String name) {
    long mixed = seed;
    for (int i = 0; i < name.length(); i++) {
      mixed = of(mixed, name.charAt(i));
    }
    return of(mixed, name.length());
  }

  /**
   * A number below a bound, from random bits.
   *
   * @param bound more than 0; unsigned, 0 stands for 2^64
   */
  static long below(long bits, long bound) {
    return bound == 0 ? bits : Math.unsignedMultiplyHigh(bits, bound);
  }
}
