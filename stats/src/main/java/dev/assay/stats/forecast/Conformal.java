package dev.assay.stats.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** How wide intervals have to be, by how wrong the same forecast would have been before. */
final class Conformal {

  /** How many horizons next to one tell about it. */
  private static final int NEAR = 6;

  /** How a lack of origins widens: their errors are of few independent pasts. */
  private static final double FEW = 0.5;

  private Conformal() {}

  static double[] halves(
      double[] history,
      int[] origins,
      double[][][] past,
      double[] weights,
      int horizon,
      double level) {
    double[] half = new double[horizon];
    if (origins.length == 0) {
      Arrays.fill(half, Double.POSITIVE_INFINITY);
      return half;
    }
    int reach = past[0][0].length;
    double[][] errors = new double[origins.length][reach];
    for (int o = 0; o < origins.length; o++) {
      for (int h = 0; h < reach; h++) {
        double mean = 0;
        for (int m = 0; m < weights.length; m++) {
          mean += weights[m] * past[m][o][h];
        }
        errors[o][h] = Math.abs(history[origins[o] + h] - mean);
      }
    }
    for (int h = 0; h < reach; h++) {
      half[h] = quantile(errors, h, level) * (1 + FEW / origins.length);
      // what lies farther ahead is not known better
      half[h] = h > 0 ? Math.max(half[h], half[h - 1]) : half[h];
    }
    for (int h = reach; h < horizon; h++) {
      half[h] = half[reach - 1] * Math.sqrt((h + 1.0) / reach);
    }
    return half;
  }

  private static double quantile(double[][] errors, int h, double level) {
    List<Double> near = new ArrayList<>();
    for (double[] origin : errors) {
      for (int k = Math.max(0, h - NEAR); k <= Math.min(origin.length - 1, h + NEAR); k++) {
        near.add(origin[k]);
      }
    }
    Collections.sort(near);
    int rank = (int) Math.ceil(level * (near.size() + 1));
    return near.get(Math.min(rank, near.size()) - 1);
  }
}
