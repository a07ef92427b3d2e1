package dev.assay.stats.change;

import java.util.Arrays;

/**
 * What a series does when nothing changes: the standard deviation of its innovations and how much
 * of a deviation is left at the next point. Both come from medians of differences, which a few
 * level shifts, a constant slope and a few spikes do not reach.
 *
 * <p>Source: Chakar, Lebarbier, Lévy-Leduc and Robin, "A robust approach for estimating
 * change-points in the mean of an AR(1) process" (Bernoulli 23, 2017), whose ratio of the scales of
 * second and first differences is the correlation; Romano, Rigaill, Runge and Fearnhead, "Detecting
 * abrupt changes in the presence of local fluctuations and autocorrelated noise" (JASA 117, 2022),
 * who show what becomes of change points where it is left out.
 *
 * @param innovation standard deviation of what is new in each point, 0 or more
 * @param correlation of neighbours, 0 to {@link #STRONGEST}
 */
record Noise(double innovation, double correlation) {

  static final double STRONGEST = 0.97;

  private static final double BOUND = 2;

  /** Variance of a standard normal variable that is drawn in to two. */
  private static final double BOUNDED_VARIANCE = 0.9205;

  private static final double NORMAL = 1.482602218505602;

  /** Of a series without missing values. */
  static Noise of(double[] values) {
    double first = spread(values, 1);
    double second = spread(values, 2);
    if (!(first > 0)) {
      double deviation = rms(values);
      return new Noise(deviation, 0);
    }
    double correlation = Math.clamp(second * second / (first * first) - 1, 0, STRONGEST);
    double variance = first * first / (2 * (1 - correlation));
    return new Noise(Math.sqrt(variance * (1 - correlation * correlation)), correlation);
  }

  /** Standard deviation of the values around their level. */
  double deviation() {
    return innovation / Math.sqrt(1 - correlation * correlation);
  }

  /** The same if the correlation were that, given what neighbours differ by. */
  double deviation(double other) {
    return deviation() * Math.sqrt((1 - correlation) / (1 - other));
  }

  /** How many points one independent point is worth. */
  double inflation() {
    return (1 + correlation) / (1 - correlation);
  }

  private static double spread(double[] values, int lag) {
    int n = values.length - lag;
    if (n < 2) {
      return 0;
    }
    double[] differences = new double[n];
    for (int i = 0; i < n; i++) {
      differences[i] = values[i + lag] - values[i];
    }
    double middle = median(differences);
    for (int i = 0; i < n; i++) {
      differences[i] = Math.abs(differences[i] - middle);
    }
    double rough = NORMAL * median(differences.clone());
    return rough > 0 ? huber(differences, rough) : 0;
  }

  /**
   * The scale of absolute deviations, of which what is beyond two deviations counts as that far.
   */
  private static double huber(double[] off, double rough) {
    double scale = rough;
    for (int round = 0; round < 4; round++) {
      double sum = 0;
      for (double value : off) {
        double bounded = Math.min(value, BOUND * scale);
        sum += bounded * bounded;
      }
      scale = Math.sqrt(sum / off.length / BOUNDED_VARIANCE);
      scale = Math.clamp(scale, 0.5 * rough, 1.5 * rough);
    }
    return scale;
  }

  /** More than half of the neighbours are equal: medians are 0, but the noise is not. */
  private static double rms(double[] values) {
    double sum = 0;
    for (int i = 1; i < values.length; i++) {
      sum += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
    }
    return Math.sqrt(sum / (2 * Math.max(1, values.length - 1)));
  }

  /** The median; sorts its argument. */
  static double median(double[] values) {
    Arrays.sort(values);
    int n = values.length;
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
  }
}
