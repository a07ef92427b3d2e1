package dev.assay.stats;

/**
 * Quantiles of the binomial distribution: exact, by summing outward from the mode, up to a variance
 * of a million; by the normal approximation with continuity correction above, where it is right to
 * a rank.
 */
final class Binomial {

  private static final double EXACT_UP_TO = 1e6;
  private static final double NEGLIGIBLE = 1e-18;

  private Binomial() {}

  /** The least k with {@code P(X <= k) >= probability}. */
  static long quantile(double probability, long n, double p) {
    double variance = n * p * (1 - p);
    if (variance > EXACT_UP_TO) {
      double z = probability < 0.5 ? -Interval.Z : Interval.Z;
      return (long) Math.ceil(n * p + z * Math.sqrt(variance) - 0.5);
    }
    long mode = (long) Math.min(n, Math.floor((n + 1) * p));
    double odds = p / (1 - p);
    long first = mode;
    double weight = 1;
    double sum = 1;
    while (first > 0 && weight > NEGLIGIBLE) {
      weight *= first / ((n - first + 1) * odds);
      first--;
      sum += weight;
    }
    double lowest = weight;
    weight = 1;
    for (long k = mode; k < n && weight > NEGLIGIBLE; k++) {
      weight *= (n - k) * odds / (k + 1);
      sum += weight;
    }
    long k = first;
    weight = lowest;
    double below = weight;
    while (below < probability * sum && k < n) {
      weight *= (n - k) * odds / (k + 1);
      k++;
      below += weight;
    }
    return k;
  }
}
