package dev.assay.server.account;

import java.time.Instant;
import java.util.Set;

/**
 * A key of a program that is good. Immutable.
 *
 * @param id what it is called by, no secret
 * @param project of which it is
 * @param name what people call it
 * @param scopes what it may do
 * @param created when it was made
 * @param expires until when it is good
 */
public record ProjectKey(
    String id,
    String project,
    String name,
    Set<ProjectKeys.Scope> scopes,
    Instant created,
    Instant expires)
    implements ProgramKey {
  /** Copies the scopes. */
  public ProjectKey {
    scopes = Set.copyOf(scopes);
  }
}
