package dev.assay.suite.analytics;

import dev.assay.suite.failure.TestId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a test failed in every run.
 *
 * @param test the test
 * @param from the first run that failed
 * @param began when that began
 * @param ended when the run began in which it passed again; null where it still fails
 * @param runs how many runs failed
 * @param sameCode whether it passed again with the same code, so that nothing was mended
 */
public record Episode(
    TestId test, String from, Instant began, @Nullable Instant ended, int runs, boolean sameCode) {

  /**
   * How long it lasted.
   *
   * @param now the end of those that go on
   */
  public Duration lasted(Instant now) {
    Instant end = ended;
    return Duration.between(began, end == null ? now : end);
  }
}
