package dev.assay.suite.order;

import java.util.OptionalDouble;

/**
 * What became of a test in a cycle.
 *
 * @param test its name
 * @param result its result
 * @param seconds how long it took, where known; finite, 0 or more
 */
public record Execution(String test, Result result, OptionalDouble seconds) {

  /** Refuses times that are none. */
  public Execution {
    requireTime(seconds);
  }

  static void requireTime(OptionalDouble seconds) {
    if (seconds.isPresent()
        && !(seconds.getAsDouble() >= 0 && Double.isFinite(seconds.getAsDouble()))) {
      throw new IllegalArgumentException("a test takes no " + seconds.getAsDouble() + " seconds");
    }
  }

  /** Results as far as an order cares. */
  public enum Result {
    /** It ran and passed. */
    PASS,
    /** It ran and failed, or broke with an error. */
    FAIL,
    /** It did not run; nothing is learned but that it is still there. */
    SKIP
  }
}
