package dev.assay.suite;

import dev.assay.suite.order.Budgeted;
import dev.assay.suite.order.Candidate;
import dev.assay.suite.order.Execution;
import dev.assay.suite.order.FailureOrder;
import dev.assay.suite.order.Ordering;
import dev.assay.suite.order.Ranked;
import dev.assay.suite.shard.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Which units of a suite are run, and in which order. Immutable.
 *
 * @param units what is run, in order
 * @param left what is not, for want of time
 * @param seconds what each unit is expected to take
 * @param workers how many run at once
 * @param missed the probability that at least one of those left out would have failed; empty where
 *     there is no budget
 * @param ranking how they are ordered, for people; empty where they are not
 */
record WorkPlan(
    List<String> units,
    List<String> left,
    Map<String, Double> seconds,
    int workers,
    OptionalDouble missed,
    String ranking) {

  /** Copies the collections. */
  WorkPlan {
    units = List.copyOf(units);
    left = List.copyOf(left);
    seconds = Map.copyOf(seconds);
  }

  /**
   * Plans.
   *
   * @param found the units that there are, sorted
   * @param budget how long they may take together, or null for as long as they take
   */
  static WorkPlan of(
      List<String> found,
      SuitePast past,
      Workers workers,
      int processors,
      boolean failingFirst,
      @Nullable Duration budget) {
    Map<String, Double> known = past.seconds();
    Map<String, Double> seconds = Durations.guess(known, found);
    double sum = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    int count = workers.of(found.size(), known.isEmpty() ? Double.NaN : sum, processors);
    if (!failingFirst && budget == null) {
      return new WorkPlan(found, List.of(), seconds, count, OptionalDouble.empty(), "");
    }
    Ordering ordering = ordering(found, past, seconds);
    if (budget == null) {
      return new WorkPlan(
          ordering.names(), List.of(), seconds, count, OptionalDouble.empty(), words(ordering));
    }
    return budgeted(ordering, seconds, count, budget);
  }

  private static Ordering ordering(
      List<String> found, SuitePast past, Map<String, Double> seconds) {
    FailureOrder order = new FailureOrder();
    for (List<Execution> cycle : past.executions()) {
      order.order(
          cycle.stream().map(one -> Candidate.of(one.test())).toList()); // as it was asked then
      order.learn(cycle);
    }
    List<Candidate> candidates = new ArrayList<>();
    for (String unit : found) {
      candidates.add(
          new Candidate(
              unit, OptionalDouble.of(seconds.getOrDefault(unit, Durations.UNKNOWN)), false));
    }
    return order.order(candidates);
  }

  /** What takes longer than the budget by itself cannot be run, however many workers there are. */
  private static WorkPlan budgeted(
      Ordering ordering, Map<String, Double> seconds, int workers, Duration budget) {
    double limit = budget.toNanos() / 1e9;
    List<Ranked> possible =
        ordering.tests().stream().filter(test -> test.seconds() <= limit).toList();
    Budgeted fits =
        new Ordering(possible, ordering.ranking(), ordering.clumping()).within(limit * workers);
    List<Ranked> left = new ArrayList<>(fits.left());
    ordering.tests().stream().filter(test -> test.seconds() > limit).forEach(left::add);
    return new WorkPlan(
        fits.chosen().stream().map(Ranked::test).toList(),
        left.stream().map(Ranked::test).toList(),
        seconds,
        workers,
        OptionalDouble.of(left.isEmpty() ? 0 : ordering.probabilityOfFailure(left)),
        words(ordering));
  }

  private static String words(Ordering ordering) {
    return ordering.ranking().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  /** What is run, in order, with what each is expected to take. */
  Map<String, Double> chosenSeconds() {
    Map<String, Double> chosen = new LinkedHashMap<>();
    units.forEach(unit -> chosen.put(unit, seconds.getOrDefault(unit, Durations.UNKNOWN)));
    return chosen;
  }

  boolean ordered() {
    return !ranking.isEmpty();
  }
}
