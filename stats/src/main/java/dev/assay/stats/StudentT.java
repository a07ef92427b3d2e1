package dev.assay.stats;

/**
 * Student's distribution. With {@code t = sqrt(n) tan(a)} its density over the angle is the (n-1)th
 * power of the cosine, which Simpson's rule integrates without any constant.
 */
public final class StudentT {

  private static final int PANELS = 200;
  private static final double MANY = 1000;

  private StudentT() {}

  /**
   * The value that a variable of that many degrees of freedom exceeds in size in 5 % of all cases;
   * right to three digits and more.
   *
   * @param freedom at least 1
   */
  static double twoSided(double freedom) {
    return freedom > MANY ? Interval.Z : quantile(1 - Interval.LEVEL, freedom);
  }

  /**
   * The value that a variable exceeds in size, on either side, with that probability.
   *
   * @param probability above 0, below 1
   * @param freedom at least 1
   */
  public static double quantile(double probability, double freedom) {
    double bounded = Math.min(freedom, MANY);
    double wanted = probability * integral(0, Math.PI / 2, bounded - 1);
    double low = 0;
    double high = Math.PI / 2;
    for (int i = 0; i < 48; i++) {
      double middle = (low + high) / 2;
      if (integral(middle, Math.PI / 2, bounded - 1) > wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(bounded) * Math.tan(low);
  }

  /**
   * The probability that a variable exceeds a value in size, on either side.
   *
   * @param freedom at least 1
   */
  public static double tail(double value, double freedom) {
    double bounded = Math.min(freedom, MANY);
    return beyond(Math.atan(Math.abs(value) / Math.sqrt(bounded)), bounded);
  }

  /** The share of the density that lies beyond an angle; the far end has no cancellation. */
  private static double beyond(double angle, double freedom) {
    return integral(angle, Math.PI / 2, freedom - 1) / integral(0, Math.PI / 2, freedom - 1);
  }

  private static double integral(double from, double to, double power) {
    double step = (to - from) / PANELS;
    double sum =
        Math.pow(Math.max(0, Math.cos(from)), power) + Math.pow(Math.max(0, Math.cos(to)), power);
    for (int i = 1; i < PANELS; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * Math.pow(Math.cos(from + i * step), power);
    }
    return sum * step / 3;
  }
}
