package dev.assay.stats.forecast;

import java.util.Arrays;

/** A method on logarithms, for seasons that grow with their level. */
record OnLogarithms(Method method) implements Method {

  /** How far beyond anything seen a value may go, as a factor. */
  private static final double BEYOND = Math.log(2);

  @Override
  public double[] next(double[] history, int horizon) {
    double[] logs = Arrays.stream(history).map(Math::log).toArray();
    double low = Arrays.stream(logs).min().orElse(0) - BEYOND;
    double high = Arrays.stream(logs).max().orElse(0) + BEYOND;
    return Arrays.stream(method.next(logs, horizon))
        .map(value -> Math.exp(Math.clamp(value, low, high)))
        .toArray();
  }
}
