package dev.assay.stats.forecast;

import java.util.Arrays;

/** Fills in what is missing: by a season before, or else by the last known value. */
final class Gaps {

  private static final int FEWEST = 3;

  private Gaps() {}

  static double[] filled(double[] values, int season) {
    long known = Arrays.stream(values).filter(Double::isFinite).count();
    if (known < FEWEST) {
      throw new IllegalArgumentException(
          "a forecast needs " + FEWEST + " known values or more, not " + known);
    }
    double[] filled = values.clone();
    double last = Arrays.stream(values).filter(Double::isFinite).findFirst().orElseThrow();
    for (int i = 0; i < filled.length; i++) {
      if (!Double.isFinite(filled[i])) {
        filled[i] = season > 1 && i >= season ? filled[i - season] : last;
      }
      last = filled[i];
    }
    return filled;
  }
}
