package dev.assay.gateway.engine;

import dev.assay.gateway.State;
import dev.assay.gateway.store.Batch.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message that a provider has, and of which a receipt may come. The engine's thread's. */
final class Awaiting {

  final long id;
  final String tenant;
  final String reference;
  final @Nullable String callback;
  final String provider;
  final List<String> providerIds;
  final String from;
  final long expires;
  final int parts;
  final long cost;
  final boolean more;
  State state;
  int steps;
  int settledParts;
  State worst = State.DELIVERED;
  boolean asked;

  Awaiting(
      long id,
      String tenant,
      String reference,
      @Nullable String callback,
      String provider,
      List<String> providerIds,
      String from,
      long expires,
      int parts,
      long cost,
      boolean more,
      State state,
      int steps) {
    this.id = id;
    this.tenant = tenant;
    this.reference = reference;
    this.callback = callback;
    this.provider = provider;
    this.providerIds = providerIds;
    this.from = from;
    this.expires = expires;
    this.parts = parts;
    this.cost = cost;
    this.more = more;
    this.state = state;
    this.steps = steps;
  }

  Change change(String code) {
    return new Change(id, state, steps, provider, parts, cost, code);
  }
}
