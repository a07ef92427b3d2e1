package dev.assay.core.parse;

import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import java.util.List;
import java.util.stream.Stream;

/**
 * The metrics that expectations on a check may speak of: those of its type and those of its
 * outcomes.
 */
public final class CheckMetrics {

  private CheckMetrics() {}

  /** All of them. */
  public static List<Metric> of(CheckType<?> type) {
    return Stream.concat(type.metrics().stream(), OutcomeMetrics.ALL.stream()).toList();
  }
}
