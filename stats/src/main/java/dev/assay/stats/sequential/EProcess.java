package dev.assay.stats.sequential;

/**
 * Evidence against "nothing is wrong" that grows look by look. While nothing is wrong, the
 * probability that it ever reaches {@code 1 / error} is at most {@code error} (Ville, 1939),
 * however often it is looked at and whenever one stops. Sources: Shafer, "Testing by betting" (JRSS
 * A 184, 2021); Ramdas, Grünwald, Vovk and Shafer, "Game-theoretic statistics and safe
 * anytime-valid inference" (Statistical Science 38, 2023).
 *
 * <p>Implementations are not thread-safe.
 */
public interface EProcess {

  /** The logarithm of the evidence now; 0 before the first look. */
  double logValue();

  /** The logarithm of the highest evidence so far, at least 0. */
  double logHighest();

  /** The evidence now: how many times one's stake a fair bet against the null has become. */
  default double value() {
    return Math.exp(logValue());
  }

  /**
   * Whether the evidence has ever sufficed.
   *
   * @param error the probability of a false alarm over all looks together, above 0, below 1
   */
  default boolean alarm(double error) {
    if (!(error > 0 && error < 1)) {
      throw new IllegalArgumentException(error + " is no probability of an error");
    }
    return logHighest() >= -Math.log(error);
  }

  /** A p value that is valid at all times: one over the highest evidence. */
  default double pValue() {
    return Math.exp(-logHighest());
  }

  /**
   * The evidence of several metrics together, which may depend on each other in any way: the
   * average of e-values is one (Vovk and Wang, "E-values: calibration, combination, and
   * applications", Annals of Statistics 49, 2021). Alarm at {@code 1 / error} as for one.
   *
   * @param values at least one e-value of 0 or more
   */
  static double average(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("nothing to average");
    }
    double sum = 0;
    for (double value : values) {
      if (!(value >= 0)) {
        throw new IllegalArgumentException(value + " is no e-value");
      }
      sum += value;
    }
    return sum / values.length;
  }
}
