package dev.assay.suite.flaky;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is thought of a test after its last run. Healthy, flaky and broken exclude each other and
 * sum to 1; a flaky test that is broken now is broken.
 *
 * @param healthy the probability that it passes whenever the code is right, and the code is
 * @param flaky the probability that it fails at times though the code is right, and the code is
 * @param broken the probability that the code is wrong now
 * @param nondeterministic the probability that it fails at times though the code is right, whatever
 *     the code is now
 * @param infrastructure the probability that the failure of the last run came from most of the run
 *     failing together; 0 where the last run did not fail
 * @param lastFailureReal the probability that the last run that failed had found wrong code; empty
 *     where none failed
 * @param failingRate how often it fails by flakiness, if it is flaky
 * @param causes why it failed last, if that was flakiness; the probabilities sum to 1
 * @param state one word for it
 * @param reason a sentence on what speaks for it
 */
public record Classification(
    double healthy,
    double flaky,
    double broken,
    double nondeterministic,
    double infrastructure,
    OptionalDouble lastFailureReal,
    double failingRate,
    Map<Cause, Double> causes,
    State state,
    String reason) {

  /** From which probability on a test is called flaky, so that hardly a call is wrong. */
  public static final double SURE = 0.96;

  /** Copies the map. */
  public Classification {
    causes = Map.copyOf(causes);
  }

  /** One word for a test. */
  public enum State {
    /** Nothing speaks against it. */
    HEALTHY,
    /** Its failures may be flakiness; more evidence is needed. It still gates. */
    SUSPECT,
    /** Surely flaky, and not broken now. */
    FLAKY,
    /** It is likelier broken than not, flaky or not. */
    BROKEN,
    /** Its last failure is one of most of the run. */
    INFRASTRUCTURE
  }
}
