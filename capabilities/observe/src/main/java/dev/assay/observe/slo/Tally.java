package dev.assay.observe.slo;

import java.time.Instant;

/**
 * Events that were counted. Immutable.
 *
 * @param at when
 * @param good how many were good, 0 to {@code total}
 * @param total how many there were
 * @param release the commit or artifact they are of; empty where it is not known
 */
public record Tally(Instant at, double good, double total, String release) {

  /** How many were bad. */
  public double bad() {
    return Math.max(0, total - good);
  }
}
