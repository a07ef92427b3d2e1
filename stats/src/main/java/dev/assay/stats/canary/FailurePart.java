package dev.assay.stats.canary;

import dev.assay.stats.sequential.ConfidenceSequence;
import dev.assay.stats.sequential.EProcess;
import dev.assay.stats.sequential.ErrorRates;

/**
 * Whether more requests fail. That they do not is said of the difference in points, as a control
 * without failures has no ratio: the upper end of the canary's rate less the lower end of the
 * control's, each of which holds at all looks.
 */
final class FailurePart implements Part {

  private final double points;
  private final ErrorRates rates = new ErrorRates();
  private long controlFailed;
  private long controlTotal;
  private long canaryFailed;
  private long canaryTotal;

  FailurePart(double points) {
    this.points = points;
  }

  @Override
  public String name() {
    return "errors";
  }

  @Override
  public void look(
      CanaryWatch.Look control, CanaryWatch.Look canary, double[] left, double[] right) {
    rates.look(control.failed(), control.total(), canary.failed(), canary.total());
    controlFailed += control.failed();
    controlTotal += control.total();
    canaryFailed += canary.failed();
    canaryTotal += canary.total();
  }

  @Override
  public EProcess worse() {
    return rates;
  }

  @Override
  public boolean notWorse(double error) {
    return atMost() <= points;
  }

  private double atMost() {
    return ConfidenceSequence.proportion(canaryFailed, canaryTotal).high()
        - ConfidenceSequence.proportion(controlFailed, controlTotal).low();
  }

  @Override
  public CanaryWatch.Numbers shown() {
    return new CanaryWatch.Failures(
        canaryFailed,
        canaryFailed + controlFailed,
        rates.excess().share(),
        rate(controlFailed, controlTotal),
        rate(canaryFailed, canaryTotal),
        atMost());
  }

  private static double rate(long failed, long total) {
    return total == 0 ? Double.NaN : failed / (double) total;
  }
}
