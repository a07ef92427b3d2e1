package dev.assay.suite.order;

/**
 * A test in its place of an order.
 *
 * @param test its name
 * @param probability of failing in the coming cycle, as often as tests with such a past did; above
 *     0 and below 1. The order need not follow it alone
 * @param seconds how long it is expected to take, above 0
 */
public record Ranked(String test, double probability, double seconds) {

  /** Expected failures per second. */
  public double density() {
    return probability / seconds;
  }
}
