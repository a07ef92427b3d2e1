package dev.assay.network.link;

/** The standard normal distribution. */
final class NormalScore {

  private NormalScore() {}

  /** Its density at x. */
  static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /**
   * The share below x, Φ(x), to 1e-15 (Hart's algorithm 5666 as given in G. West, "Better
   * approximations to cumulative normal functions", Wilmott Magazine, 2005).
   */
  static double below(double x) {
    double size = Math.abs(x);
    double tail;
    if (size > 37) {
      tail = 0;
    } else {
      double bell = Math.exp(-size * size / 2);
      tail = size < 7.07106781186547 ? bell * near(size) : bell / far(size);
    }
    return x > 0 ? 1 - tail : tail;
  }

  private static double near(double x) {
    double above = 3.52624965998911e-02 * x + 0.700383064443688;
    above = above * x + 6.37396220353165;
    above = above * x + 33.912866078383;
    above = above * x + 112.079291497871;
    above = above * x + 221.213596169931;
    above = above * x + 220.206867912376;
    double below = 8.83883476483184e-02 * x + 1.75566716318264;
    below = below * x + 16.064177579207;
    below = below * x + 86.7807322029461;
    below = below * x + 296.564248779674;
    below = below * x + 637.333633378831;
    below = below * x + 793.826512519948;
    below = below * x + 440.413735824752;
    return above / below;
  }

  private static double far(double x) {
    double fraction = x + 0.65;
    fraction = x + 4 / fraction;
    fraction = x + 3 / fraction;
    fraction = x + 2 / fraction;
    fraction = x + 1 / fraction;
    return fraction * 2.506628274631;
  }
}
