package dev.assay.core.compare;

import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import dev.assay.core.judge.CheckLevels;
import dev.assay.stats.compare.Comparison.Answer;

/**
 * One metric of one check in two sets of runs. Immutable.
 *
 * @param check the check's id
 * @param key what is compared
 * @param metric what it is of
 * @param before over the runs of the baseline: their geometric mean, or the mean of shares
 * @param after over the runs of the candidate, likewise
 * @param low the lower end of the change, as a share of the baseline, or in points for shares
 * @param change the change
 * @param high its upper end
 * @param points whether the change is in points and not relative
 * @param limit the change below which nobody acts, likewise
 * @param answer what is said
 * @param probability of so clear a change in any of the metrics where there is none
 * @param furtherPairs how many more pairs of runs would decide; 0 where it is decided
 */
public record ComparedMetric(
    String check,
    CheckLevels.Key key,
    Metric metric,
    double before,
    double after,
    double low,
    double change,
    double high,
    boolean points,
    double limit,
    Answer answer,
    double probability,
    int furtherPairs) {

  /** A change for people: {@code +12.5 %}, {@code +0.3 points}. */
  public String signed(double value) {
    String text =
        Double.isInfinite(value)
            ? (value > 0 ? "any amount" : "-100 %")
            : (value > 0 ? "+" : "") + Unit.RATIO.format(rounded(value));
    return points ? text.replace(" %", " points") : text;
  }

  /** To a tenth of a per cent, and finer near nought, as more digits only tire. */
  private static double rounded(double value) {
    double unit = Math.abs(value) < 0.001 ? 1e-5 : Math.abs(value) < 0.1 ? 1e-4 : 1e-3;
    return Math.rint(value / unit) * unit;
  }

  /** Why the answer is what it is, in one sentence. */
  public String sentence() {
    String limits = points ? signed(limit).substring(1) : Unit.RATIO.format(limit);
    String what =
        key.text()
            + " of "
            + check
            + " is "
            + metric.unit().format(after)
            + ", was "
            + metric.unit().format(before)
            + ": "
            + signed(change)
            + " (99 % sure between "
            + signed(low)
            + " and "
            + signed(high)
            + ")";
    return what
        + switch (answer) {
          case WORSE -> ", which is worse by more than the " + limits + " that count.";
          case BETTER -> ", which is better by more than the " + limits + " that count.";
          case NOT_WORSE -> ", shown to be no more than " + limits + " worse.";
          case INCONCLUSIVE ->
              ", which does not decide; about "
                  + furtherPairs
                  + (furtherPairs == 1 ? " more pair" : " more pairs")
                  + " of runs would.";
        };
  }
}
