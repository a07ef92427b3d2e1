package dev.assay.profile;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.Metric;
import dev.assay.stats.HistogramEncoding;
import java.time.Instant;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Writes what was seen of services as evidence of one check. Thread-safe. */
final class Emission {

  private final CheckContext context;
  private final EvidenceSink sink;

  Emission(CheckContext context, EvidenceSink sink) {
    this.context = context;
    this.sink = sink;
  }

  Instant now() {
    return context.clock().now();
  }

  void reading(Metric metric, String service, Instant at, double value) {
    emit(metric, service, at, at, new Measured.Scalar(value));
  }

  void reading(Metric metric, String service, Instant from, Instant to, double value) {
    emit(metric, service, from, to, new Measured.Scalar(value));
  }

  void count(Metric metric, String service, Instant from, Instant to, long value) {
    emit(metric, service, from, to, new Measured.Count(value));
  }

  void share(Metric metric, String service, Instant from, Instant to, long hits, long total) {
    emit(metric, service, from, to, new Measured.Proportion(Math.clamp(hits, 0, total), total));
  }

  void distribution(Metric metric, String service, Instant from, Instant to, Histogram values) {
    if (values.getTotalCount() > 0) {
      emit(
          metric,
          service,
          from,
          to,
          new Measured.Distribution(values.getTotalCount(), HistogramEncoding.encode(values)));
    }
  }

  private void emit(Metric metric, String service, Instant from, Instant to, Measured value) {
    sink.emit(
        new Measurement(
            context.check(),
            metric.name(),
            metric.unit(),
            from,
            to,
            Map.of("service", service),
            value));
  }

  /** Says what could not be seen; it is never the fault of what is tested. */
  void note(String rule, String service, String message) {
    sink.emit(
        new Finding(
            context.check(),
            now(),
            rule,
            Finding.Severity.NOTE,
            service,
            context.redact(message),
            rule + ":" + service,
            Map.of("service", service)));
  }

  void event(String kind, String service, String message) {
    sink.emit(
        new Event(
            context.check(), now(), kind, context.redact(message), Map.of("service", service)));
  }
}
