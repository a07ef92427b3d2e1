package dev.assay.stats.sequential;

/**
 * Likelihood ratios of several alternatives, averaged with weights fixed beforehand: the method of
 * mixtures (Robbins, 1970), which need not know how large an effect will be.
 */
final class Mixture implements EProcess {

  /** Times the odds or the rate of what is still accepted; doublings matter most. */
  private static final double[] EFFECTS = {1.15, 1.3, 1.6, 2, 3, 6, 20};

  private static final double[] WEIGHTS = {0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05};

  private final double[] logs = new double[EFFECTS.length];
  private double now;
  private double highest;

  static int size() {
    return EFFECTS.length;
  }

  static double effect(int index) {
    return EFFECTS[index];
  }

  /** Adds the logarithm of a likelihood ratio of one alternative; {@link #looked} ends the look. */
  void add(int index, double logRatio) {
    logs[index] += logRatio;
  }

  void looked() {
    double top = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      top = Math.max(top, log);
    }
    double sum = 0;
    for (int i = 0; i < logs.length; i++) {
      sum += WEIGHTS[i] * Math.exp(logs[i] - top);
    }
    now = top + Math.log(sum);
    highest = Math.max(highest, now);
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
