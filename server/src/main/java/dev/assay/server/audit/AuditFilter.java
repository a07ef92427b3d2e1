package dev.assay.server.audit;

import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted, the newest first. Immutable.
 *
 * @param who a member's name, or what a program is called; null for all
 * @param action an action or its beginning, such as {@code key}; null for all
 * @param project of which project; null for all
 * @param before only those with a smaller sequence; null for all
 * @param limit how many at most, 1 to 1000
 */
public record AuditFilter(
    @Nullable String who,
    @Nullable String action,
    @Nullable String project,
    @Nullable Long before,
    int limit) {

  /** Bounds the limit; empty texts ask for nothing. */
  public AuditFilter {
    who = who == null || who.isBlank() ? null : who.strip();
    action = action == null || action.isBlank() ? null : action.strip();
    project = project == null || project.isBlank() ? null : project.strip();
    limit = Math.clamp(limit, 1, 1_000);
  }
}
