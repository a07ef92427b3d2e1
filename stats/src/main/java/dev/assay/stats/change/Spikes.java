package dev.assay.stats.change;

import java.util.Arrays;

/**
 * Draws single outliers in to what their neighbours show, in series that have such, and leaves all
 * others as they are: clipping everywhere would take the evidence out of short regimes and
 * distributions with two modes. The filter is Hampel's (a running median and its deviation), as in
 * Fearnhead and Rigaill, "Changepoint detection in the presence of outliers" (JASA 114, 2019), who
 * show that without it each outlier becomes two change points.
 */
final class Spikes {

  /** Points on each side; a regime of more than that many points is never clipped. */
  private static final int REACH = 3;

  private static final double FAR = 4;
  private static final double KEPT = 2.5;
  private static final double MOST = 0.12;
  private static final double NORMAL = 1.482602218505602;

  private Spikes() {}

  /** The series, with spikes drawn in where it is spiky. */
  static double[] clipped(double[] values) {
    int n = values.length;
    if (n < 4 * REACH) {
      return values;
    }
    double[] middle = new double[n];
    double[] off = new double[n];
    for (int i = 0; i < n; i++) {
      middle[i] = around(values, i);
      off[i] = Math.abs(values[i] - middle[i]);
    }
    double scale = NORMAL * Noise.median(off.clone());
    if (!(scale > 0)) {
      return values;
    }
    int spikes = 0;
    for (int i = 0; i < n; i++) {
      spikes += off[i] > FAR * scale ? 1 : 0;
    }
    if (spikes == 0 || spikes > MOST * n) {
      return values;
    }
    double[] clipped = values.clone();
    for (int i = 0; i < n; i++) {
      if (off[i] > FAR * scale) {
        clipped[i] = middle[i] + Math.copySign(KEPT * scale, values[i] - middle[i]);
      }
    }
    return clipped;
  }

  private static double around(double[] values, int index) {
    int from = Math.clamp(index - REACH, 0, values.length - 2 * REACH - 1);
    return Noise.median(Arrays.copyOfRange(values, from, from + 2 * REACH + 1));
  }
}
