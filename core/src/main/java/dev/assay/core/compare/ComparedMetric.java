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
 * @param most how much worse it is at the most, 95 % sure, likewise; below 0 it is better
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
    double most,
    boolean points,
    double limit,
    Answer answer,
    double probability,
    int furtherPairs) {

  /** From so many pairs on nobody makes them. */
  private static final int MANY = 200;

  /** The same where it did not come again. */
  public ComparedMetric undecided() {
    return new ComparedMetric(
        check,
        key,
        metric,
        before,
        after,
        low,
        change,
        high,
        most,
        points,
        limit,
        Answer.INCONCLUSIVE,
        probability,
        Math.max(1, furtherPairs));
  }

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
            + signed(change);
    String between = " (99 % sure between " + signed(low) + " and " + signed(high) + ")";
    return what
        + switch (answer) {
          case WORSE -> between + ", which is worse by more than the " + limits + " that count.";
          case BETTER -> between + ", which is better by more than the " + limits + " that count.";
          case NOT_WORSE -> ", and 95 % sure " + range() + "; up to " + limits + " is let pass.";
          case INCONCLUSIVE ->
              between
                  + (low > 0 || high < 0
                      ? ", which so few runs do not decide; "
                      : ", which does not decide; ")
                  + more(furtherPairs)
                  + ".";
        };
  }

  /** How many more pairs it takes, for people. */
  static String more(int pairs) {
    return pairs >= MANY
        ? "more pairs of runs than are worth making would"
        : "about " + pairs + (pairs == 1 ? " more pair" : " more pairs") + " of runs would";
  }

  /** Where the change lies, in few words: the bound that shows it to be no worse, or both ends. */
  public String range() {
    if (answer != Answer.NOT_WORSE) {
      return signed(low) + " … " + signed(high);
    }
    String size = signed(Math.abs(most)).replace("+", "");
    return most <= 0 ? "at least " + size + " better" : "at most " + size + " worse";
  }
}
