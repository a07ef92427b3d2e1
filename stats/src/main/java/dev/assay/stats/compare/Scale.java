package dev.assay.stats.compare;

import dev.assay.stats.Interval;
import java.util.Arrays;

/**
 * Samples as numbers of which differences are relative changes and higher ones are worse.
 *
 * @param sign 1 where lower samples are better, otherwise -1
 * @param unit of what cannot be taken the logarithm of; 0 where all can
 */
record Scale(int sign, double unit) {

  static Scale of(Better better, double[][] baseline, double[][] candidate) {
    int sign = better == Better.LOWER ? 1 : -1;
    return new Scale(
        sign, positive(baseline) && positive(candidate) ? 0 : unit(baseline, candidate));
  }

  private static boolean positive(double[][] runs) {
    return Arrays.stream(runs).flatMapToDouble(Arrays::stream).allMatch(value -> value > 0);
  }

  private static double unit(double[][] baseline, double[][] candidate) {
    double usual = size(baseline);
    double other = usual > 0 ? usual : size(candidate);
    return other > 0 ? other : 1;
  }

  private static double size(double[][] runs) {
    return Arrays.stream(runs)
        .mapToDouble(run -> Arrays.stream(run).map(Math::abs).average().orElse(0))
        .average()
        .orElse(0);
  }

  double[][] apply(double[][] runs) {
    return Arrays.stream(runs)
        .map(run -> Arrays.stream(run).map(value -> sign * plain(value)).toArray())
        .toArray(double[][]::new);
  }

  private double plain(double value) {
    return unit == 0 ? Math.log(value) : value / unit;
  }

  /** A difference and half the width of its interval as a relative change of the samples. */
  Interval relative(double difference, double half) {
    double middle = sign * difference;
    return new Interval(back(middle - half), back(middle), back(middle + half));
  }

  private double back(double difference) {
    return unit == 0 ? Math.expm1(difference) : difference;
  }
}
