package dev.assay.suite.analytics;

import dev.assay.suite.failure.PastRun;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run in a trend.
 *
 * @param run its id
 * @param at when it began
 * @param commit what it was about; null where that is not known
 * @param tests how many tests ran
 * @param failed how many of them failed
 * @param flaky how many failed and passed
 * @param took what all tests took together
 */
public record RunPoint(
    String run,
    Instant at,
    @Nullable String commit,
    int tests,
    int failed,
    int flaky,
    Duration took) {

  static RunPoint of(PastRun past) {
    int tests = 0;
    int failed = 0;
    int flaky = 0;
    Duration took = Duration.ZERO;
    for (PastRun.Seen seen : past.tests().values()) {
      if (seen.result() != dev.assay.api.evidence.Attempt.Result.SKIPPED) {
        tests++;
        failed += seen.result().failure() ? 1 : 0;
        flaky += seen.flaky() ? 1 : 0;
        took = took.plus(seen.took());
      }
    }
    return new RunPoint(
        past.run().id(),
        past.run().opened(),
        past.run().subject().commit(),
        tests,
        failed,
        flaky,
        took);
  }

  /** The share of its tests that passed; 1 where it had none is never said, as it is left out. */
  public double passRate() {
    return tests == 0 ? 0 : 1 - (double) failed / tests;
  }
}
