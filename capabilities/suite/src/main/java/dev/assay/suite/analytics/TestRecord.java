package dev.assay.suite.analytics;

import dev.assay.suite.failure.TestId;
import dev.assay.suite.flaky.Classification;
import java.time.Duration;

/**
 * What is known of one test.
 *
 * @param test the test
 * @param runs how often it ran
 * @param failures in how many of these it failed in the end
 * @param flakyRuns in how many it failed and passed
 * @param mean what it took on average
 * @param share its share of the time of all tests
 * @param minutesAMonth what it takes in a month at the pace of the runs looked at
 * @param thinking what its past says of it
 */
public record TestRecord(
    TestId test,
    int runs,
    int failures,
    int flakyRuns,
    Duration mean,
    double share,
    double minutesAMonth,
    Classification thinking) {

  /** What it costs a month. */
  public double cost(double aMinute) {
    return minutesAMonth * aMinute;
  }
}
