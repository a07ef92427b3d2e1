package dev.assay.stats.change;

import java.util.Arrays;

/**
 * Whether a series scatters, or swings by its season, in proportion to its level: then its changes
 * are factors, and on its own scale what is high would outweigh all else. As in a
 * spread-versus-level plot (Tukey, "Exploratory Data Analysis", 1977): the logarithm of the spread
 * of each piece follows that of its level.
 */
final class Proportional {

  private static final int PIECES = 16;
  private static final int SHORTEST = 8;

  /** Below so many times as high as low it does not matter. */
  private static final double RANGE = 2.5;

  private static final double LEAST_SLOPE = 0.6;
  private static final double LEAST_CORRELATION = 0.75;

  private Proportional() {}

  static boolean is(double[] values) {
    int n = values.length;
    int pieces = Math.min(PIECES, n / SHORTEST);
    if (pieces < 4 || Arrays.stream(values).anyMatch(value -> value <= 0)) {
      return false;
    }
    double[] levels = new double[pieces];
    double[] spreads = new double[pieces];
    double lowest = Double.POSITIVE_INFINITY;
    double highest = 0;
    for (int k = 0; k < pieces; k++) {
      int from = n * k / pieces;
      int to = n * (k + 1) / pieces;
      double level = Noise.median(Arrays.copyOfRange(values, from, to));
      double spread = 0;
      for (int i = from + 1; i < to; i++) {
        spread += Math.abs(values[i] - values[i - 1]);
      }
      if (spread == 0) {
        return false;
      }
      levels[k] = Math.log(level);
      spreads[k] = Math.log(spread);
      lowest = Math.min(lowest, level);
      highest = Math.max(highest, level);
    }
    return highest > RANGE * lowest && follows(levels, spreads);
  }

  private static boolean follows(double[] levels, double[] spreads) {
    double level = Arrays.stream(levels).average().orElse(0);
    double spread = Arrays.stream(spreads).average().orElse(0);
    double levelSquares = 0;
    double spreadSquares = 0;
    double products = 0;
    for (int k = 0; k < levels.length; k++) {
      levelSquares += (levels[k] - level) * (levels[k] - level);
      spreadSquares += (spreads[k] - spread) * (spreads[k] - spread);
      products += (levels[k] - level) * (spreads[k] - spread);
    }
    return products >= LEAST_SLOPE * levelSquares
        && products >= LEAST_CORRELATION * Math.sqrt(levelSquares * spreadSquares);
  }
}
