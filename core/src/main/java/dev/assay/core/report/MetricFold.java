package dev.assay.core.report;

import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.value.Unit;
import dev.assay.core.report.MetricReport.Percentile;
import dev.assay.core.report.MetricReport.Slice;
import dev.assay.core.report.MetricReport.Spread;
import dev.assay.core.report.MetricReport.Summary;
import dev.assay.stats.HistogramEncoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Merges the measurements of one metric and step, all of one shape. Histograms stay encoded until
 * the report is made, and then only two are decoded at a time.
 */
final class MetricFold {

  private final String metric;
  private final @Nullable String step;
  private final Unit unit;
  private final TreeMap<Interval, List<Measured>> slices =
      new TreeMap<>(Comparator.comparing(Interval::from).thenComparing(Interval::to));
  private final TreeMap<String, Long> parts = new TreeMap<>();
  private int unreadable;

  private record Interval(Instant from, Instant to) {}

  MetricFold(String metric, @Nullable String step, Unit unit) {
    this.metric = metric;
    this.step = step;
    this.unit = unit;
  }

  Unit unit() {
    return unit;
  }

  void add(Measurement measurement) {
    slices
        .computeIfAbsent(
            new Interval(measurement.from(), measurement.to()), _ -> new ArrayList<>(1))
        .add(measurement.value());
    String part =
        measurement.labels().entrySet().stream()
            .filter(label -> !label.getKey().equals("step") && !label.getKey().equals("service"))
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(", "));
    long count =
        switch (measurement.value()) {
          case Measured.Count value -> value.value();
          case Measured.Proportion value -> value.hits();
          case Measured.Scalar _, Measured.Distribution _ -> 0;
        };
    if (!part.isEmpty() && count > 0) {
      parts.merge(part, count, Long::sum);
    }
  }

  void addAll(MetricFold other) {
    other.slices.forEach((interval, values) ->
        slices.computeIfAbsent(interval, _ -> new ArrayList<>(values.size())).addAll(values));
    other.parts.forEach((part, count) -> parts.merge(part, count, Long::sum));
  }

  MetricReport report() {
    unreadable = 0;
    List<Measured> all = slices.values().stream().flatMap(List::stream).toList();
    List<Slice> timeline = new ArrayList<>();
    Summary total;
    List<Percentile> curve = List.of();
    if (all.getFirst() instanceof Measured.Distribution) {
      Histogram whole = empty();
      slices.forEach((interval, values) -> {
        Histogram part = merge(values);
        whole.add(part);
        timeline.add(new Slice(interval.from(), interval.to(), spread(part)));
      });
      total = spread(whole);
      curve = curve(whole);
    } else {
      slices.forEach((interval, values) ->
          timeline.add(new Slice(interval.from(), interval.to(), summary(values))));
      total = summary(all);
    }
    return new MetricReport(metric, step, unit, total, timeline, curve, parts, unreadable);
  }

  private static Summary summary(List<Measured> values) {
    return switch (values.getFirst()) {
      case Measured.Count _ ->
          new MetricReport.Events(
              values.stream().mapToLong(value -> ((Measured.Count) value).value()).sum());
      case Measured.Proportion _ ->
          new MetricReport.Share(
              values.stream().mapToLong(value -> ((Measured.Proportion) value).hits()).sum(),
              values.stream().mapToLong(value -> ((Measured.Proportion) value).total()).sum());
      case Measured.Scalar _ -> readings(values);
      case Measured.Distribution _ -> throw new IllegalStateException("merged as histograms");
    };
  }

  private static Summary readings(List<Measured> values) {
    double[] read =
        values.stream().mapToDouble(value -> ((Measured.Scalar) value).value()).toArray();
    double min = read[0];
    double max = read[0];
    double sum = 0;
    for (double value : read) {
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
    }
    return new MetricReport.Readings(
        read.length, read[read.length - 1], min, max, sum / read.length);
  }

  private static Histogram empty() {
    Histogram histogram = new Histogram(3);
    histogram.setAutoResize(true);
    return histogram;
  }

  private Histogram merge(List<Measured> values) {
    Histogram merged = empty();
    for (Measured value : values) {
      try {
        merged.add(HistogramEncoding.decode(((Measured.Distribution) value).histogram()));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException broken) {
        unreadable++;
      }
    }
    return merged;
  }

  private static Spread spread(Histogram histogram) {
    if (histogram.getTotalCount() == 0) {
      double none = Double.NaN;
      return new Spread(0, none, none, none, none, none, none, none, none);
    }
    return new Spread(
        histogram.getTotalCount(),
        histogram.getMinValue(),
        histogram.getMean(),
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(90),
        histogram.getValueAtPercentile(95),
        histogram.getValueAtPercentile(99),
        histogram.getValueAtPercentile(99.9),
        histogram.getMaxValue());
  }

  /** Even steps in the number of nines, up to what the number of values can tell. */
  private static List<Percentile> curve(Histogram histogram) {
    List<Percentile> points = new ArrayList<>();
    long count = histogram.getTotalCount();
    if (count < 2) {
      return points;
    }
    int steps = (int) Math.ceil(Math.log10(count) * 20);
    for (int i = 0; i <= steps; i++) {
      double percentile = 100 * (1 - Math.pow(10, -Math.min(i / 20.0, Math.log10(count))));
      points.add(new Percentile(percentile, histogram.getValueAtPercentile(percentile)));
    }
    return points;
  }
}
