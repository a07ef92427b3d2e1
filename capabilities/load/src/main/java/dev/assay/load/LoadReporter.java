package dev.assay.load;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import dev.assay.load.engine.ErrorKind;
import dev.assay.load.engine.Interval;
import dev.assay.load.engine.LoadPlan;
import dev.assay.load.engine.StepInterval;
import dev.assay.stats.HistogramEncoding;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Turns intervals of the engine into evidence and, at the end, into the account of every arrival.
 * Used by one thread that measures nothing.
 */
final class LoadReporter {

  private static final long LATE_P99 = 10_000_000L;

  /** Of a few arrivals the latest one is the p99; one pause of the machine is no slow generator. */
  private static final long LEAST_LATE = 5;

  private static final long VERY_LATE = 50_000_000L;
  private static final double SATURATED = 0.95;
  private static final double NANOS = 1e9;

  private final CheckContext context;
  private final EvidenceSink sink;
  private final LoadPlan plan;
  private final Instant start;
  private final double seconds;
  private final Histogram lateness = new Histogram(3);
  private final Set<String> examples = new HashSet<>();
  private long intervals;
  private long saturated;
  private long dispatched;
  private long began;
  private long completed;
  private long failed;
  private long dropped;
  private long unsent;
  private long requests;
  private long sent;

  /**
   * A reporter of one run.
   *
   * @param start when the first measured phase began
   */
  LoadReporter(CheckContext context, EvidenceSink sink, LoadPlan plan, Instant start) {
    this.context = context;
    this.sink = sink;
    this.plan = plan;
    this.start = start;
    this.seconds = (plan.measuredTo() - plan.measuredFrom()) / NANOS;
  }

  /**
   * Emits what happened in an interval.
   *
   * @param busy how busy the generator's busiest loop was, 0 to 1; negative where that is not known
   */
  void report(Interval interval, double busy) {
    Instant from = start.plusSeconds(interval.from());
    Instant to = start.plusSeconds(interval.to());
    for (int i = 0; i < interval.steps().size(); i++) {
      step(interval, i, from, to);
    }
    Map<String, String> whole = Map.of();
    distribution(LoadMetrics.LATENESS, interval.lateness(), from, to, whole);
    distribution(LoadMetrics.CONNECT_TIME, interval.connectTime(), from, to, whole);
    distribution(LoadMetrics.TLS_TIME, interval.tlsTime(), from, to, whole);
    if (busy >= 0) {
      emit(LoadMetrics.GENERATOR_CPU, from, to, whole, new Measured.Scalar(busy));
      intervals++;
      saturated += busy > SATURATED ? 1 : 0;
    }
    count(LoadMetrics.DROPPED, interval.dropped(), from, to, whole);
    lateness.add(interval.lateness());
    dispatched += interval.dispatched();
    began += interval.passes();
    completed += interval.completed();
    failed += interval.failed();
    dropped += interval.dropped();
    unsent += interval.unsent();
    context.progress(progress(interval));
  }

  private void step(Interval interval, int index, Instant from, Instant to) {
    StepInterval step = interval.steps().get(index);
    if (step.requests() == 0 && step.errors() == 0 && plan.recorded().size() > 1) {
      // A step of another phase, or one that nobody came to: no reading is no zero.
      idle(step, index, from, to);
      return;
    }
    Map<String, String> labels = plan.recorded().get(index);
    distribution(LoadMetrics.LATENCY, step.latency(), from, to, labels);
    distribution(LoadMetrics.SERVICE_TIME, step.serviceTime(), from, to, labels);
    distribution(LoadMetrics.FIRST_BYTE, step.firstByte(), from, to, labels);
    distribution(LoadMetrics.ERROR_LATENCY, step.errorLatency(), from, to, labels);
    count(LoadMetrics.REQUESTS, step.requests(), from, to, labels);
    count(LoadMetrics.BYTES_SENT, step.bytesSent(), from, to, labels);
    count(LoadMetrics.BYTES_RECEIVED, step.bytesReceived(), from, to, labels);
    long unserved = step.errors(ErrorKind.DROPPED);
    emit(
        LoadMetrics.ERRORS,
        from,
        to,
        labels,
        new Measured.Proportion(step.errors(), step.requests() + unserved));
    throughput(interval, step.requests(), from, to, labels);
    streams(step, labels, from, to);
    kinds(step, labels, from, to);
    requests += step.requests();
    sent += step.sent();
  }

  /** Bytes may come and go in a second in which nothing ended. */
  private void idle(StepInterval step, int index, Instant from, Instant to) {
    Map<String, String> labels = plan.recorded().get(index);
    sent += step.sent();
    if (step.bytesSent() > 0) {
      count(LoadMetrics.BYTES_SENT, step.bytesSent(), from, to, labels);
    }
    if (step.bytesReceived() > 0) {
      count(LoadMetrics.BYTES_RECEIVED, step.bytesReceived(), from, to, labels);
    }
    streams(step, labels, from, to);
  }

  /** What only steps with messages or events have. */
  private void streams(StepInterval step, Map<String, String> labels, Instant from, Instant to) {
    distribution(LoadMetrics.STREAM_FIRST, step.streamFirst(), from, to, labels);
    distribution(LoadMetrics.STREAM_BETWEEN, step.streamBetween(), from, to, labels);
    if (step.messagesSent() > 0) {
      count(LoadMetrics.MESSAGES_SENT, step.messagesSent(), from, to, labels);
    }
    if (step.messagesReceived() > 0) {
      count(LoadMetrics.MESSAGES_RECEIVED, step.messagesReceived(), from, to, labels);
    }
  }

  /** Only seconds of the schedule: what still comes in after its end would look like a slump. */
  private void throughput(
      Interval interval, long ended, Instant from, Instant to, Map<String, String> labels) {
    double length = Math.min(interval.to(), seconds) - interval.from();
    if (length > 0) {
      emit(LoadMetrics.THROUGHPUT, from, to, labels, new Measured.Scalar(ended / length));
    }
  }

  private void kinds(StepInterval step, Map<String, String> labels, Instant from, Instant to) {
    for (ErrorKind kind : ErrorKind.values()) {
      Map<String, String> labelled = new HashMap<>(labels);
      labelled.put("kind", kind.label());
      if (step.errors(kind) > 0) {
        count(LoadMetrics.ERRORS_BY_KIND, step.errors(kind), from, to, labelled);
      }
      String example = step.example(kind);
      if (example != null && examples.add(labelled.toString())) {
        String sentence = kind.label() + ": " + example;
        sink.emit(new Event(context.check(), to, "load.error", context.redact(sentence), labelled));
      }
    }
  }

  /**
   * Accounts for every arrival and pass, and says so if the generator was not fit to measure.
   *
   * @param emptyFeeder a feeder that had no record left for somebody, or null
   */
  void finish(Instant now, boolean stopped, @Nullable String emptyFeeder) {
    long arrivals = plan.measuredArrivals();
    long intended = arrivals + began;
    long open = intended - completed - failed - dropped - unsent;
    Map<String, String> labels = new HashMap<>();
    labels.put("intended", Long.toString(intended));
    labels.put("dispatched", Long.toString(dispatched + began));
    labels.put("completed", Long.toString(completed));
    labels.put("failed", Long.toString(failed));
    labels.put("dropped", Long.toString(dropped));
    labels.put("unsent", Long.toString(unsent));
    labels.put("in flight", Long.toString(open));
    labels.put("sent", Long.toString(sent));
    labels.put("requests", Long.toString(requests));
    labels.put("warm up", Long.toString(plan.warmUpArrivals()));
    String what = began == 0 ? " arrivals intended, " : " arrivals and passes of users, ";
    String message =
        intended
            + what
            + sent
            + " requests sent: "
            + completed
            + " completed, "
            + failed
            + " failed, "
            + dropped
            + " dropped, "
            + unsent
            + " never sent, "
            + open
            + (stopped ? " abandoned when it was stopped" : " not through at the end");
    sink.emit(new Event(context.check(), now, "load.summary", message, labels));
    if (emptyFeeder != null) {
      String ranOut = "the feeder '" + emptyFeeder + "' ran out of records; the phase ended there";
      sink.emit(
          new Event(
              context.check(), now, "load.feeder-empty", ranOut, Map.of("feeder", emptyFeeder)));
    }
    if (!stopped && emptyFeeder == null) {
      fitness(now, arrivals);
      saturation(now);
    }
  }

  /** Whether arrivals were taken up too late for what is measured to be the target's doing. */
  static boolean late(Histogram lateness) {
    return lateness.getTotalCount() > 0
        && lateness.getValueAtPercentile(99) > LATE_P99
        && lateness.getTotalCount() - lateness.getCountBetweenValues(0, LATE_P99) >= LEAST_LATE;
  }

  /** The share of arrivals that were taken up late. */
  static double lateShare(Histogram lateness) {
    long all = lateness.getTotalCount();
    return all == 0 ? 0 : 1 - (double) lateness.getCountBetweenValues(0, LATE_P99) / all;
  }

  private void fitness(Instant now, long intended) {
    long p99 = lateness.getValueAtPercentile(99);
    boolean late = late(lateness);
    if (!late && dispatched == intended) {
      return;
    }
    long veryLate = lateness.getTotalCount() - lateness.getCountBetweenValues(0, VERY_LATE);
    String message =
        "invalid generator: it took up "
            + dispatched
            + " of "
            + intended
            + " arrivals, p99 of its lateness is "
            + Unit.NANOSECONDS.format(p99)
            + " (at most 10 ms is valid), "
            + veryLate
            + (veryLate == 1 ? " arrival was" : " arrivals were")
            + " later than 50 ms; the machine was too busy or the rate too high";
    Map<String, String> labels =
        Map.of(
            "intended", Long.toString(intended),
            "dispatched", Long.toString(dispatched),
            "lateness.p99", Long.toString(p99),
            "later than 50 ms", Long.toString(veryLate));
    sink.emit(
        new Finding(
            context.check(),
            now,
            "load.generator-late",
            Finding.Severity.INVALID,
            null,
            message,
            "load.generator-late:" + context.check(),
            labels));
  }

  /**
   * Users who never think take what the generator has: then it may be the limit, not the target.
   */
  private void saturation(Instant now) {
    if (began == 0 || saturated * 2 < intervals) {
      return;
    }
    String message =
        "the generator's own event loop was out of CPU in "
            + saturated
            + " of "
            + intervals
            + " seconds, so throughput and latency show its limit as much as the target's; give"
            + " it more cores, or users that think";
    sink.emit(
        new Finding(
            context.check(),
            now,
            "load.generator-saturated",
            Finding.Severity.WARNING,
            null,
            message,
            "load.generator-saturated:" + context.check(),
            Map.of()));
  }

  private static String progress(Interval interval) {
    Histogram latency = new Histogram(3);
    long ended = 0;
    long errors = 0;
    for (StepInterval step : interval.steps()) {
      latency.add(step.latency());
      ended += step.requests();
      errors += step.errors();
    }
    long length = Math.max(1, interval.to() - interval.from());
    return interval.to()
        + " s  "
        + Unit.PER_SECOND.format((double) ended / length)
        + "  p50 "
        + percentile(latency, 50)
        + "  p99 "
        + percentile(latency, 99)
        + "  errors "
        + errors;
  }

  private static String percentile(Histogram latency, double percentile) {
    return latency.getTotalCount() == 0
        ? "-"
        : Unit.NANOSECONDS.format(latency.getValueAtPercentile(percentile));
  }

  private void distribution(
      Metric metric, Histogram values, Instant from, Instant to, Map<String, String> labels) {
    if (values.getTotalCount() > 0) {
      emit(
          metric,
          from,
          to,
          labels,
          new Measured.Distribution(values.getTotalCount(), HistogramEncoding.encode(values)));
    }
  }

  private void count(
      Metric metric, long events, Instant from, Instant to, Map<String, String> labels) {
    emit(metric, from, to, labels, new Measured.Count(events));
  }

  private void emit(
      Metric metric, Instant from, Instant to, Map<String, String> labels, Measured value) {
    sink.emit(
        new Measurement(context.check(), metric.name(), metric.unit(), from, to, labels, value));
  }
}
