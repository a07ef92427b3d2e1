package dev.assay.stats.change;

import java.util.SplittableRandom;

/** Noise with seeds. */
final class Simulated {

  private Simulated() {}

  static double[] normal(long seed, int n, double deviation) {
    return autoregressive(seed, n, 0, deviation);
  }

  static double[] autoregressive(long seed, int n, double correlation, double deviation) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[n];
    double last = random.nextGaussian();
    for (int i = 0; i < n; i++) {
      last = correlation * last + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
      values[i] = deviation * last;
    }
    return values;
  }

  /** Student's distribution of three degrees of freedom. */
  static double[] heavy(long seed, int n, double scale) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double squares = 0;
      for (int k = 0; k < 3; k++) {
        double one = random.nextGaussian();
        squares += one * one;
      }
      values[i] = scale * random.nextGaussian() / Math.sqrt(squares / 3);
    }
    return values;
  }
}
