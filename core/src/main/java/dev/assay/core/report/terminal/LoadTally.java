package dev.assay.core.report.terminal;

import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.stats.HistogramEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a load check as they come in, summed up: the interval that is coming in, the
 * newest intervals, and all so far. Memory does not grow with the run. Not thread-safe.
 */
final class LoadTally {

  private static final int MOST_INTERVALS = 240;

  private final Histogram all = new Histogram(3);
  private final Histogram lateness = new Histogram(3);
  private final Map<String, Long> kinds = new TreeMap<>();
  private final Deque<Interval> intervals = new ArrayDeque<>();
  private Histogram current = new Histogram(3);
  private @Nullable Instant first;
  private @Nullable Instant from;
  private @Nullable Instant to;
  private long ended;
  private long failed;
  private long requests;
  private long errors;

  /**
   * An interval that is complete, mostly a second.
   *
   * @param begin when it began, in seconds after the first did
   * @param end when it ended, in seconds after the first began
   * @param rate requests that ended, in a second
   * @param p50 of the latency in nanoseconds; NaN where nothing was measured
   * @param p99 likewise
   * @param max likewise
   * @param errors how many requests failed or were dropped
   */
  record Interval(
      double begin, double end, double rate, double p50, double p99, double max, long errors) {}

  /** Adds one; what it is not made for is left out. */
  void add(Measurement measured) {
    boolean known =
        switch (measured.metric()) {
          case "latency", "requests", "errors", "errors.by.kind", "lateness" -> true;
          default -> false;
        };
    if (!known) {
      return;
    }
    Instant begins = from;
    if (begins == null || measured.from().isAfter(begins)) {
      complete();
      from = measured.from();
      to = measured.to();
      first = first == null ? measured.from() : first;
    }
    switch (measured.value()) {
      case Measured.Distribution values -> distribution(measured.metric(), values);
      case Measured.Count count -> count(measured, count.value());
      case Measured.Proportion share -> {
        failed += share.hits();
        errors += share.hits();
      }
      case Measured.Scalar _ -> {
        // throughput, which the counts tell as well
      }
    }
  }

  private void distribution(String metric, Measured.Distribution values) {
    Histogram decoded;
    try {
      decoded = HistogramEncoding.decode(values.histogram());
    } catch (IllegalArgumentException broken) {
      return;
    }
    if (metric.equals("latency")) {
      current.add(decoded);
      all.add(decoded);
    } else {
      lateness.add(decoded);
    }
  }

  private void count(Measurement measured, long value) {
    if (measured.metric().equals("requests")) {
      ended += value;
      requests += value;
    } else {
      kinds.merge(measured.labels().getOrDefault("kind", "other"), value, Long::sum);
    }
  }

  /** Closes the interval that was coming in, as no more of it is to come. */
  void complete() {
    Instant begins = from;
    Instant ends = to;
    Instant start = first;
    if (begins == null || ends == null || start == null) {
      return;
    }
    double seconds = Math.max(1, Duration.between(begins, ends).toNanos()) / 1e9;
    intervals.addLast(
        new Interval(
            Duration.between(start, begins).toNanos() / 1e9,
            Duration.between(start, ends).toNanos() / 1e9,
            ended / seconds,
            percentile(current, 50),
            percentile(current, 99),
            percentile(current, 100),
            failed));
    if (intervals.size() > MOST_INTERVALS) {
      intervals.removeFirst();
    }
    current = new Histogram(3);
    ended = 0;
    failed = 0;
    from = null;
    to = null;
  }

  private static double percentile(Histogram values, double percentile) {
    return values.getTotalCount() == 0 ? Double.NaN : values.getValueAtPercentile(percentile);
  }

  /** The newest complete interval, or null while there is none. */
  @Nullable Interval newest() {
    return intervals.peekLast();
  }

  /** The newest complete intervals, the earliest first. */
  List<Interval> intervals() {
    return new ArrayList<>(intervals);
  }

  /** The latency of all so far at that percentile; NaN where nothing was measured. */
  double latency(double percentile) {
    return percentile(all, percentile);
  }

  /** How late the generator was at that percentile; NaN where it was not measured. */
  double lateness(double percentile) {
    return percentile(lateness, percentile);
  }

  /** Requests that ended so far. */
  long requests() {
    return requests;
  }

  /** Requests that failed, and arrivals that were dropped, so far. */
  long errors() {
    return errors;
  }

  /** The same by kind. */
  Map<String, Long> kinds() {
    return new TreeMap<>(kinds);
  }
}
