package dev.assay.core.judge;

import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.plan.Expectation;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Comparison.Operator;
import dev.assay.api.value.Quantity;
import dev.assay.stats.Proportions;
import dev.assay.stats.Quantiles;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How much evidence a statistic needs. A quantile needs five samples beyond it, a share under a
 * bound needs as many samples as make one hit as rare as the bound; else a single value would
 * decide. What is written as {@code samples} replaces these.
 */
final class Thinness {

  /** The least number of samples. */
  long least(Expectation expectation, Comparison comparison, Metric metric) {
    Long written = expectation.samples();
    if (written != null) {
      return written;
    }
    Quantity quantity = comparison.quantity();
    if (metric.shape() == Metric.Shape.DISTRIBUTION && expectation.statistic().startsWith("p")) {
      return Quantiles.leastSamples(Statistics.quantile(expectation.statistic()));
    }
    boolean upper =
        comparison.operator() == Operator.LESS || comparison.operator() == Operator.AT_MOST;
    if (metric.shape() == Metric.Shape.PROPORTION
        && expectation.statistic().equals("value")
        && upper
        && quantity != null
        && quantity.value() > 0) {
      return (long) Math.ceil(1 / quantity.value() - 1e-9);
    }
    return 1;
  }

  /**
   * Whether few samples already show that a bound does not hold: the Wilson interval of the share
   * that is beyond it excludes the share that may be.
   */
  boolean decisive(
      Expectation expectation, Comparison comparison, Metric metric, Statistics statistics) {
    Quantity quantity = comparison.quantity();
    if (quantity == null) {
      return false;
    }
    List<Measurement> of = statistics.matching(expectation);
    return switch (metric.shape()) {
      case PROPORTION -> decisiveShare(of, quantity.value());
      case DISTRIBUTION ->
          expectation.statistic().startsWith("p")
              && decisiveQuantile(expectation, comparison, quantity.value(), statistics.merged(of));
      case COUNT, SCALAR -> false;
    };
  }

  private static boolean decisiveShare(List<Measurement> of, double bound) {
    long hits = 0;
    long total = 0;
    for (Measurement measurement : of) {
      if (measurement.value() instanceof Measured.Proportion share) {
        hits += share.hits();
        total += share.total();
      }
    }
    return total > 0 && Proportions.interval(hits, total).low() > bound;
  }

  private static boolean decisiveQuantile(
      Expectation expectation, Comparison comparison, double bound, Histogram merged) {
    boolean upper =
        comparison.operator() == Operator.LESS || comparison.operator() == Operator.AT_MOST;
    long total = merged.getTotalCount();
    if (!upper || total == 0 || bound < 0) {
      return false;
    }
    long within = merged.getCountBetweenValues(0, (long) Math.min(bound, merged.getMaxValue()));
    double mayBeBeyond = 1 - Statistics.quantile(expectation.statistic());
    return Proportions.interval(total - within, total).low() > mayBeBeyond;
  }
}
