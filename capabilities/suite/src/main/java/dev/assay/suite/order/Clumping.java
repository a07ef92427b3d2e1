package dev.assay.suite.order;

import java.util.List;
import java.util.Set;

/**
 * Learns how far "one of these tests fails" is from what independent tests would do. Failures come
 * together, which makes any failure rarer than their number says; and what is hard to foresee sits
 * among the tests that are left out. In each cycle the ends of the order are looked at that budgets
 * of a quarter, a half and three quarters of its time would leave out. Not thread-safe.
 */
final class Clumping {

  private static final double[] BUDGETS = {0.25, 0.5, 0.75};
  private static final double RATE = 0.15;
  private static final double LEAST = 0.02;
  private static final double MOST = 20;

  private double exponent = 1;

  double value() {
    return exponent;
  }

  /** Learns from a cycle in the order it was or would have been run in. */
  void learn(List<Ranked> ordered, Set<String> failing) {
    double total = 0;
    for (Ranked test : ordered) {
      total += test.seconds();
    }
    double error = 0;
    for (double budget : BUDGETS) {
      double none = 0;
      double used = 0;
      boolean missed = false;
      for (Ranked test : ordered) {
        used += test.seconds();
        if (used > budget * total) {
          none += Math.log1p(-test.probability());
          missed |= failing.contains(test.test());
        }
      }
      error += (missed ? 1 : 0) + Math.expm1(exponent * none);
    }
    exponent = Math.clamp(exponent * Math.exp(RATE * error / BUDGETS.length), LEAST, MOST);
  }
}
