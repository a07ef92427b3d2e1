package dev.assay.suite.order;

/** The ways to order that are compared with each other as cycles go by. */
public enum Ranking {
  /**
   * Tests that failed in fewer cycles ago first; among equals the decayed failure average over the
   * expected duration. The baseline that is hard to beat (Elbaum, Rothermel and Penix, 2014).
   */
  RECENT_FAILURE,
  /** The decayed failure average over the expected duration (Kim and Porter, 2002). */
  FAILURE_AVERAGE,
  /** The same with a memory of some forty runs instead of eight. */
  LONG_AVERAGE,
  /** The probability of {@link Mixture} over the expected duration. */
  MIXTURE
}
