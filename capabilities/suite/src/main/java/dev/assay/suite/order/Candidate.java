package dev.assay.suite.order;

import java.util.OptionalDouble;

/**
 * A test that could be run in the coming cycle.
 *
 * @param test its name
 * @param seconds how long it is expected to take, where the caller knows better than its past
 *     tells; finite, 0 or more
 * @param changed whether the test, or what it is known to execute, changed since it last ran
 */
public record Candidate(String test, OptionalDouble seconds, boolean changed) {

  /** Refuses times that are none. */
  public Candidate {
    Execution.requireTime(seconds);
  }

  /** A test of which nothing else is known. */
  public static Candidate of(String test) {
    return new Candidate(test, OptionalDouble.empty(), false);
  }
}
