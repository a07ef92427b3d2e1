package dev.assay.gateway;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a channel can do whose provider can be asked what became of a message. Thread-safe. */
public interface Queries {

  /**
   * Asks.
   *
   * @param providerId the provider's id
   * @param from the sender of the message
   * @return completes in bounded time and never exceptionally; empty where the provider does not
   *     say
   */
  CompletableFuture<Optional<Status>> query(String providerId, String from);
}
