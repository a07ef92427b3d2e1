package dev.assay.core.judge;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.plan.Expectation;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Comparison;
import dev.assay.core.judge.Statistics.Statistic;
import dev.assay.core.parse.OutcomeMetrics;
import dev.assay.stats.QuantileLevels;
import dev.assay.stats.Quantiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one check in one run by which runs are compared and histories are drawn: one for
 * each metric and statistic, with how much it would differ by the noise inside the run. What is
 * counted from outcomes is not among them. Immutable.
 */
public final class CheckLevels {

  private static final List<String> QUANTILES = List.of("p50", "p95", "p99");

  /** A flow of more steps than this is looked at as a whole. */
  private static final int MOST_STEPS = 30;

  private final Map<Key, Level> levels;

  private CheckLevels(Map<Key, Level> levels) {
    this.levels = levels;
  }

  /**
   * What a number is of.
   *
   * @param metric its name
   * @param step the step or service, or null for the whole check
   * @param statistic such as {@code p95}; {@code value} of a share or a count, {@code mean} of
   *     readings
   */
  public record Key(String metric, @Nullable String step, String statistic) {
    /** As in an expectation, without what says nothing: {@code latency[orders].p95}. */
    public String text() {
      String key = step == null ? metric : metric + "[" + step + "]";
      return statistic.startsWith("p") ? key + "." + statistic : key;
    }

    /** Whether it is of the far tail, which scatters more. */
    public boolean tail() {
      return statistic.startsWith("p") && Statistics.quantile(statistic) > 0.98;
    }
  }

  /**
   * A number.
   *
   * @param metric what it is of
   * @param value in the metric's unit
   * @param variance by the noise inside the run: of a share itself; of everything else of its
   *     logarithm
   * @param samples how many values it rests on
   */
  public record Level(Metric metric, double value, double variance, long samples) {}

  /** The numbers of a check's evidence. */
  public static CheckLevels of(List<Metric> metrics, List<Evidence> evidence) {
    return of(metrics, evidence, Instant.MIN);
  }

  /**
   * The numbers of what was measured after a moment.
   *
   * @param metrics those of the check's type
   * @param from what was over before is left out as warm-up
   */
  public static CheckLevels of(List<Metric> metrics, List<Evidence> evidence, Instant from) {
    Statistics statistics =
        new Statistics(
            Rounds.of(evidence).first().stream()
                .filter(fact ->
                    !(fact instanceof Measurement one && !one.from().equals(one.to()))
                        || fact.at().isAfter(from))
                .toList());
    Map<Key, Level> levels = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      if (OutcomeMetrics.counts(metric.name()).isPresent()) {
        continue;
      }
      add(levels, metric, null, statistics);
      List<String> steps = statistics.steps(metric.name());
      if (steps.size() > 1 && steps.size() <= MOST_STEPS) {
        steps.forEach(step -> add(levels, metric, step, statistics));
      }
    }
    return new CheckLevels(levels);
  }

  /**
   * The metrics that evidence itself shows, where the check's type is not at hand; which direction
   * is better it does not say.
   */
  public static List<Metric> metricsIn(List<Evidence> evidence) {
    Map<String, Metric> metrics = new java.util.TreeMap<>();
    for (Evidence fact : evidence) {
      if (fact instanceof Measurement one) {
        metrics.putIfAbsent(
            one.metric(),
            new Metric(one.metric(), one.unit(), shape(one.value()), Metric.Better.NEITHER, ""));
      }
    }
    return List.copyOf(metrics.values());
  }

  private static Metric.Shape shape(Measured value) {
    return switch (value) {
      case Measured.Scalar _ -> Metric.Shape.SCALAR;
      case Measured.Count _ -> Metric.Shape.COUNT;
      case Measured.Proportion _ -> Metric.Shape.PROPORTION;
      case Measured.Distribution _ -> Metric.Shape.DISTRIBUTION;
    };
  }

  /** By what they are of, in the order of the metrics. */
  public Map<Key, Level> all() {
    return java.util.Collections.unmodifiableMap(levels);
  }

  private static void add(
      Map<Key, Level> levels, Metric metric, @Nullable String step, Statistics statistics) {
    if (metric.shape() == Metric.Shape.DISTRIBUTION) {
      distribution(levels, metric, step, statistics);
      return;
    }
    String statistic = metric.shape() == Metric.Shape.SCALAR ? "mean" : "value";
    Expectation asked = asked(metric, step, statistic);
    Statistic found = statistics.of(asked, metric);
    if (!Double.isNaN(found.value())) {
      levels.put(
          new Key(metric.name(), step, statistic),
          new Level(
              metric,
              found.value(),
              variance(metric, found, statistics.matching(asked)),
              found.samples()));
    }
  }

  private static void distribution(
      Map<Key, Level> levels, Metric metric, @Nullable String step, Statistics statistics) {
    List<Measurement> of = statistics.matching(asked(metric, step, "p50"));
    List<Histogram> blocks = statistics.blocks(of);
    long samples = blocks.stream().mapToLong(Histogram::getTotalCount).sum();
    List<String> told =
        QUANTILES.stream()
            .filter(each -> samples >= Quantiles.leastSamples(Statistics.quantile(each)))
            .toList();
    if (told.isEmpty()) {
      return;
    }
    List<QuantileLevels.Level> found =
        QuantileLevels.of(blocks, told.stream().mapToDouble(Statistics::quantile).toArray());
    for (int i = 0; i < told.size(); i++) {
      QuantileLevels.Level level = found.get(i);
      double variance = Double.isFinite(level.variance()) ? level.variance() : 1;
      levels.put(
          new Key(metric.name(), step, told.get(i)),
          new Level(metric, level.value(), variance, samples));
    }
  }

  private static Expectation asked(Metric metric, @Nullable String step, String statistic) {
    return new Expectation(
        metric.name(),
        step,
        statistic,
        new Expectation.Bound(Comparison.parse("> 0")),
        null,
        true,
        Place.NONE);
  }

  private static double variance(Metric metric, Statistic found, List<Measurement> of) {
    return switch (metric.shape()) {
      case PROPORTION -> {
        double total = Math.max(1, found.samples());
        // half a hit more on each side, so that no hits are not taken for certainty
        double share = (found.value() * total + 0.5) / (total + 1);
        yield share * (1 - share) / (total + 1);
      }
      case COUNT -> 1 / (found.value() + 0.5);
      case SCALAR -> ofMean(Statistics.scalars(of));
      case DISTRIBUTION -> 0;
    };
  }

  /** The variance of the logarithm of a mean, by the delta method. */
  private static double ofMean(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    if (values.length < 2 || mean == 0) {
      return 0;
    }
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return squares / (values.length - 1) / values.length / (mean * mean);
  }

  /**
   * The course of a run by which its warm-up is told: the logarithm of the median of each interval
   * of the first metric that is a distribution, and when each ended.
   *
   * @param medians by time
   * @param ends when each interval ended
   */
  public record Course(double[] medians, List<Instant> ends) {
    /** When a warm-up of so many intervals is over. */
    public Instant after(int intervals) {
      return intervals == 0 || ends.isEmpty()
          ? Instant.MIN
          : ends.get(Math.min(intervals, ends.size()) - 1);
    }
  }

  /** The course of a check's evidence; empty where it measured no distribution over time. */
  public static Course course(List<Metric> metrics, List<Evidence> evidence) {
    Statistics statistics = new Statistics(Rounds.of(evidence).first());
    for (Metric metric : metrics) {
      if (metric.shape() == Metric.Shape.DISTRIBUTION) {
        List<Measurement> of = statistics.matching(asked(metric, null, "p50"));
        if (!of.isEmpty()) {
          return course(statistics, of);
        }
      }
    }
    return new Course(new double[0], List.of());
  }

  private static Course course(Statistics statistics, List<Measurement> of) {
    Map<Instant, List<Measurement>> byEnd = new LinkedHashMap<>();
    of.stream()
        .filter(one -> one.value() instanceof Measured.Distribution)
        .sorted(java.util.Comparator.comparing(Measurement::to))
        .forEach(one -> byEnd.computeIfAbsent(one.to(), _ -> new ArrayList<>()).add(one));
    List<Instant> ends = List.copyOf(byEnd.keySet());
    double[] medians =
        ends.stream()
            .mapToDouble(end ->
                Math.log(
                    Math.max(
                        1,
                        statistics
                            .merged(Objects.requireNonNull(byEnd.get(end)))
                            .getValueAtPercentile(50))))
            .toArray();
    return new Course(medians, ends);
  }
}
