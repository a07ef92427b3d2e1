package dev.assay.stats.forecast;

/**
 * A method on a series without its season, which is added again.
 *
 * @param season its length
 */
record Adjusted(int season, Method method) implements Method {

  @Override
  public double[] next(double[] history, int horizon) {
    if (season == 1) {
      return method.next(history, horizon);
    }
    double[] profile = profile(history);
    int n = history.length;
    double[] plain = new double[n];
    for (int i = 0; i < n; i++) {
      plain[i] = history[i] - profile[i % season];
    }
    double[] next = method.next(plain, horizon);
    for (int h = 0; h < horizon; h++) {
      next[h] += profile[(n + h) % season];
    }
    return next;
  }

  /** Around zero, of what is left beside a moving average: classical decomposition. */
  private double[] profile(double[] history) {
    int n = history.length;
    double[] profile = new double[season];
    int[] counts = new int[season];
    int half = season / 2;
    double sum = 0;
    for (int i = 0; i < season; i++) {
      sum += history[i];
    }
    for (int i = half; i + season - half < n; i++) {
      double next = sum + history[i + season - half] - history[i - half];
      double centre = season % 2 == 0 ? (sum + next) / 2 : sum;
      profile[i % season] += history[i] - centre / season;
      counts[i % season]++;
      sum = next;
    }
    double mean = 0;
    for (int slot = 0; slot < season; slot++) {
      profile[slot] /= Math.max(1, counts[slot]);
      mean += profile[slot] / season;
    }
    for (int slot = 0; slot < season; slot++) {
      profile[slot] -= mean;
    }
    return profile;
  }
}
