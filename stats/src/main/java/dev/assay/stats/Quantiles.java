package dev.assay.stats;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * Quantiles of histograms. A quantile is the value of the sample of rank {@code ceil(q n)}, given
 * as the highest value that its bucket stands for, as every tool of HdrHistogram gives it.
 * Thread-safe as long as nobody writes to the histograms.
 */
public final class Quantiles {

  /** How many samples must lie beyond a quantile before it says anything. */
  private static final int BEYOND = 5;

  private Quantiles() {}

  /** All the samples of many histograms in one, with the precision of the first. */
  public static Histogram merge(List<? extends AbstractHistogram> blocks) {
    int digits = blocks.isEmpty() ? 3 : blocks.getFirst().getNumberOfSignificantValueDigits();
    Histogram merged = new Histogram(digits);
    blocks.forEach(merged::add);
    return merged;
  }

  /**
   * The quantile; NaN where there are no samples.
   *
   * @param q above 0 and below 1
   */
  public static double of(AbstractHistogram histogram, double q) {
    check(q);
    long total = histogram.getTotalCount();
    return total == 0 ? Double.NaN : at(histogram, rank(q, total));
  }

  /**
   * The quantile with its distribution-free interval from order statistics: the number of samples
   * below the true quantile is binomial, whatever the distribution (Conover, Practical
   * Nonparametric Statistics, 3rd ed., section 3.2). Holds at least at its level for independent
   * samples. An end that too few samples bound is 0, or infinite.
   *
   * @param q above 0 and below 1
   */
  public static Interval interval(AbstractHistogram histogram, double q) {
    check(q);
    long total = histogram.getTotalCount();
    if (total == 0) {
      return new Interval(0, Double.NaN, Double.POSITIVE_INFINITY);
    }
    double tail = (1 - Interval.LEVEL) / 2;
    // rank l holds if P(X < l) <= tail, rank u if P(X >= u) <= tail
    long lower = Binomial.quantile(tail, total, q);
    long upper = Binomial.quantile(1 - tail, total, q) + 1;
    double low = lower < 1 ? 0 : histogram.lowestEquivalentValue(at(histogram, lower));
    double high = upper > total ? Double.POSITIVE_INFINITY : at(histogram, upper);
    return Interval.around(low, at(histogram, rank(q, total)), high);
  }

  /**
   * The least number of samples for which a quantile has at least five beyond it: 10 for the
   * median, 100 for the 95th, 500 for the 99th percentile.
   *
   * @param q above 0 and below 1
   */
  public static long leastSamples(double q) {
    check(q);
    // decimal, because 5 / (1 - 0.95) is a little more than 100 in binary
    BigDecimal written = BigDecimal.valueOf(q);
    BigDecimal beyond = written.min(BigDecimal.ONE.subtract(written));
    return BigDecimal.valueOf(BEYOND)
        .divide(beyond, 0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValue();
  }

  /** The rank, from 1, of a quantile among that many samples. */
  static long rank(double q, long total) {
    double exact = q * total;
    double nearest = Math.rint(exact);
    // 0.07 * 100 is a little more than 7 in binary
    double rank = Math.abs(exact - nearest) <= 1e-12 * exact ? nearest : Math.ceil(exact);
    return (long) Math.clamp(rank, 1.0, total);
  }

  private static long at(AbstractHistogram histogram, long rank) {
    long left = rank;
    for (var bucket : histogram.recordedValues()) {
      left -= bucket.getCountAtValueIteratedTo();
      if (left <= 0) {
        return bucket.getValueIteratedTo();
      }
    }
    throw new IllegalArgumentException("the histogram changed while it was read");
  }

  static void check(double q) {
    if (!(q > 0 && q < 1)) {
      throw new IllegalArgumentException("a quantile lies above 0 and below 1, not at " + q);
    }
  }
}
