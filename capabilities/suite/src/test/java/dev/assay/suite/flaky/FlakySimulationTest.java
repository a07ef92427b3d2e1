package dev.assay.suite.flaky;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.suite.flaky.Classification.State;
import dev.assay.suite.flaky.History.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How right the classifier is on pasts whose truth is known, of all shapes together. Flaky tests
 * that never failed cannot be known to be; those that are broken in the end are to be called so.
 */
class FlakySimulationTest {

  private static final int SEEDS = 2;

  private int rightly;
  private int wrongly;
  private int missed;
  private int realFailure;
  private int realFailures;
  private int hidden;

  @Test
  void hardlyATestIsWronglyCalledFlakyAndHardlyARealFailureHidden() {
    for (SimulatedSuite suite :
        List.of(
            SimulatedSuite.GOOGLE,
            SimulatedSuite.PYTHON,
            SimulatedSuite.JAVA,
            SimulatedSuite.RESTLESS)) {
      for (int seed = 1; seed <= SEEDS; seed++) {
        suite.pasts(seed).forEach(this::count);
      }
    }

    double precision = rightly / (double) (rightly + wrongly);
    double recall = rightly / (double) (rightly + missed);
    double hiding = hidden / (double) realFailures;
    System.getLogger(getClass().getName())
        .log(
            System.Logger.Level.INFO,
            "precision {0} of {1}, recall {2}, hidden {3} of {4} real failures",
            precision,
            rightly + wrongly,
            recall,
            hiding,
            realFailures);
    assertThat(precision).as("precision").isGreaterThanOrEqualTo(0.999);
    assertThat(recall).as("recall").isGreaterThanOrEqualTo(0.90);
    assertThat(hiding).as("real failures hidden").isLessThanOrEqualTo(0.026);
  }

  private void count(SimulatedSuite.Known past) {
    boolean flaked = false;
    for (int i = 0; i < past.wrong().size(); i++) {
      Run run = past.history().runs().get(i);
      if (!run.failed() || past.infrastructure().get(i)) {
        continue;
      }
      if (past.wrong().get(i)) {
        if (realFailure++ % 3 > 0) {
          continue; // every third is enough to look at
        }
        realFailures++;
        Classification then = FlakyClassifier.classify(past.history().upTo(i + 1));
        hidden += then.state() == State.FLAKY ? 1 : 0;
      } else {
        flaked = true;
      }
    }
    if (past.wrong().getLast()) {
      return;
    }
    boolean called = FlakyClassifier.classify(past.history()).state() == State.FLAKY;
    rightly += called && past.flaky() ? 1 : 0;
    wrongly += called && !past.flaky() ? 1 : 0;
    missed += !called && past.flaky() && flaked ? 1 : 0;
  }
}
