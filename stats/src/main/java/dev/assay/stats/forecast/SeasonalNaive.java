package dev.assay.stats.forecast;

/**
 * As a season ago.
 *
 * @param season its length; 1 repeats the last value
 */
record SeasonalNaive(int season) implements Method {
  @Override
  public double[] next(double[] history, int horizon) {
    double[] next = new double[horizon];
    int n = history.length;
    for (int h = 0; h < horizon; h++) {
      next[h] = history[n - season + h % season];
    }
    return next;
  }
}
