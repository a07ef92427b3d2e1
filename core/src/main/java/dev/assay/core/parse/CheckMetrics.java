package dev.assay.core.parse;

import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.ServiceObserver;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The metrics that expectations on a check may speak of: those of its type, those of its outcomes,
 * and, where it measures time, those of what observes the services meanwhile.
 */
public final class CheckMetrics {

  private CheckMetrics() {}

  /** All of them. */
  public static List<Metric> of(
      CheckType<?> type, Collection<? extends ServiceObserver<?>> observers) {
    Stream<Metric> observed =
        type.wantsMachine()
            ? observers.stream().flatMap(observer -> observer.metrics().stream())
            : Stream.of();
    return Stream.of(type.metrics().stream(), OutcomeMetrics.ALL.stream(), observed)
        .flatMap(metrics -> metrics)
        .toList();
  }
}
