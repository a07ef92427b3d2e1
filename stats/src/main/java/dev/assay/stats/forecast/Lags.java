package dev.assay.stats.forecast;

import java.util.Arrays;

/**
 * A linear regression on the values just before and those a season and a longer season before,
 * continued step by step (an autoregression with gaps; Box and Jenkins, 1970), ridged a little
 * (Hoerl and Kennard, 1970).
 *
 * @param lags how far back each regressor is, at least 1
 */
record Lags(int... lags) implements Method {

  private static final double RIDGE = 1e-3;
  private static final double BEYOND = 0.3;

  @Override
  public double[] next(double[] history, int horizon) {
    int deepest = Arrays.stream(lags).max().orElse(1);
    int n = history.length;
    double mean = Arrays.stream(history).average().orElse(0);
    double[] values = Arrays.stream(history).map(value -> value - mean).toArray();
    double[] beta = fit(values, deepest);
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(0);
    double margin = BEYOND * (high - low);
    double[] all = Arrays.copyOf(values, n + horizon);
    double[] next = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      double sum = beta[lags.length];
      for (int k = 0; k < lags.length; k++) {
        sum += beta[k] * all[n + h - lags[k]];
      }
      all[n + h] = Math.clamp(sum, low - margin, high + margin);
      next[h] = all[n + h] + mean;
    }
    return next;
  }

  private double[] fit(double[] values, int deepest) {
    int p = lags.length + 1;
    double[][] normal = new double[p][p + 1];
    double[] row = new double[p + 1];
    for (int t = deepest; t < values.length; t++) {
      for (int k = 0; k < lags.length; k++) {
        row[k] = values[t - lags[k]];
      }
      row[p - 1] = 1;
      row[p] = values[t];
      for (int i = 0; i < p; i++) {
        for (int j = i; j <= p; j++) {
          normal[i][j] += row[i] * row[j];
        }
      }
    }
    for (int i = 0; i < p; i++) {
      normal[i][i] *= 1 + RIDGE;
      normal[i][i] += 1e-12;
      for (int j = 0; j < i; j++) {
        normal[i][j] = normal[j][i];
      }
    }
    return solved(normal);
  }

  /** Gauss with pivots; the last column is the right side. */
  private static double[] solved(double[][] a) {
    int p = a.length;
    for (int i = 0; i < p; i++) {
      int pivot = i;
      for (int k = i + 1; k < p; k++) {
        pivot = Math.abs(a[k][i]) > Math.abs(a[pivot][i]) ? k : pivot;
      }
      double[] swap = a[i];
      a[i] = a[pivot];
      a[pivot] = swap;
      for (int k = i + 1; k < p; k++) {
        double factor = a[k][i] / a[i][i];
        for (int j = i; j <= p; j++) {
          a[k][j] -= factor * a[i][j];
        }
      }
    }
    double[] x = new double[p];
    for (int i = p - 1; i >= 0; i--) {
      double sum = a[i][p];
      for (int j = i + 1; j < p; j++) {
        sum -= a[i][j] * x[j];
      }
      x[i] = sum / a[i][i];
    }
    return x;
  }
}
