package dev.assay.stats;

/**
 * Finds the period with which a series repeats, by the highest peak of its autocorrelation without
 * trend (Box and Jenkins, 1970; the peak has to stand above the valleys beside it, as in Vlachos,
 * Yu and Castelli, "On periodicity detection and structural periodic similarity", SDM 2005).
 * Thread-safe.
 */
public final class Periods {

  private static final int SHORTEST = 4;
  private static final int LONGEST = 2500;
  private static final double CLEAR = 0.35;
  private static final double ABOVE_VALLEY = 0.15;

  private Periods() {}

  /**
   * The period in points, or 1 where the series does not repeat clearly.
   *
   * @param values without missing ones; fewer than three periods show none
   */
  public static int find(double[] values) {
    int n = values.length;
    int longest = Math.min(LONGEST, n / 3);
    if (longest < SHORTEST) {
      return 1;
    }
    double[] rest = withoutTrend(values);
    double power = 0;
    for (double value : rest) {
      power += value * value;
    }
    if (!(power > 0)) {
      return 1;
    }
    double[] correlation = new double[longest + 2];
    for (int lag = 1; lag <= Math.min(longest + 1, n - 1); lag++) {
      double sum = 0;
      for (int i = lag; i < n; i++) {
        sum += rest[i] * rest[i - lag];
      }
      correlation[lag] = sum / power * n / (n - lag);
    }
    return peak(correlation, longest, Math.max(CLEAR, 3 / Math.sqrt(n)));
  }

  /** The first peak that is nearly as high as the highest: its multiples are about as high. */
  private static int peak(double[] correlation, int longest, double clear) {
    double highest = 0;
    double valley = 1;
    for (int lag = 2; lag <= longest; lag++) {
      valley = Math.min(valley, correlation[lag]);
      if (isPeak(correlation, lag) && correlation[lag] - valley > ABOVE_VALLEY) {
        highest = Math.max(highest, correlation[lag]);
      }
    }
    if (highest < clear) {
      return 1;
    }
    valley = 1;
    for (int lag = 2; lag <= longest; lag++) {
      valley = Math.min(valley, correlation[lag]);
      if (lag >= SHORTEST
          && isPeak(correlation, lag)
          && correlation[lag] - valley > ABOVE_VALLEY
          && correlation[lag] > 0.9 * highest) {
        return lag;
      }
    }
    return 1;
  }

  private static boolean isPeak(double[] correlation, int lag) {
    return correlation[lag] >= correlation[lag - 1] && correlation[lag] >= correlation[lag + 1];
  }

  /** What is left around the least-squares line. */
  private static double[] withoutTrend(double[] values) {
    int n = values.length;
    double centre = (n - 1) / 2.0;
    double sum = 0;
    double product = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      sum += values[i];
      product += (i - centre) * values[i];
      squares += (i - centre) * (i - centre);
    }
    double slope = product / squares;
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = values[i] - sum / n - slope * (i - centre);
    }
    return rest;
  }
}
