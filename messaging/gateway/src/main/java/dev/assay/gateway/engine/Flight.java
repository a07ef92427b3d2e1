package dev.assay.gateway.engine;

import dev.assay.gateway.Message;
import dev.assay.gateway.State;
import dev.assay.gateway.route.Candidate;
import dev.assay.gateway.store.Batch.Change;
import dev.assay.gateway.store.MessageId;
import dev.assay.gateway.store.StoredMessage;
import java.time.Instant;
import java.util.List;

/** A message that no provider has yet, in memory. Belongs to the engine's thread. */
final class Flight {

  final StoredMessage stored;
  final List<Candidate> candidates;
  State state;
  int steps;
  int candidate;
  int resubmits;
  int refusals;
  int parts;
  long cost;
  String code = "";
  String provider = "";
  long sentNanos;

  /** Not in the store yet. */
  boolean fresh;

  /** In the store as it was before. */
  boolean dirty;

  Flight(StoredMessage stored, List<Candidate> candidates) {
    this.stored = stored;
    this.candidates = candidates;
    this.state = stored.state();
    this.steps = stored.steps();
    this.provider = stored.provider();
    this.parts = stored.parts();
    this.cost = stored.cost();
  }

  long id() {
    return stored.id();
  }

  boolean expired(long millis) {
    return stored.expires() <= millis;
  }

  /** As the store shall have it now. */
  StoredMessage stored() {
    return new StoredMessage(
        stored.id(),
        state,
        steps,
        stored.tenant(),
        stored.from(),
        stored.to(),
        stored.text(),
        stored.expires(),
        provider,
        stored.country(),
        parts,
        cost,
        code,
        stored.reference(),
        stored.callback(),
        stored.receipt(),
        stored.channels(),
        stored.properties());
  }

  Change change() {
    return new Change(stored.id(), state, steps, provider, parts, cost, code);
  }

  Message message() {
    return new Message(
        MessageId.text(stored.id()),
        stored.tenant(),
        stored.from(),
        stored.to(),
        stored.text(),
        stored.channels(),
        Instant.ofEpochMilli(stored.expires()),
        stored.receipt(),
        stored.properties());
  }
}
