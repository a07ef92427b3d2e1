package dev.assay.stats.change;

/**
 * How large the clearest of many looks for a step becomes where there is none: the tail of the
 * greatest of the standardised sums over all places of a series (James, James and Siegmund, "Tests
 * for a change-point", Biometrika 74, 1987).
 */
final class Significance {

  private Significance() {}

  /** Probability that the clearest place of a series without a step is at least that clear. */
  static double tail(double statistic, int n, int columns) {
    double b = reduced(statistic, columns);
    if (b < 1.5) {
      return 1;
    }
    double edge = Math.max(2, n - 1);
    double density = Math.exp(-b * b / 2) / Math.sqrt(2 * Math.PI);
    double tail = b * density * (2 * Math.log(edge) * (1 - 1 / (b * b)) + 4 / (b * b));
    return Math.min(1, tail);
  }

  /** The statistic that is reached with that probability. */
  static double needed(double probability, int n, int columns) {
    double low = 1.5;
    double high = 60;
    for (int i = 0; i < 50; i++) {
      double middle = (low + high) / 2;
      if (tail(middle, n, columns) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * A statistic of several columns as one of a single column as clear (Wilson and Hilferty, 1931).
   */
  private static double reduced(double statistic, int columns) {
    if (columns == 1) {
      return statistic;
    }
    double k = columns;
    double cube = Math.cbrt(statistic * statistic / k);
    double z = (cube - (1 - 2 / (9 * k))) / Math.sqrt(2 / (9 * k));
    // one-sided normal tail to a two-sided one of a single column
    return Math.max(0, Math.sqrt(z * Math.abs(z) + 2 * Math.log(2)));
  }
}
