package dev.assay.suite.order;

import java.util.List;

/**
 * An order of tests.
 *
 * @param tests each test once, the one to run first first
 * @param ranking by what it is ordered
 * @param clumping how the chance that any of several tests fails differs from that of independent
 *     ones with these probabilities; above 0, 1 where it does not
 */
public record Ordering(List<Ranked> tests, Ranking ranking, double clumping) {

  /** Copies the list. */
  public Ordering {
    tests = List.copyOf(tests);
  }

  /** The names in order. */
  public List<String> names() {
    return tests.stream().map(Ranked::test).toList();
  }

  /** The probability that at least one of these tests fails. */
  public double probabilityOfFailure(List<Ranked> some) {
    double none = 0;
    for (Ranked test : some) {
      none += Math.log1p(-test.probability());
    }
    return -Math.expm1(clumping * none);
  }

  /**
   * What fits a budget: in the order given, passing over what no longer fits (the greedy knapsack
   * by density; Dantzig, 1957), or the one test with the best chance where that is better.
   *
   * @param seconds 0 or more
   */
  public Budgeted within(double seconds) {
    return Budgeted.of(this, seconds);
  }
}
