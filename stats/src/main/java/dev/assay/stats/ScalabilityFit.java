package dev.assay.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One fit of the scalability law, with all that its steps share. A law is lambda, sigma, kappa. */
final class ScalabilityFit {

  private static final int RESAMPLES = 400;
  private static final int TRIALS = 2000;

  /** Up to that many points all triples are tried as a start. */
  private static final int FEW = 16;

  /** Huber's constant, and what makes a median deviation a standard one. */
  private static final double FAR = 1.345 * 1.4826;

  private final double[] n;
  private final double[] x;
  private final SplittableRandom random;

  ScalabilityFit(List<ScalabilityLaw.Point> points, SplittableRandom random) {
    this.n = points.stream().mapToDouble(ScalabilityLaw.Point::load).toArray();
    this.x = points.stream().mapToDouble(ScalabilityLaw.Point::throughput).toArray();
    this.random = random;
  }

  Scalability law() {
    double[] law = refined(x, start());
    if (law.length == 0) {
      return new Scalability.Unknown(
          "not identifiable: throughput does not follow the load in any way that the law has");
    }
    double[] predicted = new double[n.length];
    double[] residuals = new double[n.length];
    double squares = 0;
    for (int i = 0; i < n.length; i++) {
      predicted[i] = ScalabilityLaw.throughput(law, n[i]);
      residuals[i] = Math.log(x[i] / predicted[i]);
      squares += residuals[i] * residuals[i];
    }
    int freedom = n.length - 3;
    double inflation = Math.sqrt(n.length / (double) freedom);
    List<double[]> laws = new ArrayList<>();
    double[] drawn = new double[n.length];
    for (int b = 0; b < RESAMPLES; b++) {
      for (int i = 0; i < n.length; i++) {
        drawn[i] = predicted[i] * Math.exp(inflation * residuals[random.nextInt(n.length)]);
      }
      double[] again = refined(drawn, law);
      if (again.length > 0) {
        laws.add(again);
      }
    }
    double wider = StudentT.twoSided(freedom) / Interval.Z;
    Interval lambda = spread(laws, 0, law[0], wider);
    Interval sigma = spread(laws, 1, law[1], wider);
    Interval kappa = spread(laws, 2, law[2], wider);
    String noPeak = noPeak(law, laws, kappa);
    return new ScalabilityLaw(
        lambda,
        sigma,
        kappa,
        noPeak == null ? peak(law, laws, wider) : null,
        noPeak,
        explained(predicted),
        Math.sqrt(squares / freedom),
        n.length);
  }

  private @Nullable String noPeak(double[] law, List<double[]> laws, Interval kappa) {
    double highest = Arrays.stream(n).max().orElseThrow();
    long bent = laws.stream().filter(one -> one[1] + one[2] > 0).count();
    if (bent < (1 + Interval.LEVEL) / 2 * laws.size() || law[1] + law[2] <= 0) {
      return "not identifiable: throughput grows in proportion to the load; no curvature shows a"
          + " peak";
    }
    if (kappa.low() <= 0) {
      return "not identifiable: the points do not show that throughput ever falls again";
    }
    return peakLoad(law) > highest
        ? "not identifiable: the peak lies beyond the measured range"
        : null;
  }

  private ScalabilityLaw.Peak peak(double[] law, List<double[]> laws, double wider) {
    List<double[]> peaks = new ArrayList<>();
    for (double[] one : laws) {
      if (one[2] > 0) {
        peaks.add(new double[] {peakLoad(one), ScalabilityLaw.throughput(one, peakLoad(one))});
      }
    }
    return new ScalabilityLaw.Peak(
        spread(peaks, 0, peakLoad(law), wider),
        spread(peaks, 1, ScalabilityLaw.throughput(law, peakLoad(law)), wider));
  }

  private static double peakLoad(double[] law) {
    return law[2] > 0 && law[1] < 1 ? Math.sqrt((1 - law[1]) / law[2]) : 1;
  }

  private double explained(double[] predicted) {
    double mean = Arrays.stream(x).average().orElseThrow();
    double left = 0;
    double whole = 0;
    for (int i = 0; i < x.length; i++) {
      left += (x[i] - predicted[i]) * (x[i] - predicted[i]);
      whole += (x[i] - mean) * (x[i] - mean);
    }
    return whole == 0 ? 0 : 1 - left / whole;
  }

  private static Interval spread(List<double[]> laws, int index, double estimate, double wider) {
    double[] values = laws.stream().mapToDouble(law -> law[index]).sorted().toArray();
    if (values.length < RESAMPLES / 2) {
      return Interval.around(0, estimate, Double.POSITIVE_INFINITY);
    }
    int tail = (int) Math.round(values.length * (1 - Interval.LEVEL) / 2);
    double low = estimate - wider * (estimate - values[tail - 1]);
    double high = estimate + wider * (values[values.length - tail] - estimate);
    return Interval.around(Math.max(0, low), estimate, high);
  }

  /** The curve through three of the points that most of the others lie close to. */
  private double[] start() {
    double[] best = new double[0];
    double least = Double.POSITIVE_INFINITY;
    boolean all = n.length <= FEW;
    int trials = all ? n.length * n.length * n.length : TRIALS;
    double[] weights = new double[n.length];
    double[] errors = new double[n.length];
    for (int trial = 0; trial < trials; trial++) {
      int i = all ? trial % n.length : random.nextInt(n.length);
      int j = all ? trial / n.length % n.length : random.nextInt(n.length);
      int k = all ? trial / n.length / n.length : random.nextInt(n.length);
      if (i >= j || j >= k) {
        continue;
      }
      Arrays.fill(weights, 0);
      weights[i] = 1;
      weights[j] = 1;
      weights[k] = 1;
      double[] law = solve(x, weights);
      if (law.length > 0) {
        double median = median(law, errors);
        if (median < least) {
          least = median;
          best = law;
        }
      }
    }
    return best;
  }

  private double median(double[] law, double[] errors) {
    for (int i = 0; i < n.length; i++) {
      errors[i] = Math.abs(Math.log(x[i] / ScalabilityLaw.throughput(law, n[i])));
    }
    Arrays.sort(errors);
    return errors[n.length / 2];
  }

  /** Least squares again and again with what is far off weighed down. */
  private double[] refined(double[] y, double[] start) {
    double[] law = start;
    double[] weights = new double[n.length];
    double[] errors = new double[n.length];
    for (int round = 0; round < 20 && law.length > 0; round++) {
      for (int i = 0; i < n.length; i++) {
        errors[i] = Math.abs(Math.log(y[i] / ScalabilityLaw.throughput(law, n[i])));
      }
      double[] sorted = errors.clone();
      Arrays.sort(sorted);
      double far = Math.max(1e-9, FAR * sorted[n.length / 2]);
      for (int i = 0; i < n.length; i++) {
        weights[i] = errors[i] <= far ? 1 : far / errors[i];
      }
      law = solve(y, weights);
    }
    return law;
  }

  /**
   * Weighted least squares of N/X = a + b (N-1) + c N (N-1) with a above 0 and b, c not below: the
   * best of the four ways to leave b and c out that has no negative part.
   */
  private double[] solve(double[] y, double[] weights) {
    double[] best = new double[0];
    double least = Double.POSITIVE_INFINITY;
    for (int kept = 0; kept < 4; kept++) {
      double[] law = solve(y, weights, (kept & 1) != 0, (kept & 2) != 0);
      if (law.length > 0 && law[3] < least - 1e-15) {
        least = law[3];
        best = Arrays.copyOf(law, 3);
      }
    }
    return best;
  }

  private double[] solve(double[] y, double[] weights, boolean linear, boolean square) {
    double[][] matrix = new double[3][4];
    for (int i = 0; i < n.length; i++) {
      double[] row = row(i, y[i], linear, square);
      for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 4; c++) {
          matrix[r][c] += weights[i] * row[r] * row[c];
        }
      }
    }
    double[] found = eliminate(matrix, linear, square);
    if (found.length == 0 || found[0] <= 0 || found[1] < 0 || found[2] < 0) {
      return new double[0];
    }
    double squares = 0;
    for (int i = 0; i < n.length; i++) {
      double[] row = row(i, y[i], linear, square);
      double off = row[3] - row[0] * found[0] - row[1] * found[1] - row[2] * found[2];
      squares += weights[i] * off * off;
    }
    return new double[] {1 / found[0], found[1] / found[0], found[2] / found[0], squares};
  }

  /** Divided by N/X, so that the right side is 1 and errors are relative. */
  private double[] row(int i, double y, boolean linear, boolean square) {
    double scale = y / n[i];
    return new double[] {
      scale, linear ? scale * (n[i] - 1) : 0, square ? scale * n[i] * (n[i] - 1) : 0, 1
    };
  }

  private static double[] eliminate(double[][] m, boolean linear, boolean square) {
    boolean[] used = {true, linear, square};
    double[] found = new double[3];
    double[] size = {m[0][0], m[1][1], m[2][2]};
    for (int p = 0; p < 3; p++) {
      if (!used[p]) {
        continue;
      }
      if (m[p][p] <= 1e-12 * size[p]) {
        return new double[0];
      }
      for (int r = 0; r < 3; r++) {
        if (r != p && used[r]) {
          double factor = m[r][p] / m[p][p];
          for (int c = 0; c < 4; c++) {
            m[r][c] -= factor * m[p][c];
          }
        }
      }
    }
    for (int p = 0; p < 3; p++) {
      found[p] = used[p] ? m[p][3] / m[p][p] : 0;
    }
    return found;
  }
}
