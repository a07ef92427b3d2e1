package dev.assay.stats.canary;

import dev.assay.stats.sequential.EProcess;
import dev.assay.stats.sequential.Pairs;
import org.HdrHistogram.Histogram;

/**
 * Whether a quantile is higher by more than is accepted. Two bets on the same limit: that the
 * canary is above it, and that it is below.
 */
final class LatencyPart implements Part {

  private static final double PERCENT = 100;

  private final String name;
  private final double quantile;
  private final double by;
  private final Pairs slower = new Pairs();
  private final Pairs within = new Pairs();
  private final Histogram control = new Histogram(3);
  private final Histogram canary = new Histogram(3);

  LatencyPart(String name, double quantile, double by) {
    this.name = name;
    this.quantile = quantile;
    this.by = by;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void look(
      CanaryWatch.Look control, CanaryWatch.Look canary, double[] left, double[] right) {
    this.control.add(control.latency());
    this.canary.add(canary.latency());
    if (left.length > 0) {
      double limit = left[rank(left.length)] * (1 + by);
      double value = right[rank(right.length)];
      slower.look(limit, value);
      within.look(value, limit);
    }
  }

  private int rank(int length) {
    return (int) Math.floor(quantile * (length - 1));
  }

  @Override
  public EProcess worse() {
    return slower;
  }

  @Override
  public boolean notWorse(double error) {
    return within.logValue() >= -Math.log(error);
  }

  @Override
  public CanaryWatch.Numbers shown() {
    return new CanaryWatch.Slower(
        slower.excess().candidate(), slower.excess().all(), by, value(control), value(canary));
  }

  private double value(Histogram of) {
    return of.getTotalCount() == 0 ? Double.NaN : of.getValueAtPercentile(quantile * PERCENT);
  }
}
