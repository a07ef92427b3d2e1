package dev.assay.stats.change;

/**
 * How clearly one level becomes another at a point between two others: the generalised least
 * squares estimate of the step over its standard error. The jump itself counts as well as what
 * stays of it: in correlated noise a jump at once is the clearer sign.
 *
 * <p>The level of a real history wanders a little even where nobody changed anything, so the
 * standard error has a part that grows with the distance (Romano et al., 2022): without it every
 * long history would be cut in the end. Only the points next to the step are asked, as far as they
 * lower that error.
 */
final class StepTest {

  /** How far a level wanders in one point, in standard deviations of the noise. */
  static final double WANDER = 0.04;

  private final Sums sums;
  private final double innovation;
  private final double wander;

  StepTest(Sums sums, double innovation, double deviation) {
    this.sums = sums;
    this.innovation = innovation;
    this.wander = WANDER * deviation;
  }

  /** The step at an index of {@code [from, to)} over its standard error. */
  double statistic(int from, int at, int to) {
    int left = at - from;
    int right = to - at;
    double best = Double.POSITIVE_INFINITY;
    int leftReach = left;
    int rightReach = right;
    // the reach with the least variance, in halves of what there is
    for (int l = left; l >= Math.min(left, 8); l = l / 2) {
      double v = variance(l, Math.min(right, 2 * l));
      if (v < best) {
        best = v;
        leftReach = l;
        rightReach = Math.min(right, 2 * l);
      }
    }
    for (int r = right; r >= Math.min(right, 8); r = r / 2) {
      double v = variance(Math.min(left, 2 * r), r);
      if (v < best) {
        best = v;
        leftReach = Math.min(left, 2 * r);
        rightReach = r;
      }
    }
    return step(at - leftReach, at, at + rightReach) / Math.sqrt(best);
  }

  /** The estimate of the step at an index of {@code [from, to)}. */
  double step(int from, int at, int to) {
    double s = sums.start();
    double r = sums.rest();
    int n = to - from;
    int m = to - at;
    double uu = s * s + r * r * (n - 1);
    double uv = r + r * r * (m - 1);
    double uw = s * s * sums.value(from) + r * sums.white(from + 1, to);
    double vw = sums.whiteAt(at) + r * sums.white(at + 1, to);
    double vv = 1 + r * r * (m - 1);
    return (vw - uv * uw / uu) / (vv - uv * uv / uu);
  }

  private double variance(int left, int right) {
    double s = sums.start();
    double r = sums.rest();
    double uu = s * s + r * r * (left + right - 1);
    double uv = r + r * r * (right - 1);
    double vv = 1 + r * r * (right - 1);
    return innovation * innovation / (vv - uv * uv / uu) + wander * wander * (left + right) / 3;
  }
}
