package dev.assay.stats.compare;

import dev.assay.stats.StudentT;

/**
 * The difference of two sets of levels, with a variance that is drawn towards what runs usually
 * scatter: the moderated t (Smyth, "Linear models and empirical Bayes methods", Statistical
 * Applications in Genetics and Molecular Biology 3, 2004). Five runs alone say little about their
 * scatter, and by chance sometimes hardly scatter at all.
 *
 * @param difference candidate - baseline
 * @param error its standard error
 * @param freedom Student's degrees of freedom
 * @param count how many runs or pairs of runs each side has
 */
record Contrast(double difference, double error, double freedom, double count) {

  /** What the prior knowledge is worth, in runs. */
  static final double PRIOR_FREEDOM = 3;

  private static final int MOST_PAIRS = 1000;

  /**
   * The contrast of two groups.
   *
   * @param usual the standard deviation of runs that is usual
   * @param within the variance of a run's level by the noise inside it
   */
  static Contrast groups(double[] baseline, double[] candidate, double usual, double within) {
    return groups(baseline, candidate, new Scatter(usual, PRIOR_FREEDOM), within);
  }

  /** The same where more or less is known of how runs scatter. */
  static Contrast groups(double[] baseline, double[] candidate, Scatter usual, double within) {
    double freedom = baseline.length + candidate.length - 2;
    double squares = squares(baseline) + squares(candidate);
    double inverse = 1.0 / baseline.length + 1.0 / candidate.length;
    double variance = usual.moderated(within, 1, squares, freedom);
    return new Contrast(
        mean(candidate) - mean(baseline),
        Math.sqrt(Math.max(variance, within) * inverse),
        usual.freedom() + freedom,
        2 / inverse);
  }

  /** The contrast of pairs, of which each shares the weather of its time. */
  static Contrast pairs(double[] differences, double usual, double within) {
    return pairs(differences, new Scatter(usual, PRIOR_FREEDOM), within);
  }

  /** The same where more or less is known of how runs scatter. */
  static Contrast pairs(double[] differences, Scatter usual, double within) {
    double freedom = differences.length - 1;
    double variance = usual.moderated(within, 2, squares(differences), freedom);
    return new Contrast(
        mean(differences),
        Math.sqrt(Math.max(variance, 2 * within) / differences.length),
        usual.freedom() + freedom,
        differences.length);
  }

  /** Half the width of the interval that leaves out so much probability. */
  double half(double probability) {
    return StudentT.quantile(probability, freedom) * error;
  }

  /**
   * How many more runs on each side would decide whether the difference is within a limit, if they
   * scatter as these do; at least 1.
   *
   * @param limit above 0
   * @param error the probability of a wrong decision that is accepted
   */
  int further(double limit, double error) {
    double gap = Math.max(Math.abs(difference - limit), limit / 4);
    double variance = this.error * this.error * count;
    int pairs = (int) Math.ceil(count);
    int low = pairs;
    int high = MOST_PAIRS;
    while (low < high) {
      int middle = (low + high) >>> 1;
      double then = freedom + 2.0 * (middle - pairs);
      if (StudentT.quantile(2 * error, then) * Math.sqrt(variance / middle) < gap) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Math.max(1, low - pairs);
  }

  double probability() {
    return StudentT.tail(difference / error, freedom);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double squares(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum;
  }
}
