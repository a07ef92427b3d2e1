package dev.assay.stats.forecast;

import java.util.Arrays;

/**
 * Fills in what is missing: by the value a season or a week of seasons before, or just before,
 * whichever tells best of the values that are known.
 */
final class Gaps {

  private static final int FEWEST = 3;

  private Gaps() {}

  static double[] filled(double[] values, int season) {
    long known = Arrays.stream(values).filter(Double::isFinite).count();
    if (known < FEWEST) {
      throw new IllegalArgumentException(
          "a forecast needs " + FEWEST + " known values or more, not " + known);
    }
    if (known == values.length) {
      return values.clone();
    }
    int lag = 1;
    for (int other : new int[] {season, Forecaster.WEEK * season}) {
      if (other > 1 && off(values, other) < off(values, lag)) {
        lag = other;
      }
    }
    double[] filled = values.clone();
    double last = Arrays.stream(values).filter(Double::isFinite).findFirst().orElseThrow();
    for (int i = 0; i < filled.length; i++) {
      if (!Double.isFinite(filled[i])) {
        filled[i] = i >= lag ? filled[i - lag] : last;
      }
      last = filled[i];
    }
    return filled;
  }

  /** How much values differ from those before; infinite where too few have one. */
  private static double off(double[] values, int lag) {
    double sum = 0;
    int count = 0;
    for (int i = lag; i < values.length; i++) {
      double off = Math.abs(values[i] - values[i - lag]);
      if (Double.isFinite(off)) {
        sum += off;
        count++;
      }
    }
    return 3 * count < values.length ? Double.POSITIVE_INFINITY : sum / count;
  }
}
