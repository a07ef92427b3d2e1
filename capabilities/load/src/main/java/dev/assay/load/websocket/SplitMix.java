package dev.assay.load.websocket;

/**
 * The mixing function of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, 2014), for random numbers that live in one long instead of an object.
 */
final class SplitMix {

  /** What is added to the state for each number: the golden ratio's fraction. */
  static final long STEP = 0x9E3779B97F4A7C15L;

  private SplitMix() {}

  /** The number that belongs to a state. */
  static long mix(long state) {
    long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
