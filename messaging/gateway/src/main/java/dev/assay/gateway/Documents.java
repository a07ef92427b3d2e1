package dev.assay.gateway;

import dev.assay.api.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Small things that extensions keep in the gateway's store: JSON by kind and key, some with a time
 * at which they are due. Writes are durable when their future completes, which fails only where the
 * store does; reads see what is durable. Thread-safe; reads block for the time of a query.
 */
public interface Documents {

  /**
   * One of them.
   *
   * @param key unique in its kind
   * @param due when something is to be done with it, or null
   * @param body what it says
   */
  record Document(String key, @Nullable Instant due, Json.Obj body) {}

  /** Writes one, in place of what has its kind and key. */
  CompletableFuture<Void> put(String kind, Document document);

  /** Removes one, if it is there. */
  CompletableFuture<Void> remove(String kind, String key);

  /** One of them. */
  Optional<Document> get(String kind, String key);

  /**
   * Some of a kind in the order of their keys.
   *
   * @param after the key after which to begin; empty for the first
   * @param most at most so many
   */
  List<Document> list(String kind, String after, int most);

  /** Those that are due at that time or before, the earliest first. */
  List<Document> due(String kind, Instant at, int most);
}
