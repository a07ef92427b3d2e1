package dev.assay.stats.compare;

import java.util.Arrays;

/**
 * How many samples at the beginning of a run are warm-up: as many as make the mean of the rest
 * surest (MSER-5; White, "An effective truncation heuristic for bias reduction in simulation
 * output", Simulation 69, 1997), at most half.
 */
public final class WarmUp {

  private static final int BATCH = 5;
  private static final int FEWEST_BATCHES = 10;

  /** What a cut must gain: noise alone always gains a little. */
  private static final double GAIN = 0.8;

  private WarmUp() {}

  /**
   * The same for all runs, so that all are treated alike: the median of what each shows.
   *
   * @param sides runs of samples in their order
   */
  public static int of(double[][]... sides) {
    int[] cuts =
        Arrays.stream(sides).flatMap(Arrays::stream).mapToInt(WarmUp::of).sorted().toArray();
    return cuts.length == 0 ? 0 : cuts[cuts.length / 2];
  }

  private static int of(double[] values) {
    int batch = Math.max(BATCH, values.length / 500);
    int n = values.length / batch;
    if (n < FEWEST_BATCHES) {
      return 0;
    }
    double[] means = new double[n];
    for (int i = 0; i < n; i++) {
      double[] part = Arrays.copyOfRange(values, i * batch, (i + 1) * batch);
      Arrays.sort(part);
      means[i] = part[batch / 2];
    }
    double sum = 0;
    double squares = 0;
    double best = Double.POSITIVE_INFINITY;
    double whole = 0;
    int cut = 0;
    double base = means[n - 1];
    for (int i = n - 1; i >= 0; i--) {
      double value = means[i] - base;
      sum += value;
      squares += value * value;
      double m = n - i;
      whole = (squares - sum * sum / m) / (m * m);
      if (i <= n / 2 && whole <= best) {
        best = whole;
        cut = i;
      }
    }
    return best < GAIN * whole ? cut * batch : 0;
  }
}
