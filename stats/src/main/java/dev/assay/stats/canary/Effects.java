package dev.assay.stats.canary;

import dev.assay.stats.Interval;
import dev.assay.stats.sequential.ConfidenceSequence;
import java.util.Arrays;

/** How much a canary differs, with intervals that hold at all times at once. */
final class Effects {

  private Effects() {}

  /** The relative change of the rate of events. */
  static Interval ofRates(double[] control, double[] canary) {
    long left = (long) Arrays.stream(control).sum();
    long right = (long) Arrays.stream(canary).sum();
    Interval ratio = ConfidenceSequence.ratio(left, control.length, right, canary.length);
    return new Interval(ratio.low() - 1, ratio.estimate() - 1, ratio.high() - 1);
  }

  /**
   * The relative change of the median: the order statistics that a confidence sequence of a
   * proportion of a half spans (Howard and Ramdas, "Sequential estimation of quantiles", Bernoulli
   * 28, 2022), of both sides joined on logarithms (Donner and Zou, 2012).
   */
  static Interval ofMedians(double[] control, double[] canary) {
    double[] left = median(control);
    double[] right = median(canary);
    if (!(left[1] > 0 && right[1] > 0)) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY);
    }
    double effect = Math.log(right[1] / left[1]);
    double low = Math.hypot(log(right[1], right[0]), log(left[2], left[1]));
    double high = Math.hypot(log(right[2], right[1]), log(left[1], left[0]));
    return new Interval(Math.expm1(effect - low), Math.expm1(effect), Math.expm1(effect + high));
  }

  /** An interval of relative changes, moved to another estimate on logarithms. */
  static Interval around(double estimate, Interval interval) {
    double times = (1 + estimate) / (1 + interval.estimate());
    double low = (1 + interval.low()) * times - 1;
    double high = (1 + interval.high()) * times - 1;
    return low <= estimate && estimate <= high
        ? new Interval(low, estimate, high)
        : new Interval(-1, estimate, Double.POSITIVE_INFINITY);
  }

  private static double log(double above, double below) {
    return below > 0 ? Math.log(above / below) : Double.POSITIVE_INFINITY;
  }

  private static double[] median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    Interval share = ConfidenceSequence.proportion(n / 2, n);
    int low = (int) Math.floor(share.low() * n) - 1;
    int high = (int) Math.ceil(share.high() * n);
    return new double[] {
      low < 0 ? 0 : sorted[low], sorted[n / 2], high >= n ? Double.POSITIVE_INFINITY : sorted[high]
    };
  }
}
