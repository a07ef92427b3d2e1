package dev.assay.load;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import dev.assay.load.smpp.SmppLoadResult;
import dev.assay.smpp.session.CloseReason;
import dev.assay.stats.HistogramEncoding;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Makes evidence of what came of messages. */
final class SmppReporter {

  private final CheckContext context;
  private final EvidenceSink sink;
  private final boolean receipts;
  private Instant last;

  SmppReporter(CheckContext context, EvidenceSink sink, boolean receipts) {
    this.context = context;
    this.sink = sink;
    this.receipts = receipts;
    this.last = context.clock().now();
  }

  /** What came in about a second. */
  void second(SmppLoadResult second, Instant from, Instant to) {
    last = to;
    long errors = second.throttled() + second.failed();
    distribution(SmppMetrics.LATENCY, second.answers(), from, to);
    distribution(SmppMetrics.RECEIPT_LATENCY, second.delivered(), from, to);
    distribution(LoadMetrics.LATENESS, second.lateness(), from, to);
    long requests = second.answered() + errors;
    emit(SmppMetrics.REQUESTS, from, to, Map.of(), new Measured.Count(requests));
    emit(SmppMetrics.ERRORS, from, to, Map.of(), new Measured.Proportion(errors, requests));
    if (second.seconds() > 0) {
      Measured rate = new Measured.Scalar(requests / second.seconds());
      emit(LoadMetrics.THROUGHPUT, from, to, Map.of(), rate);
    }
    if (receipts) {
      emit(SmppMetrics.RECEIPTS, from, to, Map.of(), new Measured.Count(second.receipts()));
    }
    kind("throttled", second.throttled(), from, to);
    kind("refused or unanswered", second.failed(), from, to);
    context.progress(progress(second, requests, errors));
  }

  private void kind(String kind, long number, Instant from, Instant to) {
    if (number > 0) {
      Map<String, String> labels = Map.of("kind", kind);
      emit(LoadMetrics.ERRORS_BY_KIND, from, to, labels, new Measured.Count(number));
    }
  }

  private static String progress(SmppLoadResult second, long requests, long errors) {
    double rate = second.seconds() > 0 ? requests / second.seconds() : 0;
    String quantiles =
        second.answered() == 0
            ? "p50 -  p99 -"
            : "p50 "
                + Unit.NANOSECONDS.format(second.answers().getValueAtPercentile(50))
                + "  p99 "
                + Unit.NANOSECONDS.format(second.answers().getValueAtPercentile(99));
    return Unit.PER_SECOND.format(rate) + "  " + quantiles + "  errors " + errors;
  }

  /** Accounts for every message, and says what makes the figures doubtful. */
  void finish(SmppLoadResult all, long missing, List<CloseReason> closed) {
    if (all.unsent() > 0) {
      Measured unsent = new Measured.Proportion(all.unsent(), all.unsent());
      emit(SmppMetrics.ERRORS, last, last, Map.of(), unsent);
      kind("never sent", all.unsent(), last, last);
    }
    if (receipts) {
      emit(SmppMetrics.RECEIPTS_MISSING, last, last, Map.of(), new Measured.Count(missing));
    }
    String sentence =
        String.format(
            Locale.ROOT,
            "%,d answered well, %,d throttled, %,d refused or unanswered, %,d due and never sent;"
                + " %,d receipts, %,d of them missing",
            all.answered(),
            all.throttled(),
            all.failed(),
            all.unsent(),
            all.receipts() + missing,
            missing);
    sink.emit(new Event(context.check(), last, "load.summary", sentence, Map.of()));
    for (CloseReason reason : closed) {
      String why = "a session ended before its time: " + words(reason);
      Map<String, String> labels = Map.of("reason", words(reason));
      sink.emit(new Event(context.check(), last, "load.error", why, labels));
    }
    if (LoadReporter.late(all.lateness())) {
      late(all.lateness());
    }
  }

  private static String words(CloseReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void late(Histogram lateness) {
    String message =
        "invalid generator: p99 of its lateness is "
            + Unit.NANOSECONDS.format(lateness.getValueAtPercentile(99))
            + " (at most 10 ms is valid); the machine was too busy or the rate too high";
    sink.emit(
        new Finding(
            context.check(),
            last,
            "load.generator-late",
            Finding.Severity.INVALID,
            null,
            message,
            "load.generator-late:" + context.check(),
            Map.of()));
  }

  private void distribution(Metric metric, Histogram values, Instant from, Instant to) {
    if (values.getTotalCount() > 0) {
      Measured encoded =
          new Measured.Distribution(values.getTotalCount(), HistogramEncoding.encode(values));
      emit(metric, from, to, Map.of(), encoded);
    }
  }

  private void emit(
      Metric metric, Instant from, Instant to, Map<String, String> labels, Measured value) {
    sink.emit(
        new Measurement(context.check(), metric.name(), metric.unit(), from, to, labels, value));
  }
}
