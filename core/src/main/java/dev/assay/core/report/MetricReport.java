package dev.assay.core.report;

import dev.assay.api.value.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A metric over a whole check and over time. Immutable.
 *
 * @param metric its name
 * @param step the step it is of; null for the whole check
 * @param unit of the values
 * @param total over the whole check
 * @param timeline over time, earliest first; measurements of the same interval are merged
 * @param curve the value at growing percentiles, for distributions; else empty
 * @param parts counts by the labels other than {@code step}, such as {@code kind=timeout}; empty
 *     where there are none
 * @param unreadable how many measurements could not be decoded and are missing here
 */
public record MetricReport(
    String metric,
    @Nullable String step,
    Unit unit,
    Summary total,
    List<Slice> timeline,
    List<Percentile> curve,
    Map<String, Long> parts,
    int unreadable) {

  /** Copies the collections. */
  public MetricReport {
    timeline = List.copyOf(timeline);
    curve = List.copyOf(curve);
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** As in an expectation: {@code latency[orders]}. */
  public String key() {
    return step == null ? metric : metric + "[" + step + "]";
  }

  /** What many measurements come to. */
  public sealed interface Summary {}

  /**
   * Of readings.
   *
   * @param count how many
   * @param last the last one
   * @param min the least
   * @param max the greatest
   * @param mean their mean
   */
  public record Readings(long count, double last, double min, double max, double mean)
      implements Summary {}

  /**
   * Of counts.
   *
   * @param count their sum
   */
  public record Events(long count) implements Summary {}

  /**
   * Of proportions.
   *
   * @param hits how many
   * @param of of all
   */
  public record Share(long hits, long of) implements Summary {
    /** The share from 0 to 1; NaN of nothing. */
    public double ratio() {
      return of == 0 ? Double.NaN : (double) hits / of;
    }
  }

  /**
   * Of distributions; NaN where there are no values.
   *
   * @param count how many values
   * @param min the least
   * @param mean their mean
   * @param p50 the median
   * @param p90 the 90th percentile
   * @param p95 the 95th
   * @param p99 the 99th
   * @param p999 the 99.9th
   * @param max the greatest
   */
  public record Spread(
      long count,
      double min,
      double mean,
      double p50,
      double p90,
      double p95,
      double p99,
      double p999,
      double max)
      implements Summary {

    /** With fewer values than this a percentile says nothing, and is neither told nor drawn. */
    public static final long ENOUGH = 20;
  }

  /**
   * A part of the time.
   *
   * @param from its start, inclusive
   * @param to its end, exclusive
   * @param value what was measured in it
   */
  public record Slice(Instant from, Instant to, Summary value) {
    /** Its length in seconds; at least a nanosecond, so that it can be divided by. */
    public double seconds() {
      return Math.max(1, Duration.between(from, to).toNanos()) / 1e9;
    }
  }

  /**
   * A point of the curve.
   *
   * @param percentile 0 to 100
   * @param value that so many per cent do not exceed
   */
  public record Percentile(double percentile, double value) {}
}
