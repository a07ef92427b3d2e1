package dev.assay.load.capacity;

import dev.assay.stats.Quantiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What one probe measured, by step. Used by one thread. */
public final class ProbeNumbers {

  private final Map<String, Step> steps = new LinkedHashMap<>();

  /** What one step of the flow did. */
  static final class Step {
    final Histogram latency = new Histogram(3);
    final Histogram serviceTime = new Histogram(3);
    long failed;
    long total;
  }

  /** A probe that measured nothing yet. */
  public ProbeNumbers() {}

  /**
   * Adds what a step did in a part of the probe.
   *
   * @param latency from the intended start, in ns
   * @param serviceTime from the send, in ns
   * @param failed how many requests failed or were dropped
   * @param total of how many
   */
  public void add(String step, Histogram latency, Histogram serviceTime, long failed, long total) {
    Step to = steps.computeIfAbsent(step, name -> new Step());
    to.latency.add(latency);
    to.serviceTime.add(serviceTime);
    to.failed += failed;
    to.total += total;
  }

  /** The latencies of a step, or of all for null. */
  Histogram latency(@Nullable String step) {
    return Quantiles.merge(chosen(step).stream().map(one -> one.latency).toList());
  }

  /** The service times of a step, or of all for null. */
  Histogram serviceTime(@Nullable String step) {
    return Quantiles.merge(chosen(step).stream().map(one -> one.serviceTime).toList());
  }

  /** How many failed of a step, or of all for null. */
  long failed(@Nullable String step) {
    return chosen(step).stream().mapToLong(one -> one.failed).sum();
  }

  /** How many there were of a step, or of all for null. */
  long total(@Nullable String step) {
    return chosen(step).stream().mapToLong(one -> one.total).sum();
  }

  /** The latency that so many per cent do not exceed, in ns; 0 where nothing was answered. */
  public long latencyAt(double percentile) {
    return latency(null).getValueAtPercentile(percentile);
  }

  /** The median of service times in ns; NaN where nothing was answered. */
  public double median() {
    return Quantiles.of(serviceTime(null), 0.5);
  }

  /** How many requests failed. */
  public long failures() {
    return failed(null);
  }

  /** How many requests were answered, or were waited for in vain. */
  public long answers() {
    return latency(null).getTotalCount();
  }

  private List<Step> chosen(@Nullable String step) {
    if (step == null) {
      return new ArrayList<>(steps.values());
    }
    Step one = steps.get(step);
    return one == null ? List.of() : List.of(one);
  }
}
