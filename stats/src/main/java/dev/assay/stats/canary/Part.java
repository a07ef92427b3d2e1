package dev.assay.stats.canary;

import dev.assay.stats.sequential.EProcess;

/** One thing that is watched of a canary. Not thread-safe. */
sealed interface Part permits FailurePart, LatencyPart {

  /** Keeps products of many looks finite. */
  double MOST = 1e9;

  String name();

  /**
   * One look.
   *
   * @param left latencies of the control, as many as {@code right}, in growing order
   * @param right of the canary
   */
  void look(CanaryWatch.Look control, CanaryWatch.Look canary, double[] left, double[] right);

  /** The evidence that the canary is worse. */
  EProcess worse();

  /** Whether it is shown now to be no worse than what is accepted. */
  boolean notWorse(double error);

  CanaryWatch.Numbers shown();

  /** Its value, at most a thousand million. */
  static double evidence(EProcess process) {
    return Math.exp(Math.min(Math.log(MOST), process.logValue()));
  }
}
