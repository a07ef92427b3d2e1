package dev.assay.stats.compare;

/**
 * One metric of two sets of runs, a number for each run, on a scale on which differences are what
 * matters: logarithms, or points of a share.
 *
 * @param better which values are better
 * @param baseline of its runs in their order; at least one
 * @param candidate of its runs in their order; at least one
 * @param within the variance of such a number by the noise inside a run
 * @param order one letter for each run as they were made, such as {@code BCBC}; empty where it is
 *     not known
 * @param scatter how much such runs scatter
 * @param limit the difference below which nobody acts, above 0
 */
public record Levels(
    Better better,
    double[] baseline,
    double[] candidate,
    double within,
    String order,
    Scatter scatter,
    double limit) {

  /** Checks the ranges. */
  public Levels {
    if (baseline.length == 0 || candidate.length == 0) {
      throw new IllegalArgumentException("each side has a run");
    }
    if (!(within >= 0) || !(limit > 0 && Double.isFinite(limit))) {
      throw new IllegalArgumentException(
          "a variance of " + within + " and a practical limit of " + limit);
    }
    baseline = baseline.clone();
    candidate = candidate.clone();
  }
}
