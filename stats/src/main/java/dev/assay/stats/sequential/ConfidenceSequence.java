package dev.assay.stats.sequential;

import dev.assay.stats.Interval;
import java.util.function.DoubleUnaryOperator;

/**
 * Intervals of 95 % that hold at all times at once: the truth is outside at any look in at most 5 %
 * of all cases, so one may look after each sample and stop when one likes. Wider than an interval
 * for one look, by about half. Thread-safe.
 */
public final class ConfidenceSequence {

  private static final double BOUND = -Math.log(1 - Interval.LEVEL);

  private ConfidenceSequence() {}

  /**
   * Of a proportion: the values that the uniform mixture of all does not outbid by 20 (Robbins,
   * "Statistical methods related to the law of the iterated logarithm", 1970).
   *
   * @param hits 0 to total
   * @param total at least 0; with 0 the interval is 0 to 1 around NaN
   */
  public static Interval proportion(long hits, long total) {
    if (hits < 0 || hits > total) {
      throw new IllegalArgumentException(hits + " of " + total + " is no proportion");
    }
    if (total == 0) {
      return new Interval(0, Double.NaN, 1);
    }
    double k = hits;
    double m = total - hits;
    double mixture = logGamma(k + 1) + logGamma(m + 1) - logGamma(k + m + 2);
    DoubleUnaryOperator evidence =
        p -> mixture - (k == 0 ? 0 : k * Math.log(p)) - (m == 0 ? 0 : m * Math.log1p(-p));
    double estimate = k / total;
    double low = hits == 0 ? 0 : crossing(evidence, estimate, 0);
    double high = m == 0 ? 1 : crossing(evidence, estimate, 1);
    return new Interval(low, estimate, high);
  }

  /**
   * Of the ratio of two rates of events, candidate / control, given the exposure of each, whose
   * ratio is the same at all times. For errors per request take the requests, if errors are rare.
   *
   * @return 0, NaN, infinity where neither side has events
   */
  public static Interval ratio(
      long controlEvents, double controlExposure, long candidateEvents, double candidateExposure) {
    if (!(controlExposure > 0 && candidateExposure > 0)) {
      throw new IllegalArgumentException("a rate needs an exposure above 0");
    }
    Interval share = proportion(candidateEvents, Math.addExact(controlEvents, candidateEvents));
    double times = controlExposure / candidateExposure;
    return new Interval(
        times * odds(share.low()), times * odds(share.estimate()), times * odds(share.high()));
  }

  /**
   * Of a mean, for many samples: the normal mixture with the variance estimated (Waudby-Smith,
   * Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence
   * sequences", Annals of Statistics 52, 2024), narrowest around 1,000 samples. Trust it from a
   * hundred samples on.
   *
   * @param samples 2 or more
   * @param deviation their standard deviation
   */
  public static Interval mean(long samples, double mean, double deviation) {
    if (samples < 2 || !(deviation >= 0)) {
      throw new IllegalArgumentException("a mean needs two samples and their deviation");
    }
    double rho = 0.08;
    double scaled = samples * rho * rho + 1;
    double half =
        deviation
            * Math.sqrt(
                2
                    * scaled
                    / ((double) samples * samples * rho * rho)
                    * (Math.log(Math.sqrt(scaled)) + BOUND));
    return new Interval(mean - half, mean, mean + half);
  }

  private static double odds(double share) {
    return share / (1 - share);
  }

  private static double crossing(DoubleUnaryOperator evidence, double inside, double outside) {
    double in = inside;
    double out = outside;
    for (int i = 0; i < 60; i++) {
      double middle = (in + out) / 2;
      if (evidence.applyAsDouble(middle) < BOUND) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return out;
  }

  /** Stirling's series, after raising the argument above 10. */
  private static double logGamma(double x) {
    double shift = 0;
    double y = x;
    while (y < 10) {
      shift += Math.log(y);
      y++;
    }
    double inverse = 1 / (y * y);
    double series =
        (1 / 12.0 - inverse * (1 / 360.0 - inverse * (1 / 1260.0 - inverse / 1680))) / y;
    return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
  }
}
