package dev.assay.stats.forecast;

/**
 * Level and a trend that dies away (Gardner and McKenzie, "Forecasting trends in time series",
 * Management Science 31, 1985).
 */
record DampedTrend() implements Method {

  private static final double[] RATES = {0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9};
  private static final double[] TREND_RATES = {0.01, 0.03, 0.1, 0.3};
  private static final double[] DAMPING = {0.8, 0.9, 0.95, 0.98};

  @Override
  public double[] next(double[] history, int horizon) {
    double best = Double.POSITIVE_INFINITY;
    double[] state = {0, 0, 1};
    for (double alpha : RATES) {
      for (double beta : TREND_RATES) {
        for (double phi : DAMPING) {
          double[] run = run(history, alpha, beta, phi);
          if (run[2] < best) {
            best = run[2];
            state = new double[] {run[0], run[1], phi};
          }
        }
      }
    }
    double[] next = new double[horizon];
    double sum = 0;
    double factor = 1;
    for (int h = 0; h < horizon; h++) {
      factor *= state[2];
      sum += factor;
      next[h] = state[0] + sum * state[1];
    }
    return next;
  }

  private static double[] run(double[] values, double alpha, double beta, double phi) {
    double level = values[0];
    double trend = 0;
    double squares = 0;
    for (int t = 1; t < values.length; t++) {
      double off = values[t] - level - phi * trend;
      squares += off * off;
      level += phi * trend + alpha * off;
      trend = phi * trend + alpha * beta * off;
    }
    return new double[] {level, trend, squares};
  }
}
