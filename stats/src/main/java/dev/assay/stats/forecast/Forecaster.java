package dev.assay.stats.forecast;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Forecasts a series. Each of several unlike methods is asked at several places of the past for
 * what came then (rolling origins; Tashman, "Out-of-sample tests of forecasting accuracy",
 * International Journal of Forecasting 16, 2000). They are averaged with weights by how right they
 * were (Bates and Granger, "The combination of forecasts", 1969), and the intervals are as wide as
 * the average's errors there (Vovk, Gammerman and Shafer, "Algorithmic learning in a random world",
 * 2005; split conformal prediction). Thread-safe; the same values always give the same answer.
 */
public final class Forecaster {

  private static final int ORIGINS = 8;

  /** What is right by half counts for that many times less, in powers of two. */
  private static final double SHARPNESS = 4;

  /** Methods that would have been wrong by so many times more than the best are not asked. */
  private static final double WORST = 1.6;

  /** Seasons in what may be a longer one: days in a week. */
  static final int WEEK = 7;

  private static final int MOST_HORIZON = 100_000;
  private static final double LEVEL = 0.95;

  private final int season;

  /**
   * @param season after how many values a series repeats, such as 24 for hours; 1 for none. A week
   *     of such seasons is looked for too
   */
  public Forecaster(int season) {
    if (season < 1) {
      throw new IllegalArgumentException("a season has 1 value or more, not " + season);
    }
    this.season = season;
  }

  /**
   * The next values.
   *
   * @param values in order; NaN and infinite ones are missing; at least 3 known ones
   * @param horizon how many, 1 or more
   */
  public Forecast forecast(double[] values, int horizon) {
    if (horizon < 1 || horizon > MOST_HORIZON) {
      throw new IllegalArgumentException(
          "a horizon is 1 to " + MOST_HORIZON + " values, not " + horizon);
    }
    double[] history = Gaps.filled(values, season);
    Map<String, Method> methods = methods(history);
    int reach = Math.min(horizon, Math.max(1, history.length / 5));
    int[] origins = origins(history.length, reach);
    double[][][] past = new double[methods.size()][origins.length][];
    int m = 0;
    for (Method method : methods.values()) {
      for (int o = 0; o < origins.length; o++) {
        past[m][o] = method.next(Arrays.copyOf(history, origins[o]), reach);
      }
      m++;
    }
    double[] weights = weights(history, origins, past);
    double[] mean = new double[horizon];
    m = 0;
    for (Method method : methods.values()) {
      if (weights[m] > 0) {
        double[] next = method.next(history, horizon);
        for (int h = 0; h < horizon; h++) {
          mean[h] += weights[m] * next[h];
        }
      }
      m++;
    }
    double[] half = Conformal.halves(history, origins, past, weights, horizon, LEVEL);
    double[] lower = new double[horizon];
    double[] upper = new double[horizon];
    boolean positive = Arrays.stream(history).allMatch(value -> value >= 0);
    for (int h = 0; h < horizon; h++) {
      mean[h] = positive ? Math.max(0, mean[h]) : mean[h];
      lower[h] = positive ? Math.max(0, mean[h] - half[h]) : mean[h] - half[h];
      upper[h] = mean[h] + half[h];
    }
    return new Forecast(mean, lower, upper, believed(methods, weights));
  }

  private static List<String> believed(Map<String, Method> methods, double[] weights) {
    List<String> names = List.copyOf(methods.keySet());
    return IntStream.range(0, weights.length)
        .filter(i -> weights[i] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -weights[i]))
        .map(names::get)
        .toList();
  }

  /** Where the past is asked: as late as can be, each a part of the horizon before the next. */
  private int[] origins(int n, int reach) {
    int step = Math.max(1, season > 1 && reach >= 2 * season ? reach / 2 : reach / 3);
    int fewest = Math.max(3, Math.min(2 * season + 2, n - reach));
    return IntStream.range(0, ORIGINS)
        .map(i -> n - reach - i * step)
        .filter(origin -> origin >= fewest)
        .toArray();
  }

  private Map<String, Method> methods(double[] history) {
    int n = history.length;
    boolean positive = Arrays.stream(history).allMatch(value -> value > 0);
    Map<String, Method> methods = new LinkedHashMap<>();
    methods.put("last value", new SeasonalNaive(1));
    int usable = season > 1 && n >= 3 * season + 4 ? season : 1;
    add(methods, "theta", new Adjusted(usable, new Theta()), positive && usable > 1);
    add(methods, "damped trend", new Adjusted(usable, new DampedTrend()), false);
    if (usable > 1) {
      methods.put("season ago", new SeasonalNaive(season));
      methods.put("profile", new Profile(season, season, 0.8));
      add(methods, "smoothed season", new TwoSeasons(season, 0), positive);
      if (n >= 4 * season + 8) {
        add(methods, "lags", new Lags(1, 2, 3, season, season + 1, 2 * season), positive);
      }
    } else if (n >= 20) {
      methods.put("lags", new Lags(1, 2, 3));
    }
    int week = WEEK * season;
    if (usable > 1 && n >= 3 * week) {
      methods.put("week ago", new SeasonalNaive(week));
      add(methods, "hour of week", new Profile(week, season, 0.7), positive);
      methods.put("hour of week, level of the week", new Profile(week, week, 0.7));
      add(methods, "smoothed day and week", new TwoSeasons(season, week), positive);
      add(
          methods,
          "lags of a week",
          new Lags(1, 2, 3, season - 1, season, season + 1, 2 * season, week - 1, week, week + 1),
          positive);
      add(methods, "theta on the week", new Adjusted(week, new Theta()), positive);
    }
    return methods;
  }

  private static void add(Map<String, Method> methods, String name, Method method, boolean logs) {
    methods.put(name, method);
    if (logs) {
      methods.put(name + ", on logarithms", new OnLogarithms(method));
    }
  }

  private static double[] weights(double[] history, int[] origins, double[][][] past) {
    double[] errors = new double[past.length];
    for (int m = 0; m < past.length; m++) {
      for (int o = 0; o < origins.length; o++) {
        for (int h = 0; h < past[m][o].length; h++) {
          errors[m] += Math.abs(past[m][o][h] - history[origins[o] + h]);
        }
      }
    }
    double best = Arrays.stream(errors).min().orElse(0);
    double[] weights = new double[errors.length];
    double sum = 0;
    for (int m = 0; m < weights.length; m++) {
      boolean asked = errors[m] <= WORST * best;
      weights[m] = !asked ? 0 : best > 0 ? Math.pow(best / errors[m], SHARPNESS) : 1;
      sum += weights[m];
    }
    for (int m = 0; m < weights.length; m++) {
      weights[m] /= sum;
    }
    return weights;
  }
}
