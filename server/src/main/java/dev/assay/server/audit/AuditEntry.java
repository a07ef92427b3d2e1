package dev.assay.server.audit;

import dev.assay.api.json.Json;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit log, with names where they are still known. Immutable.
 *
 * @param sequence its place, from 1
 * @param at when
 * @param who who did it
 * @param from from which address; empty for none
 * @param action what was done, such as {@code key.made}
 * @param project in which project; null for none
 * @param target to what
 * @param detail more, by name
 * @param hash the chain's hash at it, 64 hexadecimal digits
 * @param body as it is chained, with aliases
 */
public record AuditEntry(
    long sequence,
    Instant at,
    String who,
    String from,
    String action,
    @Nullable String project,
    String target,
    SortedMap<String, String> detail,
    String hash,
    Json.Obj body) {

  /** Copies the detail. */
  public AuditEntry {
    detail = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(detail));
  }

  /** The detail as one text. */
  public String details() {
    StringBuilder text = new StringBuilder();
    detail.forEach((name, value) ->
        text.append(text.isEmpty() ? "" : ", ").append(name).append(": ").append(value));
    return text.toString();
  }
}
