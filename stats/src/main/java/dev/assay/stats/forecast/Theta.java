package dev.assay.stats.forecast;

/**
 * Simple exponential smoothing with half the slope of the line through all values (Assimakopoulos
 * and Nikolopoulos, "The theta model", International Journal of Forecasting 16, 2000; in the form
 * of Hyndman and Billah, 2003).
 */
record Theta() implements Method {

  private static final int STEPS = 20;

  @Override
  public double[] next(double[] history, int horizon) {
    double best = Double.POSITIVE_INFINITY;
    double level = 0;
    double rate = 1;
    for (int i = 1; i <= STEPS; i++) {
      double alpha = i / (double) STEPS;
      double now = history[0];
      double squares = 0;
      for (int t = 1; t < history.length; t++) {
        double off = history[t] - now;
        squares += off * off;
        now += alpha * off;
      }
      if (squares < best) {
        best = squares;
        level = now;
        rate = alpha;
      }
    }
    double half = slope(history) / 2;
    double start = (1 - Math.pow(1 - rate, history.length)) / rate - 1;
    double[] next = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      next[h] = level + half * (h + 1 + start);
    }
    return next;
  }

  private static double slope(double[] values) {
    double middle = (values.length - 1) / 2.0;
    double products = 0;
    double squares = 0;
    for (int t = 0; t < values.length; t++) {
      products += (t - middle) * values[t];
      squares += (t - middle) * (t - middle);
    }
    return squares > 0 ? products / squares : 0;
  }
}
