package dev.assay.gateway;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/** Documents that last as long as the test. */
public final class MemoryDocuments implements Documents {

  private final Map<String, ConcurrentSkipListMap<String, Document>> kinds =
      new ConcurrentSkipListMap<>();

  private ConcurrentSkipListMap<String, Document> kind(String kind) {
    return kinds.computeIfAbsent(kind, _ -> new ConcurrentSkipListMap<>());
  }

  @Override
  public CompletableFuture<Void> put(String kind, Document document) {
    kind(kind).put(document.key(), document);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> remove(String kind, String key) {
    kind(kind).remove(key);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Optional<Document> get(String kind, String key) {
    return Optional.ofNullable(kind(kind).get(key));
  }

  @Override
  public List<Document> list(String kind, String after, int most) {
    return kind(kind).tailMap(after, false).values().stream().limit(most).toList();
  }

  @Override
  public List<Document> due(String kind, Instant at, int most) {
    return kind(kind).values().stream()
        .filter(document -> document.due() != null && !document.due().isAfter(at))
        .sorted(Comparator.comparing(document -> Objects.requireNonNull(document.due())))
        .limit(most)
        .toList();
  }
}
