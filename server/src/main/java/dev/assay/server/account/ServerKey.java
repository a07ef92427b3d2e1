package dev.assay.server.account;

import java.time.Instant;
import java.util.Set;

/**
 * A key of a program for the whole server: what its scopes say, it may in every project and in the
 * server itself. Immutable.
 *
 * @param id what it is called by, no secret
 * @param name what people call it
 * @param scopes what it may do
 * @param created when it was made
 * @param expires until when it is good
 */
public record ServerKey(
    String id, String name, Set<ProjectKeys.Scope> scopes, Instant created, Instant expires)
    implements ProgramKey {
  /** Copies the scopes. */
  public ServerKey {
    scopes = Set.copyOf(scopes);
  }

  @Override
  public String shown() {
    return "server key " + id;
  }
}
