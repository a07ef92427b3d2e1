package dev.assay.stats.canary;

import java.util.Arrays;

/**
 * Classifies a metric of a canary as Kayenta's judge does, for configurations that come from there:
 * the interval of the shift between both (Hodges and Lehmann, 1963; by the normal approximation of
 * Mann and Whitney's test, 1947, at 98 %) has to lie beyond a quarter of the shift itself. It looks
 * once: whoever asks again and again has more false alarms than two in a hundred. Thread-safe.
 */
public final class KayentaJudge {

  /** The normal distribution's quantile for 98 %, two-sided. */
  private static final double Z = 2.3263478740408408;

  private static final double TOLERANCE = 0.25;
  private static final int HALVINGS = 100;

  /** In which direction a metric fails. */
  public enum Direction {
    /** When it rises. */
    INCREASE,
    /** When it falls. */
    DECREASE,
    /** When it changes. */
    EITHER
  }

  /** What a metric is. */
  public enum Classification {
    /** As the control. */
    PASS,
    /** Higher. */
    HIGH,
    /** Lower. */
    LOW,
    /** Without values on a side. */
    NODATA
  }

  private KayentaJudge() {}

  /**
   * Classifies.
   *
   * @param control in any order; NaN and infinite ones are left out
   * @param experiment likewise
   */
  public static Classification classify(
      double[] control, double[] experiment, Direction direction) {
    double[] before = Arrays.stream(control).filter(Double::isFinite).sorted().toArray();
    double[] after = Arrays.stream(experiment).filter(Double::isFinite).sorted().toArray();
    if (before.length == 0 || after.length == 0) {
      return Classification.NODATA;
    }
    double lowest = after[0] - before[before.length - 1];
    double highest = after[after.length - 1] - before[0];
    if (Arrays.equals(before, after) || lowest == highest && lowest == 0) {
      return Classification.PASS;
    }
    double bound = TOLERANCE * Math.abs(shift(before, after, 0));
    if (direction != Direction.DECREASE && shift(before, after, Z) > bound) {
      return Classification.HIGH;
    }
    if (direction != Direction.INCREASE && shift(before, after, -Z) < -bound) {
      return Classification.LOW;
    }
    return Classification.PASS;
  }

  /** The shift after which the experiment ranks so many deviations above the control. */
  private static double shift(double[] control, double[] experiment, double z) {
    double low = experiment[0] - control[control.length - 1];
    double high = experiment[experiment.length - 1] - control[0];
    double m = control.length;
    double n = experiment.length;
    double wanted = m * n / 2 + z * Math.sqrt(m * n * (m + n + 1) / 12);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (above(control, experiment, middle) > wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** How many pairs have the shifted experiment above the control; equal ones count half. */
  private static double above(double[] control, double[] experiment, double shift) {
    double count = 0;
    int less = 0;
    int notMore = 0;
    for (double value : experiment) {
      double moved = value - shift;
      while (less < control.length && control[less] < moved) {
        less++;
      }
      while (notMore < control.length && control[notMore] <= moved) {
        notMore++;
      }
      count += (less + notMore) / 2.0;
    }
    return count;
  }
}
