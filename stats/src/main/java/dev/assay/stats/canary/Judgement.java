package dev.assay.stats.canary;

import dev.assay.stats.Interval;

/**
 * What the samples so far say of a canary. Immutable.
 *
 * @param answer worse, better, not worse, or nothing yet
 * @param evidence how many times one's stake a fair bet on "worse" has become at its highest; worse
 *     from 20 on, which a healthy canary ever reaches in at most 5 % of all cases
 * @param effect the relative change of the rate of events or of the median, with an interval at 95
 *     % that holds at all times at once
 * @param events how many of all events fell on the canary, for what is an event or none; otherwise
 *     how many of the worse half of all samples are the canary's
 * @param total of all events, or of the worse half
 * @param share the canary's share of all samples
 */
public record Judgement(
    Answer answer, double evidence, Interval effect, long events, long total, double share) {

  /** What can be said. */
  public enum Answer {
    /** The canary is worse. */
    WORSE,
    /** The canary is better. */
    BETTER,
    /** It is shown to be no worse than the practical limit. */
    NOT_WORSE,
    /** Nothing yet. */
    INCONCLUSIVE
  }
}
