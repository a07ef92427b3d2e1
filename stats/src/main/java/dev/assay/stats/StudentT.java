package dev.assay.stats;

/**
 * Student's distribution. With {@code t = sqrt(n) tan(a)} its density over the angle is the (n-1)th
 * power of the cosine, which Simpson's rule integrates without any constant.
 */
final class StudentT {

  private static final int PANELS = 1000;
  private static final double MANY = 1000;

  private StudentT() {}

  /**
   * The value that a variable of that many degrees of freedom exceeds in size in 5 % of all cases;
   * right to three digits and more.
   *
   * @param freedom at least 1
   */
  static double twoSided(double freedom) {
    if (freedom > MANY) {
      return Interval.Z;
    }
    double whole = integral(Math.PI / 2, freedom - 1);
    double low = 0;
    double high = Math.PI / 2;
    for (int i = 0; i < 36; i++) {
      double middle = (low + high) / 2;
      if (integral(middle, freedom - 1) < Interval.LEVEL * whole) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(freedom) * Math.tan(low);
  }

  private static double integral(double to, double power) {
    double step = to / PANELS;
    double sum = 1 + Math.pow(Math.max(0, Math.cos(to)), power);
    for (int i = 1; i < PANELS; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * Math.pow(Math.cos(i * step), power);
    }
    return sum * step / 3;
  }
}
