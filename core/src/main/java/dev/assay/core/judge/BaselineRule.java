package dev.assay.core.judge;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.plan.Expectation;
import dev.assay.api.plan.Expectation.NoWorseThan;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.core.judge.Statistics.Statistic;
import dev.assay.stats.Interval;
import dev.assay.stats.Proportions;
import dev.assay.stats.Quantiles;
import dev.assay.stats.RatioOfMeans;
import dev.assay.stats.RatioOfQuantiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Judges {@code no worse than}. Worse is said only when the whole interval of the change is beyond
 * what is allowed, not worse only when the whole interval is within it; between the two the
 * evidence does not decide. Where enough earlier runs of the check are known, the baseline is all
 * of them since the last change, and the interval allows for what runs scatter ({@link
 * RunHistory}). The change is a ratio, except for shares, where it is the difference in percentage
 * points, as a baseline of 0 % has no ratio.
 */
public final class BaselineRule {

  private static final String MISSING = "baseline.missing";

  /** Fixed, so that the same evidence gives the same verdict. */
  private static final long SEED = 0x4153534159L;

  private final Function<List<Evidence>, Statistics> reading;
  private final RunHistory.Values values;

  BaselineRule(Function<List<Evidence>, Statistics> reading, RunHistory.Values values) {
    this.reading = reading;
    this.values = values;
  }

  /** Whether a reason says that there was no baseline yet. */
  public static boolean missing(Reason reason) {
    return reason.numbers().containsKey(MISSING);
  }

  Reason reason(
      Expectation expectation,
      NoWorseThan rule,
      Metric metric,
      Statistics statistics,
      Case.@Nullable Baseline baseline) {
    if (baseline == null) {
      return noBaseline(expectation, rule);
    }
    Statistics before = reading.apply(baseline.evidence());
    Statistic now = statistics.of(expectation, metric);
    Statistic then = before.of(expectation, metric);
    if (Double.isNaN(now.value()) || Double.isNaN(then.value())) {
      String side = Double.isNaN(now.value()) ? "in this run" : "in run " + baseline.run();
      return new Reason(
          Decision.INCONCLUSIVE,
          expectation.text(),
          "Nothing was measured for " + expectation.key() + " " + side + ".",
          Map.of(),
          now.evidence());
    }
    long least = least(expectation, metric);
    if (Math.min(now.samples(), then.samples()) < least) {
      return new Reason(
          Decision.INCONCLUSIVE,
          expectation.text(),
          expectation.key()
              + " rests on "
              + now.samples()
              + " samples now and "
              + then.samples()
              + " in run "
              + baseline.run()
              + "; at least "
              + least
              + " are needed on both sides to compare.",
          Map.of("samples", (double) now.samples(), "baseline.samples", (double) then.samples()),
          now.evidence());
    }
    Interval inside = change(expectation, metric, statistics, before, now, then);
    RunHistory history = RunHistory.of(expectation, metric, baseline.history(), values);
    return history.known()
        ? decide(
            expectation,
            rule,
            metric,
            now,
            history.level(),
            history.widened(now.value(), inside),
            history.runs() + " runs up to " + baseline.run())
        : decide(expectation, rule, metric, now, then.value(), inside, "run " + baseline.run());
  }

  private static Reason noBaseline(Expectation expectation, NoWorseThan rule) {
    Decision decision = rule.firstRunPasses() ? Decision.PASS : Decision.INCONCLUSIVE;
    return new Reason(
        decision,
        expectation.text(),
        "There is no run of '"
            + rule.baseline()
            + "' to compare with yet; this run becomes the baseline"
            + (rule.firstRunPasses()
                ? ", and the workspace lets the first run pass."
                : ". Run again to compare."),
        Map.of(MISSING, 1.0),
        List.of());
  }

  private static long least(Expectation expectation, Metric metric) {
    Long written = expectation.samples();
    if (written != null) {
      return written;
    }
    return metric.shape() == Metric.Shape.DISTRIBUTION && expectation.statistic().startsWith("p")
        ? Quantiles.leastSamples(Statistics.quantile(expectation.statistic()))
        : 1;
  }

  private static Interval change(
      Expectation expectation,
      Metric metric,
      Statistics statistics,
      Statistics before,
      Statistic now,
      Statistic then) {
    List<Measurement> candidate = statistics.matching(expectation);
    List<Measurement> baseline = before.matching(expectation);
    boolean shareItself = expectation.statistic().equals("value");
    return switch (metric.shape()) {
      case DISTRIBUTION ->
          distribution(
              expectation, statistics.blocks(candidate), before.blocks(baseline), now, then);
      case PROPORTION ->
          shareItself
              ? Proportions.difference(
                  hits(baseline), total(baseline), hits(candidate), total(candidate))
              : exact(now, then);
      case SCALAR -> {
        double[] right = Statistics.scalars(baseline);
        double[] left = Statistics.scalars(candidate);
        yield mean(expectation) && comparable(left) && comparable(right)
            ? RatioOfMeans.interval(right, left, SEED)
            : exact(now, then);
      }
      case COUNT -> exact(now, then);
    };
  }

  /** A single reading has no spread to judge by, and a ratio needs values that are not negative. */
  private static boolean comparable(double[] values) {
    return values.length > 1
        && java.util.Arrays.stream(values).allMatch(value -> value >= 0 && Double.isFinite(value));
  }

  private static boolean mean(Expectation expectation) {
    return expectation.statistic().equals("mean") || expectation.statistic().equals("value");
  }

  private static Interval distribution(
      Expectation expectation,
      List<Histogram> candidate,
      List<Histogram> baseline,
      Statistic now,
      Statistic then) {
    String statistic = expectation.statistic();
    if (statistic.startsWith("p")) {
      return RatioOfQuantiles.interval(baseline, candidate, Statistics.quantile(statistic), SEED);
    }
    if (statistic.equals("mean") && candidate.size() > 1 && baseline.size() > 1) {
      ToDoubleFunction<Histogram> mean = Histogram::getMean;
      return RatioOfMeans.interval(
          baseline.stream().mapToDouble(mean).toArray(),
          candidate.stream().mapToDouble(mean).toArray(),
          SEED);
    }
    return exact(now, then);
  }

  /** A ratio without an interval: counts and extremes are what they are. */
  private static Interval exact(Statistic now, Statistic then) {
    double fromNothing = now.value() == 0 ? 1 : Double.MAX_VALUE;
    double ratio = then.value() == 0 ? fromNothing : now.value() / then.value();
    return new Interval(ratio, ratio, ratio);
  }

  private static long hits(List<Measurement> of) {
    return of.stream()
        .mapToLong(m -> m.value() instanceof Measured.Proportion share ? share.hits() : 0)
        .sum();
  }

  private static long total(List<Measurement> of) {
    return of.stream()
        .mapToLong(m -> m.value() instanceof Measured.Proportion share ? share.total() : 0)
        .sum();
  }

  private static Reason decide(
      Expectation expectation,
      NoWorseThan rule,
      Metric metric,
      Statistic now,
      double then,
      Interval change,
      String against) {
    boolean share =
        metric.shape() == Metric.Shape.PROPORTION && expectation.statistic().equals("value");
    double same = share ? 0 : 1;
    boolean higher = metric.better() == Metric.Better.HIGHER;
    // How much worse, whichever direction is better: positive is worse.
    double least = higher ? same - change.high() : change.low() - same;
    double most = higher ? same - change.low() : change.high() - same;
    Decision decision =
        least > rule.by()
            ? Decision.FAIL
            : most <= rule.by() ? Decision.PASS : Decision.INCONCLUSIVE;
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("observed", now.value());
    numbers.put("baseline", then);
    numbers.put("change.low", change.low());
    numbers.put("change", change.estimate());
    numbers.put("change.high", change.high());
    numbers.put("worse.low", least);
    numbers.put("worse", higher ? same - change.estimate() : change.estimate() - same);
    numbers.put("worse.high", most);
    numbers.put("allowed", rule.by());
    numbers.put("samples", (double) now.samples());
    String verdict =
        switch (decision) {
          case FAIL -> "worse than the allowed ";
          case PASS -> "no worse than the allowed ";
          default -> "which does not decide about the allowed ";
        };
    String text =
        expectation.key()
            + " is "
            + metric.unit().format(now.value())
            + ", was "
            + metric.unit().format(then)
            + " in "
            + against
            + ": "
            + describe(change, same, share)
            + ", "
            + verdict
            + Unit.RATIO.format(rule.by())
            + (share ? " points." : ".");
    return new Reason(decision, expectation.text(), text, numbers, now.evidence());
  }

  private static String describe(Interval change, double same, boolean share) {
    String suffix = share ? " points" : "";
    if (change.estimate() == Double.MAX_VALUE) {
      return "up from nothing";
    }
    String estimate = signed(change.estimate() - same);
    return change.low() == change.high()
        ? estimate + suffix
        : estimate
            + suffix
            + " (95 % sure between "
            + signed(change.low() - same)
            + " and "
            + signed(change.high() - same)
            + ")";
  }

  private static String signed(double ratio) {
    if (Double.isInfinite(ratio)) {
      return "any amount";
    }
    return (ratio > 0 ? "+" : "") + Unit.RATIO.format(ratio);
  }
}
