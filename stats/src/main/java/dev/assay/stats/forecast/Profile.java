package dev.assay.stats.forecast;

/**
 * What each place of a season usually has, such as each hour of the week, where newer seasons count
 * for more, moved to the level of late.
 *
 * @param season the length of the profile
 * @param recent over how many values the level of late is taken
 * @param forget how much less a season counts than the one after it
 */
record Profile(int season, int recent, double forget) implements Method {

  @Override
  public double[] next(double[] history, int horizon) {
    int n = history.length;
    double[] profile = new double[season];
    double[] weights = new double[season];
    double weight = 1;
    for (int back = 0; back < n; back++) {
      int slot = season - 1 - back % season;
      profile[slot] += weight * history[n - 1 - back];
      weights[slot] += weight;
      if (slot == 0) {
        weight *= forget;
      }
    }
    for (int slot = 0; slot < season; slot++) {
      profile[slot] /= weights[slot];
    }
    double off = 0;
    int late = Math.min(recent, n);
    for (int back = 0; back < late; back++) {
      off += (history[n - 1 - back] - profile[season - 1 - back % season]) / late;
    }
    double[] next = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      next[h] = profile[h % season] + off;
    }
    return next;
  }
}
