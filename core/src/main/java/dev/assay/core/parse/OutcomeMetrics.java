package dev.assay.core.parse;

import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import java.util.List;

/** The metrics that every check has, counted from its outcomes. */
public final class OutcomeMetrics {

  /** All of them. */
  public static final List<Metric> ALL =
      List.of(
          metric("tests", Metric.Better.HIGHER, "Outcomes that were not skipped."),
          metric("passed", Metric.Better.HIGHER, "Outcomes whose last attempt passed."),
          metric("failed", Metric.Better.LOWER, "Outcomes whose last attempt failed or broke."),
          metric("skipped", Metric.Better.LOWER, "Outcomes that were skipped."),
          metric(
              "flaky", Metric.Better.LOWER, "Outcomes that failed first and passed in the end."));

  private OutcomeMetrics() {}

  private static Metric metric(String name, Metric.Better better, String summary) {
    return new Metric(name, Unit.NONE, Metric.Shape.COUNT, better, summary);
  }
}
