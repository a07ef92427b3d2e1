package dev.assay.suite.order;

import java.util.ArrayList;
import java.util.List;

/**
 * What of an order fits a budget.
 *
 * @param chosen what is run, in order
 * @param left what is not
 * @param seconds what the chosen ones are expected to take
 * @param probabilityMissed the probability that at least one test that is left out would have
 *     failed
 */
public record Budgeted(
    List<Ranked> chosen, List<Ranked> left, double seconds, double probabilityMissed) {

  /** Copies the lists. */
  public Budgeted {
    chosen = List.copyOf(chosen);
    left = List.copyOf(left);
  }

  static Budgeted of(Ordering ordering, double budget) {
    if (!(budget >= 0)) {
      throw new IllegalArgumentException("a budget is 0 seconds or more, not " + budget);
    }
    List<Ranked> chosen = new ArrayList<>();
    List<Ranked> left = new ArrayList<>();
    double used = 0;
    double gained = 0;
    for (Ranked test : ordering.tests()) {
      if (used + test.seconds() <= budget) {
        chosen.add(test);
        used += test.seconds();
        gained += test.probability();
      } else {
        left.add(test);
      }
    }
    for (Ranked test : ordering.tests()) {
      if (test.probability() > gained && test.seconds() <= budget) {
        // one long test that the short ones before it left no room for
        chosen = List.of(test);
        used = test.seconds();
        gained = test.probability();
        left = new ArrayList<>(ordering.tests());
        left.remove(test);
      }
    }
    return new Budgeted(chosen, left, used, ordering.probabilityOfFailure(left));
  }
}
