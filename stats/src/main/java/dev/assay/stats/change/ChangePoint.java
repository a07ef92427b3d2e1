package dev.assay.stats.change;

import dev.assay.stats.Interval;

/**
 * A point at which a series changes and stays changed. Immutable.
 *
 * @param index the first index of the new regime, 1 or more
 * @param earliest the first index at which it may as well have begun, at 95 %
 * @param latest the last such index
 * @param kind whether the level or the slope changed
 * @param before the level before: the mean of the regime without spikes, or the value its line
 *     reaches at the point
 * @param after the level after, likewise
 * @param change the relative change, {@code after / before - 1}, for {@link Kind#LEVEL}; around NaN
 *     where the levels are not both above 0, or where the slope changed
 * @param size the change in units of the noise: levels apart divided by the standard deviation
 *     around them, or for a slope what the two lines are apart at the far ends of their regimes
 * @param confidence 1 minus the probability that a series of the same noise and length without a
 *     change shows one as clear; 0 to 1
 */
public record ChangePoint(
    int index,
    int earliest,
    int latest,
    Kind kind,
    double before,
    double after,
    Interval change,
    double size,
    double confidence) {

  /** What changed. */
  public enum Kind {
    /** The level. */
    LEVEL,
    /** The slope of a trend. */
    SLOPE
  }
}
