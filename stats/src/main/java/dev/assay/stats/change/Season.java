package dev.assay.stats.change;

import dev.assay.stats.Periods;
import java.util.Arrays;

/**
 * Takes out what a series repeats with a fixed period: the median of what the same phase of up to
 * seven neighbouring periods lies above a running mean over a period, after Cleveland et al., "STL:
 * a seasonal-trend decomposition procedure based on loess" (1990) with medians for loess. A
 * sequence of levels must not pass for a season, so it is only taken out where that makes the
 * series much calmer.
 */
final class Season {

  private static final int CYCLES = 3;
  private static final int FEWEST_PERIODS = 4;
  private static final double CALMER = 0.5;

  private Season() {}

  /** The series without its season, or the same where it has none. */
  static double[] without(double[] values) {
    int n = values.length;
    int period = Periods.find(values);
    if (period < 4 || n < FEWEST_PERIODS * period) {
      return values;
    }
    double[] above = aboveRunningMean(values, period);
    double[] calm = new double[n];
    double with = 0;
    double without = 0;
    for (int i = 0; i < n; i++) {
      double season = phase(above, i, period);
      calm[i] = values[i] - season;
      with += above[i] * above[i];
      without += (above[i] - season) * (above[i] - season);
    }
    return without < CALMER * with && calmer(values, calm) ? calm : values;
  }

  /** Whether neighbours differ less: removing levels that happen to repeat does not calm them. */
  private static boolean calmer(double[] values, double[] calm) {
    double before = 0;
    double after = 0;
    for (int i = 1; i < values.length; i++) {
      before += Math.abs(values[i] - values[i - 1]);
      after += Math.abs(calm[i] - calm[i - 1]);
    }
    return after < 0.95 * before;
  }

  private static double phase(double[] above, int index, int period) {
    int n = above.length;
    double[] same = new double[2 * CYCLES + 1];
    int count = 0;
    int first = index - CYCLES * period;
    while (first < 0) {
      first += period;
    }
    while (first > index % period && first + 2 * CYCLES * period >= n) {
      first -= period;
    }
    for (int i = first; i < n && count < same.length; i += period) {
      same[count++] = above[i];
    }
    return Noise.median(Arrays.copyOf(same, count));
  }

  private static double[] aboveRunningMean(double[] values, int period) {
    int n = values.length;
    double[] sums = new double[n + 1];
    for (int i = 0; i < n; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    double[] above = new double[n];
    for (int i = 0; i < n; i++) {
      int from = Math.clamp(i - period / 2, 0, n - period);
      above[i] = values[i] - (sums[from + period] - sums[from]) / period;
    }
    return above;
  }
}
