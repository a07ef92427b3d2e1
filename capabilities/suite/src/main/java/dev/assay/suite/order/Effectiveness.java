package dev.assay.suite.order;

import java.util.List;
import java.util.Set;

/**
 * How early an order shows failures. All three are 1 at best; where nothing fails there is nothing
 * to measure, and they are NaN. Every failing test counts as a fault of its own, as in the studies
 * with histories of continuous integration. Thread-safe.
 */
public final class Effectiveness {

  private Effectiveness() {}

  /** The average percentage of faults detected (Rothermel, Untch, Chu and Harrold, 1999). */
  public static double apfd(List<String> order, Set<String> failing) {
    return napfd(order, failing, (int) order.stream().filter(failing::contains).count());
  }

  /**
   * The same, normalised for orders that leave tests out (Qu, Cohen and Woolf, 2007).
   *
   * @param faults how many tests would fail, run or not
   */
  public static double napfd(List<String> order, Set<String> failing, int faults) {
    double n = order.size();
    double places = 0;
    int found = 0;
    for (int i = 0; i < order.size(); i++) {
      if (failing.contains(order.get(i))) {
        places += i + 1;
        found++;
      }
    }
    if (faults == 0) {
      return Double.NaN;
    }
    double share = found / (double) faults;
    return n == 0 ? 0 : share - places / (n * faults) + share / (2 * n);
  }

  /**
   * The average percentage of faults detected over time instead of places (Elbaum, Malishevsky and
   * Rothermel, 2001, with faults of equal weight).
   *
   * @param seconds what each place of the order took, 0 or more
   */
  public static double apfdc(List<String> order, double[] seconds, Set<String> failing) {
    double total = 0;
    for (double time : seconds) {
      total += time;
    }
    double before = 0;
    double sum = 0;
    int found = 0;
    for (int i = 0; i < order.size(); i++) {
      if (failing.contains(order.get(i))) {
        sum += total - before - seconds[i] / 2;
        found++;
      }
      before += seconds[i];
    }
    if (found == 0) {
      return Double.NaN;
    }
    return total == 0 ? apfd(order, failing) : sum / (total * found);
  }
}
