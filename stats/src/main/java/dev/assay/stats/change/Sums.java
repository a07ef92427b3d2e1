package dev.assay.stats.change;

/**
 * Prefix sums of a series whitened by its correlation, from which the cost of any segment follows
 * at once. A segment's first point stands for itself, weighted as a stationary start; each later
 * one for what is new in it (generalised least squares of an AR(1) process, Prais and Winsten,
 * 1954).
 */
final class Sums {

  private final double correlation;
  private final double rest;
  private final double start;
  private final double[] y;
  private final double[] z;
  private final double[] zz;
  private final double[] tz;
  private final double[] head;
  private final double[] before;
  private final double[] perWeight;

  /** Of a series that is centred, so that the sums stay small. */
  Sums(double[] values, double correlation) {
    this.correlation = correlation;
    this.rest = 1 - correlation;
    this.start = Math.sqrt(1 - correlation * correlation);
    int n = values.length;
    this.y = values;
    this.z = new double[n + 1];
    this.zz = new double[n + 1];
    this.tz = new double[n + 1];
    for (int t = 0; t < n; t++) {
      double white = t == 0 ? 0 : values[t] - correlation * values[t - 1];
      z[t + 1] = z[t] + white;
      zz[t + 1] = zz[t] + white * white;
      tz[t + 1] = tz[t] + white * t;
    }
    this.head = new double[n];
    this.before = new double[n];
    this.perWeight = new double[n + 1];
    for (int t = 0; t < n; t++) {
      head[t] = start * start * values[t] - rest * z[t + 1];
      before[t] = zz[t + 1] - start * start * values[t] * values[t];
      perWeight[t + 1] = 1 / (start * start + rest * rest * t);
    }
  }

  int length() {
    return y.length;
  }

  /** What a whitened point at the start of a segment weighs. */
  double start() {
    return start;
  }

  /** What a constant is after whitening. */
  double rest() {
    return rest;
  }

  /** Sum of the whitened points from one index up to another. */
  double white(int from, int to) {
    return z[to] - z[from];
  }

  double value(int index) {
    return y[index];
  }

  double whiteAt(int index) {
    return z[index + 1] - z[index];
  }

  /** Residual sum of squares of the segment {@code [from, to)} around one level. */
  double level(int from, int to) {
    double product = head[from] + rest * z[to];
    return Math.max(0, zz[to] - before[from] - product * product * perWeight[to - from]);
  }

  /** Residual sum of squares of a segment around a line; 0 for two points. */
  double line(int from, int to) {
    if (to - from < 3) {
      return 0;
    }
    double[] line = fit(from, to);
    return line[2];
  }

  /**
   * The line of a segment: its value at {@code from}, its slope and the residual sum of squares.
   */
  double[] fit(int from, int to) {
    double m = to - from - 1;
    double first = start * y[from];
    // regressors with time counted from the segment's first point: (start, 0), then (rest, rest s +
    // correlation)
    double sumS = m * (m + 1) / 2;
    double sumSs = m * (m + 1) * (2 * m + 1) / 6;
    double aa = start * start + rest * rest * m;
    double ab = rest * (rest * sumS + correlation * m);
    double bb = rest * rest * sumSs + 2 * rest * correlation * sumS + correlation * correlation * m;
    double sumZ = z[to] - z[from + 1];
    double sumTz = tz[to] - tz[from + 1] - from * sumZ;
    double ay = start * first + rest * sumZ;
    double by = rest * sumTz + correlation * sumZ;
    double yy = first * first + zz[to] - zz[from + 1];
    double determinant = aa * bb - ab * ab;
    double a = (ay * bb - by * ab) / determinant;
    double b = (by * aa - ay * ab) / determinant;
    return new double[] {a, b, Math.max(0, yy - a * ay - b * by)};
  }
}
