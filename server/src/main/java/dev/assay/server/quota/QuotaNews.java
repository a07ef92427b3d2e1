package dev.assay.server.quota;

import java.time.Instant;

/**
 * A quota of a project is used by so much now, which is told once. Immutable.
 *
 * @param project of which
 * @param standing how it stands
 * @param percent {@link Standing#NEAR} or {@link Standing#ALL}
 * @param at when it was seen
 */
public record QuotaNews(String project, Standing standing, int percent, Instant at) {

  /** Whether nothing more is taken. */
  public boolean reached() {
    return percent == Standing.ALL;
  }
}
