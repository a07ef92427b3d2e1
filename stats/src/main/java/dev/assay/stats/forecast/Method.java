package dev.assay.stats.forecast;

/** A way to continue a series. Has no state. */
@FunctionalInterface
interface Method {
  /**
   * The next values.
   *
   * @param history finite, at least as many as the method was made for
   */
  double[] next(double[] history, int horizon);
}
