package dev.assay.server.hook;

import dev.assay.server.hook.HookEvent.Kind;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to hear of a project. Immutable.
 *
 * @param id what it is called by, no secret
 * @param project of which
 * @param url where it is told
 * @param events of what
 * @param form how
 * @param header the name of the header that is sent with it; null for none
 * @param created since when
 * @param gone whether it said that it is there no more
 */
public record Webhook(
    String id,
    String project,
    String url,
    Set<Kind> events,
    HookForm form,
    @Nullable String header,
    Instant created,
    boolean gone) {

  /** Copies the set. */
  public Webhook {
    events = Set.copyOf(events);
  }
}
