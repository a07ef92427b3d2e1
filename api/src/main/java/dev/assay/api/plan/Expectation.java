package dev.assay.api.plan;

import dev.assay.api.problem.Place;
import dev.assay.api.value.Comparison;
import org.jspecify.annotations.Nullable;

/**
 * What must hold on a check's evidence.
 *
 * @param metric a metric of the check's type
 * @param step the step it is restricted to, or null for all
 * @param statistic of the metric: {@code p95}, {@code max}, {@code mean}, {@code count}; {@code
 *     value} where the key names none
 * @param rule what it must be
 * @param samples the least number of samples that it may rest on, or null for the default of the
 *     statistic
 * @param implied whether Assay added it because no check may pass without it
 * @param place where it is written
 */
public record Expectation(
    String metric,
    @Nullable String step,
    String statistic,
    Rule rule,
    @Nullable Long samples,
    boolean implied,
    Place place) {

  /** What the statistic must be. */
  public sealed interface Rule {}

  /**
   * A bound.
   *
   * @param comparison such as {@code < 150 ms}
   */
  public record Bound(Comparison comparison) implements Rule {}

  /**
   * No regression against a baseline.
   *
   * @param baseline a branch, a run's id, or {@code previous}
   * @param by how much worse is still not worse; 0.05 is five per cent
   * @param firstRunPasses whether it holds while there is no baseline yet; else that is
   *     inconclusive
   * @param confirmed whether what is worse is measured once more before it is said, where the
   *     check's type can be repeated
   */
  public record NoWorseThan(String baseline, double by, boolean firstRunPasses, boolean confirmed)
      implements Rule {}

  /** The key as written: {@code latency[orders].p95}. */
  public String key() {
    String key = step == null ? metric : metric + "[" + step + "]";
    return statistic.equals("value") ? key : key + "." + statistic;
  }

  /** The whole as a person would write it: {@code latency.p95 < 150 ms}. */
  public String text() {
    return switch (rule) {
      case Bound bound -> key() + " " + bound.comparison();
      case NoWorseThan noWorse ->
          key()
              + " no worse than "
              + noWorse.baseline()
              + " by "
              + dev.assay.api.value.Unit.RATIO.format(noWorse.by());
    };
  }
}
