package dev.assay.load.engine;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A histogram of nanoseconds that takes memory only once something is recorded: most steps never
 * fail, and many are not in most phases. Not thread-safe.
 */
final class Lazily {

  /** What is given for nothing recorded; nobody records into it. */
  private static final Histogram EMPTY = new Histogram(3);

  private @Nullable Histogram histogram;

  void record(long nanos) {
    own().recordValue(Math.max(0, nanos));
  }

  void add(Lazily other) {
    Histogram more = other.histogram;
    if (more != null && more.getTotalCount() > 0) {
      own().add(more);
    }
  }

  void reset() {
    Histogram some = histogram;
    if (some != null) {
      Histograms.reset(some);
    }
  }

  /** What was recorded; not to be changed. */
  Histogram histogram() {
    Histogram some = histogram;
    return some == null ? EMPTY : some;
  }

  private Histogram own() {
    Histogram some = histogram;
    if (some == null) {
      some = Histograms.of();
      histogram = some;
    }
    return some;
  }
}
