package dev.assay.core.judge;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.plan.Expectation;
import dev.assay.api.spi.Metric;
import dev.assay.core.parse.OutcomeMetrics;
import dev.assay.stats.Interval;
import dev.assay.stats.change.ChangePoint;
import dev.assay.stats.change.ChangePoints;
import dev.assay.stats.compare.Better;
import dev.assay.stats.compare.LevelComparison;
import dev.assay.stats.compare.LevelComparison.Result;
import dev.assay.stats.compare.Levels;
import dev.assay.stats.compare.Scatter;
import java.util.Arrays;
import java.util.List;

/**
 * What one number of a check was in earlier runs, since it last changed. The unit is the run: two
 * runs of the same code differ by more than the noise inside them, so what a run is compared by is
 * a moderated t over runs, with a variance that is drawn from what is usual towards this history.
 *
 * @param levels of earlier runs in their order: logarithms, or shares
 * @param share whether they are shares
 */
record RunHistory(double[] levels, boolean share) {

  private static final RunHistory UNKNOWN = new RunHistory(new double[0], false);

  /** What is taken for usual until the history says more: a per cent, for ratios. */
  private static final Scatter USUAL = new Scatter(0.01, 3);

  private static final Scatter USUAL_OF_SHARES = new Scatter(0, 3);

  /** Two standard errors, about. */
  private static final double BOTH_SIDES = 2 * 1.96;

  /** Gives the value that an expectation speaks of in the evidence of one run. */
  @FunctionalInterface
  interface Values {
    /** The value; NaN where there is none. */
    double of(List<Evidence> evidence, Expectation expectation, Metric metric);
  }

  static RunHistory of(
      Expectation expectation, Metric metric, List<List<Evidence>> earlier, Values valued) {
    if (earlier.size() < Scatter.FEWEST || OutcomeMetrics.counts(metric.name()).isPresent()) {
      return UNKNOWN;
    }
    boolean share =
        metric.shape() == Metric.Shape.PROPORTION && expectation.statistic().equals("value");
    double[] values =
        earlier.stream()
            .mapToDouble(evidence -> valued.of(evidence, expectation, metric))
            .filter(Double::isFinite)
            .toArray();
    if (!share && Arrays.stream(values).anyMatch(value -> value <= 0)) {
      return UNKNOWN;
    }
    double[] levels = share ? values : Arrays.stream(values).map(Math::log).toArray();
    List<ChangePoint> changes = ChangePoints.find(levels);
    int since = changes.isEmpty() ? 0 : changes.getLast().index();
    return new RunHistory(Arrays.copyOfRange(levels, since, levels.length), share);
  }

  /** Whether it says anything. */
  boolean known() {
    return levels.length >= Scatter.FEWEST;
  }

  int runs() {
    return levels.length;
  }

  /** The value around which the runs are. */
  double level() {
    double mean = Arrays.stream(levels).average().orElse(0);
    return share ? mean : Math.exp(mean);
  }

  /**
   * The interval of the change, as a ratio or in points.
   *
   * @param now the value of the run that is judged
   * @param inside the interval that the noise inside the runs alone would give
   */
  Interval widened(double now, Interval inside) {
    if (!share && !(now > 0)) {
      return inside;
    }
    double within = within(inside);
    Scatter usual = share ? USUAL_OF_SHARES : USUAL;
    Result result =
        new LevelComparison(1 - Interval.LEVEL)
            .compare(
                List.of(
                    new Levels(
                        Better.LOWER,
                        levels,
                        new double[] {share ? now : Math.log(now)},
                        within,
                        "",
                        usual.learn(levels, within),
                        1)))
            .getFirst();
    return share
        ? new Interval(result.low(), result.difference(), result.high())
        : new Interval(
            Math.exp(result.low()), Math.exp(result.difference()), Math.exp(result.high()));
  }

  /** The variance of one level by the noise inside a run: half that of a difference of two. */
  private double within(Interval inside) {
    double wide =
        share
            ? inside.high() - inside.low()
            : inside.low() > 0 ? Math.log(inside.high() / inside.low()) : Double.POSITIVE_INFINITY;
    double error = wide / BOTH_SIDES;
    return Double.isFinite(error) ? error * error / 2 : 1;
  }
}
