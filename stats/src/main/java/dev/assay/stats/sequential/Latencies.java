package dev.assay.stats.sequential;

import java.util.Arrays;

/**
 * Is the candidate slower than the control beside it? In each look the samples of both are ranked
 * together; if they come from one distribution, whatever it is and however it changes from look to
 * look, how many of the slowest half, quarter, tenth, twentieth and hundredth are the candidate's
 * is hypergeometric. The evidence is the average over those shares, so a slower median shows as
 * well as a slower tail. In the manner of Duan, Ramdas and Wasserman, "Interactive rank testing by
 * betting" (CLeaR 2022).
 *
 * <p>Samples are taken for independent given the look. Where requests of a second are slow
 * together, give each second's median or quantile to {@link Pairs}. Not thread-safe.
 */
public final class Latencies implements EProcess {

  private static final double[] SLOWEST = {0.5, 0.25, 0.1, 0.05, 0.01};

  private final ErrorRates[] parts = new ErrorRates[SLOWEST.length];
  private double now;
  private double highest;

  /** Any slowdown counts. */
  public Latencies() {
    Arrays.setAll(parts, i -> new ErrorRates());
  }

  /**
   * One look: the samples since the one before, in any unit and order; higher is worse.
   *
   * @param control finite values; with none on a side nothing is learnt
   */
  public void look(double[] control, double[] candidate) {
    double[] all = Arrays.copyOf(control, control.length + candidate.length);
    System.arraycopy(candidate, 0, all, control.length, candidate.length);
    Arrays.sort(all);
    double sum = 0;
    for (int i = 0; i < SLOWEST.length; i++) {
      if (control.length > 0 && candidate.length > 0) {
        double threshold = all[(int) Math.floor((all.length - 1) * (1 - SLOWEST[i]))];
        parts[i].look(
            above(control, threshold),
            control.length,
            above(candidate, threshold),
            candidate.length);
      }
      sum += Math.exp(Math.min(600, parts[i].logValue())) / SLOWEST.length;
    }
    now = Math.log(sum);
    highest = Math.max(highest, now);
  }

  private static long above(double[] values, double threshold) {
    long count = 0;
    for (double value : values) {
      count += value > threshold ? 1 : 0;
    }
    return count;
  }

  /** How many of the slower half of all samples fell on which share of them. */
  public Excess excess() {
    return parts[0].excess();
  }

  @Override
  public double logValue() {
    return now;
  }

  @Override
  public double logHighest() {
    return highest;
  }
}
