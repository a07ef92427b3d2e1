package dev.assay.core.parse;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The metrics that every check has, counted from its outcomes. */
public final class OutcomeMetrics {

  private static final List<Counted> COUNTED =
      List.of(
          new Counted(
              metric("tests", Metric.Better.HIGHER, "Outcomes that were not skipped."),
              outcome -> outcome.result() != Attempt.Result.SKIPPED),
          new Counted(
              metric("passed", Metric.Better.HIGHER, "Outcomes whose last attempt passed."),
              outcome -> outcome.result() == Attempt.Result.PASSED),
          new Counted(
              metric("failed", Metric.Better.LOWER, "Outcomes whose last attempt failed or broke."),
              outcome -> outcome.result().failure()),
          new Counted(
              metric("skipped", Metric.Better.LOWER, "Outcomes that were skipped."),
              outcome -> outcome.result() == Attempt.Result.SKIPPED),
          new Counted(
              metric(
                  "flaky",
                  Metric.Better.LOWER,
                  "Outcomes that failed first and passed in the end."),
              Outcome::flaky));

  /** All of them. */
  public static final List<Metric> ALL = COUNTED.stream().map(Counted::metric).toList();

  private OutcomeMetrics() {}

  private record Counted(Metric metric, Predicate<Outcome> counts) {}

  /** Which outcomes a metric counts; empty if it is not one of these. */
  public static Optional<Predicate<Outcome>> counts(String metric) {
    return COUNTED.stream()
        .filter(counted -> counted.metric().name().equals(metric))
        .map(Counted::counts)
        .findFirst();
  }

  private static Metric metric(String name, Metric.Better better, String summary) {
    return new Metric(name, Unit.NONE, Metric.Shape.COUNT, better, summary);
  }
}
