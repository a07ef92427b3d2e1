package dev.assay.load.engine;

import org.HdrHistogram.Histogram;

/** The one kind of histogram that the engine records into: nanoseconds, three digits. */
final class Histograms {

  private static final long USUAL_HIGHEST = 10_000_000_000L;

  private Histograms() {}

  /** Grows by itself above ten seconds, at most a few times in a run. */
  static Histogram of() {
    Histogram histogram = new Histogram(1, USUAL_HIGHEST, 3);
    histogram.setAutoResize(true);
    return histogram;
  }

  static void reset(Histogram histogram) {
    if (histogram.getTotalCount() > 0) {
      histogram.reset();
    }
  }
}
