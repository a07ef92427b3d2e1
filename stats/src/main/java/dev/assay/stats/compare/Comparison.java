package dev.assay.stats.compare;

import dev.assay.stats.Interval;

/**
 * What two sets of runs say. Immutable.
 *
 * @param answer worse, better, not worse, or nothing
 * @param effect the relative change of the metric, candidate / baseline - 1, with its interval at
 *     99 %, which allows for all that was looked at: 0.1 is 10 % more, whether more is better or
 *     not
 * @param of which part of a run's samples shows it most clearly
 * @param probability of so clear a difference where there is none
 * @param warmUp how many samples were left out at the beginning of each run
 * @param furtherPairs how many more pairs of runs would decide, where there is no answer yet and
 *     the runs scatter as before; 0 otherwise
 */
public record Comparison(
    Answer answer, Interval effect, Part of, double probability, int warmUp, int furtherPairs) {

  /** What can be said. */
  public enum Answer {
    /** The interval is beyond 0 and the effect beyond the practical limit. */
    WORSE,
    /** The same in the other direction. */
    BETTER,
    /** Shown to be no worse than the practical limit. */
    NOT_WORSE,
    /** Neither. */
    INCONCLUSIVE
  }

  /** A part of a run's samples. */
  public enum Part {
    /** The middle eight tenths. */
    MOST,
    /** Those around the median. */
    MEDIAN,
    /** Those around the quartile on the good side: where a run is undisturbed. */
    UNDISTURBED,
    /** The worst twentieth. */
    TAIL
  }
}
