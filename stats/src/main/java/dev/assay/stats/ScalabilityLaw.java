package dev.assay.stats;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Gunther's universal scalability law fitted to measured points: {@code X(N) = lambda N / (1 +
 * sigma (N - 1) + kappa N (N - 1))}, the throughput X at a concurrency (or number of users or
 * nodes) N. Immutable.
 *
 * <p>Sources: Gunther, "A Simple Capacity Model of Massively Parallel Transaction Systems" (CMG
 * 1993) and "Guerrilla Capacity Planning" (2007); Schwartz, "Practical Scalability Analysis with
 * the Universal Scalability Law" (2015).
 *
 * @param lambda throughput at N = 1
 * @param sigma contention: the share that cannot be done at once; 0 or more
 * @param kappa coherency: what keeping in step costs; 0 or more
 * @param peak where throughput is highest, or null where the points do not show it
 * @param noPeak why there is no peak, a sentence; null where there is one
 * @param rSquared the share of the variance of the throughputs that the law explains; at most 1
 * @param error the typical relative distance of a throughput from the law, a root mean square
 * @param points how many points it rests on
 */
public record ScalabilityLaw(
    Interval lambda,
    Interval sigma,
    Interval kappa,
    @Nullable Peak peak,
    @Nullable String noPeak,
    double rSquared,
    double error,
    int points)
    implements Scalability {

  /** Three parameters and two points to contradict them. */
  static final int FEWEST_LOADS = 5;

  /** The highest load has to be that many times the lowest. */
  private static final double LEAST_RANGE = 2;

  /**
   * Where throughput is highest.
   *
   * @param load the concurrency there
   * @param throughput the throughput there
   */
  public record Peak(Interval load, Interval throughput) {}

  /**
   * A measured point.
   *
   * @param load concurrency, above 0
   * @param throughput above 0
   */
  public record Point(double load, double throughput) {
    /** Checks the ranges. */
    public Point {
      if (!(load > 0 && throughput > 0 && Double.isFinite(load) && Double.isFinite(throughput))) {
        throw new IllegalArgumentException(load + ", " + throughput + " is no point");
      }
    }
  }

  /**
   * Fits by non-negative least squares of {@code N / X}, which is linear in the parameters,
   * weighted so that relative errors of throughput count alike. It starts from the curve through
   * three points that has the least median error of all such curves (Rousseeuw, 1984), and weighs
   * points that lie far from it down (Huber, 1964), so that one bad point does not bend it.
   * Intervals are of 400 resamples of the relative residuals (Efron, 1979) with Student's widening
   * for few points.
   *
   * @param seed the same seed gives the same answer
   * @return the law, or why the points cannot tell
   */
  public static Scalability fit(List<Point> points, long seed) {
    double[] loads = points.stream().mapToDouble(Point::load).distinct().sorted().toArray();
    if (loads.length < FEWEST_LOADS) {
      return new Scalability.Unknown(
          "not identifiable: "
              + loads.length
              + " different loads are too few for three parameters; at least "
              + FEWEST_LOADS
              + " are needed");
    }
    if (loads[loads.length - 1] < LEAST_RANGE * loads[0]) {
      return new Scalability.Unknown(
          "not identifiable: the highest load is less than twice the lowest, which shows no"
              + " curvature");
    }
    return new ScalabilityFit(points, new SplittableRandom(seed)).law();
  }

  /** The throughput that the law predicts at a load. */
  public double throughput(double load) {
    return throughput(new double[] {lambda.estimate(), sigma.estimate(), kappa.estimate()}, load);
  }

  static double throughput(double[] law, double n) {
    return law[0] * n / (1 + law[1] * (n - 1) + law[2] * n * (n - 1));
  }
}
