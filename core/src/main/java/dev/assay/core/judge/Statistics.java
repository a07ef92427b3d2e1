package dev.assay.core.judge;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.plan.Expectation;
import dev.assay.api.spi.Metric;
import dev.assay.core.parse.OutcomeMetrics;
import dev.assay.stats.HistogramEncoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The numbers in a set of evidence. Built once for a check; the order in which evidence arrived
 * does not matter. Not thread-safe.
 */
final class Statistics {

  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();
  private final Map<String, Histogram> decoded = new java.util.HashMap<>();
  private final Map<String, Histogram> together = new java.util.HashMap<>();

  Statistics(List<Evidence> evidence) {
    for (Evidence fact : evidence) {
      switch (fact) {
        case Outcome outcome -> outcomes.add(outcome);
        case Measurement measurement -> measurements.add(measurement);
        default -> {}
      }
    }
    measurements.sort(
        Comparator.comparing(Measurement::from)
            .thenComparing(Measurement::to)
            .thenComparing(measurement -> measurement.labels().toString())
            // of one metric only is the order told; an id is dear, and ties are of other metrics
            .thenComparing(Measurement::metric)
            .thenComparing(EvidenceCodec::id));
    outcomes.sort(
        Comparator.comparing(Outcome::suite)
            .thenComparing(Outcome::name)
            .thenComparing(EvidenceCodec::id));
  }

  /**
   * A statistic.
   *
   * @param value NaN where there is nothing, or where the evidence itself says NaN
   * @param samples how many values it rests on
   * @param evidence ids, the most telling first
   */
  record Statistic(double value, long samples, List<String> evidence) {}

  /** Computes what an expectation speaks of. */
  Statistic of(Expectation expectation, Metric metric) {
    Optional<Predicate<Outcome>> counts = OutcomeMetrics.counts(expectation.metric());
    if (counts.isPresent()) {
      return outcomes(expectation.step(), counts.get());
    }
    List<Measurement> of = matching(expectation);
    return switch (metric.shape()) {
      case COUNT -> count(of);
      case PROPORTION -> proportion(of, expectation.statistic());
      case SCALAR -> scalar(of, expectation.statistic());
      case DISTRIBUTION ->
          distribution(
              of,
              together.computeIfAbsent(
                  expectation.metric() + "[" + expectation.step(), _ -> merged(of)),
              expectation.statistic());
    };
  }

  /** The measurements of the expectation's metric and step, by time. */
  List<Measurement> matching(Expectation expectation) {
    String step = expectation.step();
    return measurements.stream()
        .filter(measurement -> measurement.metric().equals(expectation.metric()))
        .filter(measurement -> step == null || step.equals(measurement.part()))
        .toList();
  }

  /** The names of the steps, or services, of which a metric was measured. */
  List<String> steps(String metric) {
    return measurements.stream()
        .filter(measurement -> measurement.metric().equals(metric))
        .flatMap(measurement -> Stream.ofNullable(measurement.part()))
        .distinct()
        .sorted()
        .toList();
  }

  private Statistic outcomes(@Nullable String step, Predicate<Outcome> counts) {
    List<Outcome> all =
        step == null
            ? outcomes
            : outcomes.stream().filter(outcome -> outcome.name().equals(step)).toList();
    List<Outcome> counted = all.stream().filter(counts).toList();
    long samples = all.stream().filter(o -> o.result() != Attempt.Result.SKIPPED).count();
    return new Statistic(
        samples == 0 ? Double.NaN : counted.size(),
        samples,
        counted.stream().limit(20).map(EvidenceCodec::id).toList());
  }

  /** The outcomes that failed, in order. */
  List<Outcome> failures() {
    return outcomes.stream().filter(outcome -> outcome.result().failure()).toList();
  }

  long skipped() {
    return outcomes.stream().filter(o -> o.result() == Attempt.Result.SKIPPED).count();
  }

  private static Statistic count(List<Measurement> of) {
    long sum = 0;
    for (Measurement measurement : of) {
      if (measurement.value() instanceof Measured.Count count) {
        sum += count.value();
      }
    }
    return new Statistic(of.isEmpty() ? Double.NaN : sum, of.size(), ids(of, m -> -weight(m)));
  }

  private static double weight(Measurement measurement) {
    return switch (measurement.value()) {
      case Measured.Scalar scalar -> scalar.value();
      case Measured.Count count -> count.value();
      case Measured.Proportion share -> share.hits();
      case Measured.Distribution distribution -> distribution.count();
    };
  }

  private static Statistic proportion(List<Measurement> of, String statistic) {
    long hits = 0;
    long total = 0;
    for (Measurement measurement : of) {
      if (measurement.value() instanceof Measured.Proportion share) {
        hits += share.hits();
        total += share.total();
      }
    }
    double value =
        switch (statistic) {
          case "hits" -> hits;
          case "total" -> total;
          default -> total == 0 ? Double.NaN : (double) hits / total;
        };
    return new Statistic(of.isEmpty() ? Double.NaN : value, total, ids(of, m -> -weight(m)));
  }

  private static Statistic scalar(List<Measurement> of, String statistic) {
    double[] values = scalars(of);
    if (values.length == 0) {
      return new Statistic(Double.NaN, 0, List.of());
    }
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      sum += value;
      // Math.min and max keep a NaN, so that one NaN spoils the statistic instead of hiding in it
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double value =
        switch (statistic) {
          case "min" -> least;
          case "max" -> most;
          case "mean" -> sum / values.length;
          case "count" -> values.length;
          default -> values[values.length - 1];
        };
    return new Statistic(value, values.length, ids(of, m -> 0));
  }

  /** The readings, by time. */
  static double[] scalars(List<Measurement> of) {
    return of.stream()
        .filter(measurement -> measurement.value() instanceof Measured.Scalar)
        .mapToDouble(Statistics::weight)
        .toArray();
  }

  private Statistic distribution(List<Measurement> of, Histogram merged, String statistic) {
    long samples = merged.getTotalCount();
    if (samples == 0) {
      return new Statistic(Double.NaN, 0, List.of());
    }
    double value =
        switch (statistic) {
          case "min" -> merged.getMinValue();
          case "max" -> merged.getMaxValue();
          case "mean" -> merged.getMean();
          case "count" -> samples;
          default -> merged.getValueAtPercentile(quantile(statistic) * 100);
        };
    return new Statistic(value, samples, ids(of, m -> -histogram(m).getMaxValue()));
  }

  /** The histograms of all measurements as one. */
  Histogram merged(List<Measurement> of) {
    Histogram merged = new Histogram(3);
    of.forEach(measurement -> merged.add(histogram(measurement)));
    return merged;
  }

  private Histogram histogram(Measurement measurement) {
    if (!(measurement.value() instanceof Measured.Distribution distribution)) {
      return new Histogram(3);
    }
    return decoded.computeIfAbsent(distribution.histogram(), HistogramEncoding::decode);
  }

  /**
   * The histograms of the measurements grouped by their interval, by time: the blocks of a
   * comparison.
   */
  List<Histogram> blocks(List<Measurement> of) {
    Map<java.time.Instant, Histogram> byInterval = new java.util.TreeMap<>();
    for (Measurement measurement : of) {
      byInterval
          .computeIfAbsent(measurement.from(), from -> new Histogram(3))
          .add(histogram(measurement));
    }
    return byInterval.values().stream().filter(block -> block.getTotalCount() > 0).toList();
  }

  private static List<String> ids(
      List<Measurement> of, java.util.function.ToDoubleFunction<Measurement> order) {
    return of.stream()
        .sorted(Comparator.comparingDouble(order))
        .limit(5)
        .map(EvidenceCodec::id)
        .toList();
  }

  /** {@code p95} is 0.95, {@code p999} is 0.999, {@code p50} is 0.5. */
  static double quantile(String statistic) {
    String digits = statistic.substring(1);
    return Double.parseDouble("0." + (digits.length() == 1 ? "0" + digits : digits));
  }
}
