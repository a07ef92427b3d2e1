package dev.assay.suite.order;

/**
 * How often something failed in each of a number of situations that all tests share: counts that
 * forget slowly. Not thread-safe.
 */
final class Frequency {

  private static final double LONGEST = 2000;
  private static final double PRIOR_WEIGHT = 4;

  private final double[] probability;
  private final double[] seen;

  /**
   * Begins with guesses.
   *
   * @param guesses for the situations in turn, again and again
   */
  Frequency(int situations, double... guesses) {
    probability = new double[situations];
    seen = new double[situations];
    for (int i = 0; i < situations; i++) {
      probability[i] = guesses[i % guesses.length];
    }
  }

  double of(int situation) {
    return probability[situation];
  }

  void add(int situation, boolean fails) {
    double rate = 1 / (Math.min(seen[situation], LONGEST) + PRIOR_WEIGHT);
    probability[situation] += ((fails ? 1 : 0) - probability[situation]) * rate;
    seen[situation]++;
  }
}
