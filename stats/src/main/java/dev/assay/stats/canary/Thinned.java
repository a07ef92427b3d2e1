package dev.assay.stats.canary;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Draws values of a histogram without putting them back. */
final class Thinned {

  private Thinned() {}

  /**
   * So many of its values, in growing order.
   *
   * @param wanted at most all of them
   */
  static double[] to(Histogram histogram, int wanted, SplittableRandom random) {
    double[] drawn = new double[wanted];
    long left = histogram.getTotalCount();
    int taken = 0;
    // selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S): keeps the order
    for (HistogramIterationValue cell : histogram.recordedValues()) {
      for (long i = 0; i < cell.getCountAtValueIteratedTo() && taken < wanted; i++) {
        if (random.nextDouble() * left < wanted - taken) {
          drawn[taken++] = cell.getValueIteratedTo();
        }
        left--;
      }
    }
    return taken == wanted ? drawn : Arrays.copyOf(drawn, taken);
  }
}
