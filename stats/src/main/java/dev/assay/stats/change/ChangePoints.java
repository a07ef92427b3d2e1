package dev.assay.stats.change;

import dev.assay.stats.Interval;
import dev.assay.stats.change.ChangePoint.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Finds where a history changed. Thread-safe; the same values always give the same answer; shifting
 * all values or multiplying them does not move a point. Takes well under a second for 10,000
 * values.
 *
 * <ol>
 *   <li>Logarithms are taken of what scatters in proportion to its level ({@link Proportional}).
 *   <li>A season that repeats throughout is taken out ({@link Season}), spikes are drawn in where a
 *       series has such ({@link Spikes}).
 *   <li>The noise and its correlation are taken from differences ({@link Noise}).
 *   <li>The exact optimal partition into levels ({@link Partition}) gives candidates, of which
 *       those stay that are clear next to their neighbours ({@link StepTest}, {@link Significance})
 *       and that ranks confirm ({@link RankVote}).
 *   <li>What grows is partitioned into lines ({@link Lines}); they are taken where they describe
 *       the series better than levels (Schwarz, 1978).
 * </ol>
 */
public final class ChangePoints {

  /** In fewer values nothing is looked for. */
  static final int FEWEST = 8;

  /** Each model pays that for being the more complex one, in logarithms of the length. */
  private static final double FAVOUR_LEVELS = 2;

  /** How correlated noise may be in the choice of a model: a random walk explains any trend. */
  private static final double MOST_CORRELATED = 0.7;

  /** The likelihood ratio within which 95 % of change points are (Eo and Morley, 2015). */
  private static final double WITHIN = 7.35;

  private static final Interval UNKNOWN =
      new Interval(Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY);

  private ChangePoints() {}

  /**
   * The change points of a series, by index.
   *
   * @param values in order; NaN and infinite ones are missing
   */
  public static List<ChangePoint> find(double[] values) {
    int[] present =
        IntStream.range(0, values.length).filter(i -> Double.isFinite(values[i])).toArray();
    double[] known = Arrays.stream(present).mapToDouble(i -> values[i]).toArray();
    if (known.length < FEWEST || constant(known)) {
      return List.of();
    }
    boolean logarithms = Proportional.is(known);
    double[] taken = logarithms ? Arrays.stream(known).map(Math::log).toArray() : known;
    Scale scale = Scale.of(taken, logarithms);
    double[] plain = Season.without(scale.centred(taken));
    double[] clipped = Spikes.clipped(plain);
    Levels levels = new Levels(List.of(new Column(plain, clipped)));
    int[] cuts = levels.cuts();
    if (known.length >= 3 * FEWEST) {
      Lines lines = new Lines(plain, clipped);
      int[] bends = lines.cuts();
      double bendy = criterion(Lines.rest(clipped, bends), lines.column(), 3 * bends.length + 2);
      double stairs = criterion(Levels.rest(clipped, cuts), levels.first(), 2 * cuts.length + 1);
      if (bendy < stairs - FAVOUR_LEVELS * Math.log(known.length)) {
        return IntStream.range(0, bends.length)
            .mapToObj(i -> bend(lines, bends, i, present, scale))
            .toList();
      }
    }
    return IntStream.range(0, cuts.length)
        .mapToObj(i -> step(levels, List.of(scale), cuts, i, present))
        .toList();
  }

  /**
   * The points at which several series of the same length change together, such as the metrics of
   * one check. Each point describes the series in which it is largest. Looks for levels only.
   *
   * @param series one array for each, of the same length; a missing value is taken for the one
   *     before it
   */
  public static List<ChangePoint> find(double[][] series) {
    if (series.length == 1) {
      return find(series[0]);
    }
    List<Column> columns = new ArrayList<>();
    List<Scale> scales = new ArrayList<>();
    for (double[] values : series) {
      if (values.length != series[0].length) {
        throw new IllegalArgumentException("series of one history are of one length");
      }
      double[] known = filled(values);
      if (known.length >= FEWEST && !constant(known)) {
        Scale scale = Scale.of(known, false);
        double[] plain = Season.without(scale.centred(known));
        columns.add(new Column(plain, Spikes.clipped(plain)));
        scales.add(scale);
      }
    }
    if (columns.isEmpty()) {
      return List.of();
    }
    Levels levels = new Levels(columns);
    int[] cuts = levels.cuts();
    int[] present = IntStream.range(0, series[0].length).toArray();
    return IntStream.range(0, cuts.length)
        .mapToObj(i -> step(levels, scales, cuts, i, present))
        .toList();
  }

  private static double[] filled(double[] values) {
    double last = Arrays.stream(values).filter(Double::isFinite).findFirst().orElse(0);
    double[] filled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      last = Double.isFinite(values[i]) ? values[i] : last;
      filled[i] = last;
    }
    return filled;
  }

  /** Takes values near 0 and 1, so that sums of squares stay exact in any unit. */
  private record Scale(double middle, double unit, boolean logarithms) {
    static Scale of(double[] values, boolean logarithms) {
      double middle = Noise.median(values.clone());
      double sum = 0;
      for (double value : values) {
        sum += Math.abs(value - middle);
      }
      return new Scale(middle, sum / values.length, logarithms);
    }

    double[] centred(double[] values) {
      return Arrays.stream(values).map(value -> (value - middle) / unit).toArray();
    }

    double back(double value) {
      double taken = middle + unit * value;
      return logarithms ? Math.exp(taken) : taken;
    }
  }

  private static boolean constant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  /** Schwarz's criterion of what a model leaves, whitened. */
  private static double criterion(double[] rest, Column column, int parameters) {
    double rho = Math.min(column.correlation, MOST_CORRELATED);
    int n = rest.length;
    double squares = rest[0] * rest[0] * (1 - rho * rho);
    for (int i = 1; i < n; i++) {
      double white = rest[i] - rho * rest[i - 1];
      squares += white * white;
    }
    return n * Math.log(squares / n + 1e-12) - Math.log(1 - rho * rho) + parameters * Math.log(n);
  }

  private static ChangePoint step(
      Levels levels, List<Scale> scales, int[] cuts, int i, int[] present) {
    int at = cuts[i];
    int from = i == 0 ? 0 : cuts[i - 1];
    int to = i == cuts.length - 1 ? present.length : cuts[i + 1];
    int widest = levels.clearest(from, at, to);
    Column column = levels.column(widest);
    Scale scale = scales.get(widest);
    int[] range = range(at, from + 2, to - 2, t -> levels.statistic(from, t, to));
    double before = mean(column.clipped, from, at);
    double after = mean(column.clipped, at, to);
    double error = scale.unit() * column.deviation() * Math.sqrt(column.inflation());
    return new ChangePoint(
        present[at],
        present[range[0]],
        present[range[1]],
        Kind.LEVEL,
        scale.back(before),
        scale.back(after),
        relative(scale, before, error / Math.sqrt(at - from), after, error / Math.sqrt(to - at)),
        (after - before) / column.deviation(),
        1 - Significance.tail(levels.statistic(from, at, to), present.length, scales.size()));
  }

  private static ChangePoint bend(Lines lines, int[] cuts, int i, int[] present, Scale scale) {
    int at = cuts[i];
    int from = i == 0 ? 0 : cuts[i - 1];
    int to = i == cuts.length - 1 ? present.length : cuts[i + 1];
    double[] left = lines.column().sums.fit(from, at);
    double[] right = lines.column().sums.fit(at, to);
    double apart = right[0] + right[1] * (to - 1 - at) - left[0] - left[1] * (to - 1 - from);
    int[] range = range(at, from + 3, to - 3, t -> lines.statistic(from, t, to));
    return new ChangePoint(
        present[at],
        present[range[0]],
        present[range[1]],
        Kind.SLOPE,
        scale.back(left[0] + left[1] * (at - from)),
        scale.back(right[0]),
        UNKNOWN,
        apart / lines.column().deviation(),
        1 - Significance.tail(lines.statistic(from, at, to), present.length, 2));
  }

  /** The places next to each other at which the statistic is nearly as good. */
  private static int[] range(int at, int first, int last, IntToDoubleFunction statistic) {
    double best = statistic.applyAsDouble(at);
    double least = best * best - WITHIN;
    int low = at;
    while (low > first && square(statistic.applyAsDouble(low - 1)) >= least) {
      low--;
    }
    int high = at;
    while (high < last && square(statistic.applyAsDouble(high + 1)) >= least) {
      high++;
    }
    return new int[] {low, high};
  }

  private static double square(double value) {
    return value * value;
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }

  /** The relative change of two levels, by the delta method on logarithms. */
  private static Interval relative(
      Scale scale, double from, double beforeError, double to, double afterError) {
    double before = scale.back(from);
    double after = scale.back(to);
    if (!(before > 0 && after > 0)) {
      return UNKNOWN;
    }
    double error =
        scale.logarithms
            ? Math.hypot(beforeError, afterError)
            : Math.hypot(beforeError / before, afterError / after);
    double ratio = after / before;
    double spread = Math.exp(1.959963984540054 * error);
    return new Interval(ratio / spread - 1, ratio - 1, ratio * spread - 1);
  }
}
