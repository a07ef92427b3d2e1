package dev.assay.suite.flaky;

import dev.assay.suite.flaky.Classification.State;
import dev.assay.suite.flaky.History.Run;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Tells flaky tests from broken ones by Bayes' rule over a past of runs. The hidden state of a test
 * is whether the code it tests is wrong now, and whether it is healthy or flaky with a failing rate
 * and a cause; code breaks and is mended when it changes, attempts fail by chance (a hidden Markov
 * model; the forward pass of Baum et al., 1970). {@link Rates} has the numbers. Thread-safe.
 */
public final class FlakyClassifier {

  private FlakyClassifier() {}

  /**
   * What is thought of a test after its last run; of one that never ran, what is thought of any.
   */
  public static Classification classify(History history) {
    Belief belief = new Belief();
    @Nullable String before = null;
    boolean first = true;
    for (Run run : history.runs()) {
      if (!first) {
        belief.passTime(changed(before, run.commit()), run.executedChange());
      }
      first = false;
      before = run.commit();
      belief.see(run);
    }
    return classification(belief, history);
  }

  private static double changed(@Nullable String before, @Nullable String now) {
    if (before == null || now == null) {
      return Rates.CHANGED_IF_UNKNOWN;
    }
    return before.equals(now) ? 0 : 1;
  }

  private static Classification classification(Belief belief, History history) {
    Evidence evidence = Evidence.of(history);
    double broken = belief.broken();
    double flaky = belief.flakyAndRight();
    double healthy = Math.max(0, 1 - broken - flaky);
    double infrastructure = evidence.lastFailed() ? belief.infrastructure() : 0;
    OptionalDouble real =
        evidence.failedRuns() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(belief.lastFailureReal());
    State state = state(evidence, broken, flaky, healthy, infrastructure);
    Map<Cause, Double> causes = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      causes.put(cause, belief.ofCause(cause));
    }
    return new Classification(
        healthy,
        flaky,
        broken,
        belief.flaky(),
        infrastructure,
        real,
        belief.failingRate(),
        causes,
        state,
        evidence.reason(state));
  }

  private static State state(
      Evidence evidence, double broken, double flaky, double healthy, double infrastructure) {
    if (infrastructure >= 0.5) {
      return State.INFRASTRUCTURE;
    }
    if (broken >= 0.5) {
      return State.BROKEN;
    }
    if (flaky >= Classification.SURE) {
      return State.FLAKY;
    }
    return healthy >= 0.5 && !evidence.lastFailed() ? State.HEALTHY : State.SUSPECT;
  }
}
