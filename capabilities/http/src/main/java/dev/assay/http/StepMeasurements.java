package dev.assay.http;

import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.value.Unit;
import dev.assay.stats.HistogramEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Collects what is measured of one step. For one thread. */
final class StepMeasurements {

  private static final int DIGITS = 3;

  private final String check;
  private final Map<String, String> labels;
  private final Histogram latency = new Histogram(DIGITS);
  private final Histogram firstByte = new Histogram(DIGITS);
  private final Histogram bodySize = new Histogram(DIGITS);
  private double tlsExpires = Double.NaN;

  StepMeasurements(String check, String step) {
    this.check = check;
    this.labels = Map.of("step", step);
  }

  /** Takes a complete answer into account. */
  void answered(Answer answer, Instant now) {
    latency.recordValue(answer.totalNanos());
    firstByte.recordValue(answer.firstByteNanos());
    bodySize.recordValue(answer.size());
    answer.tls().ifPresent(tls -> tlsExpires = Duration.between(now, tls.expires()).toNanos());
  }

  /** Emits everything. */
  void emit(EvidenceSink sink, Instant from, Instant to, boolean passed, long requests) {
    distribution(sink, from, to, HttpCheckType.LATENCY, Unit.NANOSECONDS, latency);
    distribution(sink, from, to, HttpCheckType.FIRST_BYTE, Unit.NANOSECONDS, firstByte);
    distribution(sink, from, to, HttpCheckType.BODY_SIZE, Unit.BYTES, bodySize);
    emit(
        sink,
        from,
        to,
        HttpCheckType.ERRORS,
        Unit.RATIO,
        new Measured.Proportion(passed ? 0 : 1, 1));
    emit(sink, from, to, HttpCheckType.REQUESTS, Unit.NONE, new Measured.Count(requests));
    if (!Double.isNaN(tlsExpires)) {
      emit(
          sink,
          to,
          to,
          HttpCheckType.TLS_EXPIRES,
          Unit.NANOSECONDS,
          new Measured.Scalar(tlsExpires));
    }
  }

  private void distribution(
      EvidenceSink sink, Instant from, Instant to, String metric, Unit unit, Histogram values) {
    long count = values.getTotalCount();
    if (count > 0) {
      emit(
          sink,
          from,
          to,
          metric,
          unit,
          new Measured.Distribution(count, HistogramEncoding.encode(values)));
    }
  }

  private void emit(
      EvidenceSink sink, Instant from, Instant to, String metric, Unit unit, Measured value) {
    sink.emit(new Measurement(check, metric, unit, from, to, labels, value));
  }
}
