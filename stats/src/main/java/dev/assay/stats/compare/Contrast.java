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
  private static final double PRIOR_FREEDOM = 3;

  /**
   * The contrast of two groups.
   *
   * @param usual the standard deviation of runs that is usual
   * @param within the variance of a run's level by the noise inside it
   */
  static Contrast groups(double[] baseline, double[] candidate, double usual, double within) {
    double freedom = baseline.length + candidate.length - 2;
    double squares = squares(baseline) + squares(candidate);
    double inverse = 1.0 / baseline.length + 1.0 / candidate.length;
    double prior = usual * usual + within;
    double variance = (PRIOR_FREEDOM * prior + squares) / (PRIOR_FREEDOM + freedom);
    return new Contrast(
        mean(candidate) - mean(baseline),
        Math.sqrt(Math.max(variance, within) * inverse),
        PRIOR_FREEDOM + freedom,
        2 / inverse);
  }

  /** The contrast of pairs, of which each shares the weather of its time. */
  static Contrast pairs(double[] differences, double usual, double within) {
    double freedom = differences.length - 1;
    double prior = 2 * (usual * usual + within);
    double variance = (PRIOR_FREEDOM * prior + squares(differences)) / (PRIOR_FREEDOM + freedom);
    return new Contrast(
        mean(differences),
        Math.sqrt(Math.max(variance, 2 * within) / differences.length),
        PRIOR_FREEDOM + freedom,
        differences.length);
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
