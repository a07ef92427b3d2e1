package dev.assay.core.compare;

import dev.assay.api.spi.Metric;
import dev.assay.stats.Interval;
import dev.assay.stats.Proportions;
import dev.assay.stats.compare.Better;
import dev.assay.stats.compare.Comparison.Answer;
import dev.assay.stats.compare.LevelComparison;
import dev.assay.stats.compare.Levels;
import dev.assay.stats.compare.Scatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs of runs of the same code ({@code assay compare --a-a}), of which each difference that is
 * found is a false alarm: how often a check gives one is measured and not promised.
 */
public final class SameCode {

  /** The label of such a run. */
  public static final String LABEL = "a-a";

  private SameCode() {}

  /**
   * How often a check gave a false alarm. Immutable.
   *
   * @param pairs how many pairs of runs of the same code there are
   * @param alarms in how many of them anything was called different
   */
  public record Rate(int pairs, int alarms) {
    /** In one sentence. */
    public String sentence() {
      Interval interval = Proportions.interval(alarms, pairs);
      return "Unchanged code was called different in "
          + alarms
          + " of "
          + pairs
          + " A/A pairs, so at most "
          + Math.round(interval.high() * 100)
          + " % of its alarms by single runs are false ones (95 % sure).";
    }
  }

  /** The two runs of one pair, as indexes of points. */
  private static final class Pair {
    private int before = -1;
    private int after = -1;
  }

  /**
   * How often one check gave a false alarm: each pair is judged as two runs of a history that holds
   * all the others.
   *
   * @param trends the numbers of the check that count
   */
  public static Rate rate(List<Trend> trends) {
    Map<String, List<Levels>> pairs = new LinkedHashMap<>();
    trends.forEach(trend ->
        pairsOf(trend)
            .forEach((name, pair) ->
                pairs.computeIfAbsent(name, _ -> new ArrayList<>()).add(levels(trend, pair))));
    LevelComparison comparison = new LevelComparison(LevelComparison.ERROR);
    int alarms = 0;
    for (List<Levels> numbers : pairs.values()) {
      boolean alarm =
          comparison.compare(numbers).stream()
              .anyMatch(one -> one.answer() == Answer.WORSE || one.answer() == Answer.BETTER);
      alarms += alarm ? 1 : 0;
    }
    return new Rate(pairs.size(), alarms);
  }

  private static Map<String, Pair> pairsOf(Trend trend) {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    for (int i = 0; i < trend.points().size(); i++) {
      Map<String, String> labels = trend.points().get(i).run().labels();
      String name = labels.getOrDefault(BaselineChoice.PAIR, "");
      int letter = name.lastIndexOf('/');
      if (labels.containsKey(LABEL) && letter > 0) {
        Pair pair = pairs.computeIfAbsent(name.substring(0, letter), _ -> new Pair());
        if (name.endsWith("/B")) {
          pair.before = i;
        } else {
          pair.after = i;
        }
      }
    }
    pairs.values().removeIf(pair -> pair.before < 0 || pair.after < 0);
    return pairs;
  }

  private static Levels levels(Trend trend, Pair pair) {
    boolean share = trend.metric().shape() == Metric.Shape.PROPORTION;
    double[] values = trend.values();
    double[] others = new double[values.length - 2];
    int next = 0;
    for (int i = 0; i < values.length; i++) {
      if (i != pair.before && i != pair.after) {
        others[next++] = level(values[i], share);
      }
    }
    RunsComparison.Wanted usual = RunsComparison.Wanted.ALL;
    Scatter scatter =
        share
            ? new Scatter(usual.points() / 5, Scatter.USUAL.freedom())
            : trend.key().tail() ? Scatter.USUAL_OF_TAILS : Scatter.USUAL;
    double by = trend.key().tail() ? 3 * usual.by() : usual.by();
    return new Levels(
        Better.LOWER,
        new double[] {level(values[pair.before], share)},
        new double[] {level(values[pair.after], share)},
        0,
        "",
        scatter.learn(others, 0),
        share ? usual.points() : Math.log1p(by));
  }

  /** What is not above 0 has no logarithm; a number that small is no number to be late by. */
  private static double level(double value, boolean share) {
    return share ? value : Math.log(Math.max(value, 1e-9));
  }
}
