package dev.assay.stats.forecast;

import java.util.Arrays;

/**
 * Exponential smoothing of a level and of two seasons, one within the other, such as of a day and
 * of a week, with what is left of the last error (Taylor, "Short-term electricity demand
 * forecasting using double seasonal exponential smoothing", Journal of the Operational Research
 * Society 54, 2003). The rates are those of the least squares one step ahead, by turns.
 *
 * @param season the shorter one
 * @param longer the longer one; 0 where there is none
 */
record TwoSeasons(int season, int longer) implements Method {

  private static final double[][] RATES = {
    {0.0, 0.003, 0.01, 0.03, 0.08, 0.15, 0.3, 0.5, 0.8},
    {0.0, 0.01, 0.03, 0.07, 0.15, 0.3, 0.5},
    {0.0, 0.03, 0.1, 0.2, 0.35, 0.5},
    {0.0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.92, 0.97}
  };

  private static final int ROUNDS = 3;

  @Override
  public double[] next(double[] history, int horizon) {
    int[] chosen = {2, 2, longer > 0 ? 2 : 0, 4};
    double best = run(history, rates(chosen), new double[0]);
    for (int round = 0; round < ROUNDS; round++) {
      int[] before = chosen.clone();
      for (int k = 0; k < chosen.length; k++) {
        if (k == 2 && longer == 0) {
          continue;
        }
        int old = chosen[k];
        int kept = old;
        for (int i = 0; i < RATES[k].length; i++) {
          chosen[k] = i;
          double squares = i == old ? best : run(history, rates(chosen), new double[0]);
          if (squares < best) {
            best = squares;
            kept = i;
          }
        }
        chosen[k] = kept;
      }
      if (Arrays.equals(before, chosen)) {
        break;
      }
    }
    double[] next = new double[horizon];
    run(history, rates(chosen), next);
    return next;
  }

  private static double[] rates(int[] chosen) {
    double[] rates = new double[chosen.length];
    Arrays.setAll(rates, k -> RATES[k][chosen[k]]);
    return rates;
  }

  /** Runs through a history; fills in what comes next; returns the squares one step ahead. */
  private double run(double[] values, double[] rates, double[] next) {
    int n = values.length;
    double[] days = new double[season];
    double[] weeks = new double[Math.max(1, longer)];
    double level = start(values, days, weeks);
    double error = 0;
    double squares = 0;
    int warm = Math.min(n / 2, Math.max(season, longer));
    for (int t = 0; t < n; t++) {
      double plain = level + days[t % season] + weeks[t % weeks.length];
      double off = values[t] - plain - rates[3] * error;
      squares += t >= warm ? off * off : 0;
      level += rates[0] * off;
      days[t % season] += rates[1] * off;
      weeks[t % weeks.length] += rates[2] * off;
      error = values[t] - plain;
    }
    for (int h = 0; h < next.length; h++) {
      error *= rates[3];
      next[h] = level + days[(n + h) % season] + weeks[(n + h) % weeks.length] + error;
    }
    return squares;
  }

  /** Seasons of the first two weeks, around the level that is returned. */
  private double start(double[] values, double[] days, double[] weeks) {
    int span = Math.min(values.length, longer > 0 ? 2 * longer : 3 * season);
    double level = 0;
    for (int t = 0; t < span; t++) {
      level += values[t] / span;
    }
    fill(values, span, level, days, new double[1]);
    if (longer > 0) {
      fill(values, span, level, weeks, days);
    }
    return level;
  }

  private static void fill(
      double[] values, int span, double level, double[] profile, double[] other) {
    int[] counts = new int[profile.length];
    for (int t = 0; t < span; t++) {
      int slot = t % profile.length;
      counts[slot]++;
      profile[slot] += (values[t] - level - other[t % other.length] - profile[slot]) / counts[slot];
    }
  }
}
