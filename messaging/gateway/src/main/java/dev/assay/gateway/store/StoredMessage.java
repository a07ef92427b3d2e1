package dev.assay.gateway.store;

import dev.assay.gateway.State;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is kept. Immutable.
 *
 * @param id when it was accepted, and its counter
 * @param state where it is
 * @param steps how many events it has
 * @param tenant whose it is
 * @param from the sender
 * @param to the recipient; empty once erased
 * @param text what it says; empty once erased
 * @param expires milliseconds since 1970
 * @param provider the channel it went by last; empty before
 * @param country of the recipient, two letters; empty where unknown
 * @param parts how many parts it was sent in; 0 before
 * @param cost in millionths of the currency
 * @param code the provider's last code
 * @param reference the client's own
 * @param callback where statuses go; null for where the client's key says
 * @param receipt whether somebody wants to know what became of it after a provider had it
 * @param channels what the client asked for
 * @param properties what only some channels know
 */
public record StoredMessage(
    long id,
    State state,
    int steps,
    String tenant,
    String from,
    String to,
    String text,
    long expires,
    String provider,
    String country,
    int parts,
    long cost,
    String code,
    String reference,
    @Nullable String callback,
    boolean receipt,
    List<String> channels,
    Map<String, String> properties) {

  /** Where it is. */
  Batch.Change place() {
    return new Batch.Change(id, state, steps, provider, parts, cost, code);
  }
}
