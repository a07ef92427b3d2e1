package dev.assay.server.hook;

import dev.assay.server.hook.HookEvent.Kind;
import java.time.Instant;
import java.util.Set;

/**
 * Somebody who wants to hear of a project. Immutable.
 *
 * @param id what it is called by, no secret
 * @param project of which
 * @param url where it is told
 * @param events of what
 * @param created since when
 * @param gone whether it said that it is there no more
 */
public record Webhook(
    String id, String project, String url, Set<Kind> events, Instant created, boolean gone) {

  /** Copies the set. */
  public Webhook {
    events = Set.copyOf(events);
  }
}
