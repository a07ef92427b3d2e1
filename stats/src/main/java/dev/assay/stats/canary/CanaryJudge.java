package dev.assay.stats.canary;

import dev.assay.stats.Interval;
import dev.assay.stats.canary.Judgement.Answer;
import dev.assay.stats.sequential.EProcess;
import dev.assay.stats.sequential.ErrorRates;
import dev.assay.stats.sequential.Latencies;
import java.util.Arrays;

/**
 * Judges a canary by all samples since its start, as often as one likes: the error of 5 % is that
 * of all looks together. The samples of both sides are cut into looks in their order, so what
 * changes for both at once cancels; a look that is once complete never changes, so the evidence of
 * a longer series continues that of its beginning.
 *
 * <p>Values that are all 0 or 1 are events: their rates are compared ({@link ErrorRates}). Others
 * are compared by ranks ({@link Latencies}), whatever their distribution. Where neighbours are
 * alike, several of them count as one. Thread-safe.
 */
public final class CanaryJudge {

  /** The probability of an alarm about a healthy canary, over all looks. */
  public static final double ERROR = 0.05;

  /** The relative change below which a canary may be called not worse. */
  public static final double PRACTICAL_LIMIT = 0.1;

  /** Nobody asks first whether a canary is better. */
  private static final double BETTER_ERROR = 0.02;

  private static final int LOOK = 50;
  private static final int MOST_TOGETHER = 50;

  private final boolean lowerIsBetter;
  private final double limit;

  /**
   * @param lowerIsBetter of latencies and errors; false of throughput and successes
   * @param limit up to which relative change of the median or rate it may be called not worse
   */
  public CanaryJudge(boolean lowerIsBetter, double limit) {
    if (!(limit > 0 && Double.isFinite(limit))) {
      throw new IllegalArgumentException("a practical limit is above 0, not " + limit);
    }
    this.lowerIsBetter = lowerIsBetter;
    this.limit = limit;
  }

  /**
   * What the samples so far say.
   *
   * @param control in the order of time; NaN and infinite ones are left out
   * @param canary likewise, of the same time
   */
  public Judgement judge(double[] control, double[] canary) {
    double[] before = Arrays.stream(control).filter(Double::isFinite).toArray();
    double[] after = Arrays.stream(canary).filter(Double::isFinite).toArray();
    if (before.length == 0 || after.length == 0) {
      Interval nothing =
          new Interval(Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY);
      return new Judgement(Answer.INCONCLUSIVE, 1, nothing, 0, 0, Double.NaN);
    }
    boolean events = binary(before) && binary(after);
    int together = Math.max(Neighbours.alike(before), Neighbours.alike(after));
    together = Math.min(together, Math.min(MOST_TOGETHER, 1 + after.length / 20));
    double[] left = Neighbours.joined(before, together, events);
    double[] right = Neighbours.joined(after, together, events);
    double worse = events ? events(left, right, lowerIsBetter) : ranks(left, right, lowerIsBetter);
    double better =
        events ? events(left, right, !lowerIsBetter) : ranks(left, right, !lowerIsBetter);
    Interval all = events ? Effects.ofRates(before, after) : Effects.ofMedians(before, after);
    // as sure as so many samples as count, around what all say
    Interval sure = events ? Effects.ofRates(left, right) : Effects.ofMedians(left, right);
    Interval effect = together == 1 ? all : Effects.around(all.estimate(), sure);
    boolean mirrored = events && !lowerIsBetter;
    long[] excess = excess(before, after, events);
    double share = after.length / (double) (before.length + after.length);
    return new Judgement(
        answer(worse, better, effect, mirrored), worse, effect, excess[0], excess[1], share);
  }

  private Answer answer(double worse, double better, Interval effect, boolean mirrored) {
    if (worse >= 1 / ERROR && worse >= better) {
      return Answer.WORSE;
    }
    if (better >= 1 / BETTER_ERROR) {
      return Answer.BETTER;
    }
    boolean within = lowerIsBetter ? effect.high() <= limit : effect.low() >= -limit;
    return within && !mirrored ? Answer.NOT_WORSE : Answer.INCONCLUSIVE;
  }

  private static boolean binary(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == 0 || value == 1);
  }

  private static double events(double[] control, double[] canary, boolean moreIsWorse) {
    ErrorRates rates = new ErrorRates();
    int looks = looks(canary, control);
    for (int i = 0; i < looks; i++) {
      double[] left = look(control, i, looks);
      double[] right = look(canary, i, looks);
      long hits = count(left, moreIsWorse ? 1 : 0);
      rates.look(hits, left.length, count(right, moreIsWorse ? 1 : 0), right.length);
    }
    return highest(rates);
  }

  private static double ranks(double[] control, double[] canary, boolean higherIsWorse) {
    Latencies latencies = new Latencies();
    int looks = looks(canary, control);
    for (int i = 0; i < looks; i++) {
      latencies.look(
          signed(look(control, i, looks), higherIsWorse),
          signed(look(canary, i, looks), higherIsWorse));
    }
    return highest(latencies);
  }

  private static double highest(EProcess process) {
    return Math.exp(Math.min(600, process.logHighest()));
  }

  private static int looks(double[] canary, double[] control) {
    return Math.max(1, Math.min(canary.length, control.length) / LOOK);
  }

  private static double[] look(double[] values, int i, int looks) {
    int from = (int) ((long) values.length * i / looks);
    int to = (int) ((long) values.length * (i + 1) / looks);
    return Arrays.copyOfRange(values, from, to);
  }

  private static double[] signed(double[] values, boolean higherIsWorse) {
    return higherIsWorse ? values : Arrays.stream(values).map(value -> -value).toArray();
  }

  private static long count(double[] values, double wanted) {
    return Arrays.stream(values).filter(value -> value == wanted).count();
  }

  private long[] excess(double[] control, double[] canary, boolean events) {
    if (events) {
      int wanted = lowerIsBetter ? 1 : 0;
      long hits = count(canary, wanted);
      return new long[] {hits, hits + count(control, wanted)};
    }
    double[] all = Arrays.copyOf(control, control.length + canary.length);
    System.arraycopy(canary, 0, all, control.length, canary.length);
    Arrays.sort(all);
    double middle = all[all.length / 2];
    long hits = beyond(canary, middle);
    return new long[] {hits, hits + beyond(control, middle)};
  }

  private long beyond(double[] values, double middle) {
    return Arrays.stream(values)
        .filter(value -> lowerIsBetter ? value > middle : value < middle)
        .count();
  }
}
