package dev.assay.stats.sequential;

/**
 * The numbers of a sentence: "18 of 21 errors fell in the canary, which has 10 % of the traffic".
 * Immutable.
 *
 * @param candidate how many events fell on the candidate
 * @param all how many there were
 * @param share the candidate's share of the traffic or time, 0 to 1; NaN where there was none
 */
public record Excess(long candidate, long all, double share) {

  /** How many events that share would have. */
  public double expected() {
    return share * all;
  }
}
