package dev.assay.delivery;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.stats.HistogramEncoding;
import dev.assay.stats.canary.CanaryWatch.Look;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What one side does, second by second: failures and latencies. Hands on what it takes, with the
 * side as its step, and findings as they are. Thread-safe.
 */
final class CanarySide {

  private final String name;
  private final Instant from;
  private final EvidenceSink sink;
  private final TreeMap<Long, Second> seconds = new TreeMap<>();
  private long taken = Long.MIN_VALUE;
  private boolean measuresErrors;
  private volatile boolean closed;

  private static final class Second {
    private long failed;
    private long total;
    private long failedOutcomes;
    private long outcomes;
    private final Histogram latency = new Histogram(3);
  }

  /**
   * A side.
   *
   * @param name {@code control} or {@code canary}
   * @param from what was before is left out
   */
  CanarySide(String name, Instant from, EvidenceSink sink) {
    this.name = name;
    this.from = from;
    this.sink = sink;
  }

  /** Takes nothing any more: what a check that is stopped still does is no comparison. */
  void close() {
    closed = true;
  }

  /** Takes evidence; any thread. */
  void take(Evidence evidence) {
    if (closed) {
      return;
    }
    switch (evidence) {
      case Measurement one when !one.from().isBefore(from) -> measurement(one);
      case Measurement _ -> {
        // of the warm-up
      }
      case Outcome one -> outcome(one);
      case Finding one -> sink.offer(one);
      case Artifact _ -> {
        // was stored when it was attached
      }
      default -> {}
    }
  }

  private void measurement(Measurement one) {
    boolean errors =
        one.metric().equals(CanaryCheckType.ERRORS) && one.value() instanceof Measured.Proportion;
    boolean latency =
        one.metric().equals(CanaryCheckType.LATENCY)
            && one.value() instanceof Measured.Distribution;
    if (!errors && !latency) {
      return;
    }
    sink.offer(
        new Measurement(
            one.check(), one.metric(), one.unit(), one.from(), one.to(), labels(one), one.value()));
    synchronized (this) {
      Second second = second(one.to());
      if (one.value() instanceof Measured.Proportion share) {
        measuresErrors = true;
        second.failed += share.hits();
        second.total += share.total();
      } else if (one.value() instanceof Measured.Distribution distribution) {
        second.latency.add(HistogramEncoding.decode(distribution.histogram()));
      }
    }
  }

  private synchronized void outcome(Outcome one) {
    if (one.at().isAfter(from)) {
      Second second = second(one.at());
      second.outcomes++;
      second.failedOutcomes += one.result().failure() ? 1 : 0;
    }
  }

  /** What comes later than the rest of its second is counted in the next one that is open. */
  private Second second(Instant at) {
    // an interval that ends on the second belongs to the one before
    long number = Math.max(taken + 1, at.minusNanos(1).getEpochSecond());
    return seconds.computeIfAbsent(number, _ -> new Second());
  }

  private Map<String, String> labels(Measurement one) {
    Map<String, String> labels = new HashMap<>(one.labels());
    String step = labels.put("step", name);
    if (step != null) {
      labels.put("request", step);
    }
    return labels;
  }

  /**
   * What it did in a second, which is then closed.
   *
   * @param number seconds since 1970, growing
   */
  synchronized Look take(long number) {
    taken = number;
    Second second = seconds.remove(number);
    if (second == null) {
      return new Look(0, 0, new Histogram(3));
    }
    return measuresErrors
        ? new Look(second.failed, second.total, second.latency)
        : new Look(second.failedOutcomes, second.outcomes, second.latency);
  }

  /** The newest second of which anything has come; the least number where nothing has. */
  synchronized long newest() {
    return seconds.isEmpty() ? taken : seconds.lastKey();
  }
}
