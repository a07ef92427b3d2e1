package dev.assay.stats.change;

/**
 * One series of several that change together, with what its noise was found to be. Not thread-safe.
 */
final class Column {

  /**
   * Differences cannot tell a correlation above this from steps in noise of a lower one; what is
   * left around the levels can.
   */
  private static final double HIGHEST_FLOOR = 0.75;

  final double[] values;
  final double[] clipped;
  private final Noise robust;
  private final double floor;
  double correlation;
  double innovation;
  Sums sums;
  StepTest test;

  Column(double[] values, double[] clipped) {
    this.values = values;
    this.clipped = clipped;
    this.robust = Noise.of(clipped);
    this.floor = Math.clamp(robust.correlation() - 1 / Math.sqrt(clipped.length), 0, HIGHEST_FLOOR);

    set(robust.deviation(floor) * Math.sqrt(1 - floor * floor), floor);
  }

  void set(double innovation, double correlation) {
    if (this.sums == null || correlation != this.correlation) {
      this.sums = new Sums(clipped, correlation);
    }
    this.correlation = correlation;
    this.innovation = innovation;
    this.test = new StepTest(sums, innovation, deviation());
  }

  double deviation() {
    return innovation / Math.sqrt(1 - correlation * correlation);
  }

  double inflation() {
    return (1 + correlation) / (1 - correlation);
  }

  /**
   * Learns the noise from what is left around the regimes between cuts.
   *
   * @param parameters of each regime
   */
  void learn(double[] rest, int regimes, int parameters) {
    int n = clipped.length;

    double squares = 0;
    double products = 0;
    for (int i = 0; i < n; i++) {
      squares += rest[i] * rest[i];
      products += i > 0 ? rest[i] * rest[i - 1] : 0;
    }
    int freedom = Math.max(1, n - parameters * regimes);
    double raw = squares > 0 ? products / squares : 0;
    // Kendall's bias: each parameter that is estimated takes about that much from the correlation
    double unbiased = raw + parameters * regimes * (1 + 3 * raw) / n;
    double learned = Math.clamp(unbiased, 0, Noise.STRONGEST);
    double rho = Math.max(floor, learned);
    double deviation = Math.sqrt(squares / freedom);
    set(Math.max(robust.deviation(rho), deviation) * Math.sqrt(1 - rho * rho), rho);
  }
}
