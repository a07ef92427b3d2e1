package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.observe.alert.AlertDocuments.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changed and is not kept yet: all of it is written with the next write that succeeds, so that
 * one that failed leaves nothing behind. Holds one change of each document at the most. Guarded by
 * the engine's lock.
 */
final class Unwritten {

  private final AlertDocuments documents;
  private final Map<List<String>, Change> changes = new LinkedHashMap<>();

  Unwritten(AlertDocuments documents) {
    this.documents = documents;
  }

  /** A document is to be like that; null takes it away. */
  void put(String kind, String id, @Nullable Json body) {
    changes.put(List.of(kind, id), new Change(kind, id, body));
  }

  /**
   * Writes all; when it returns they survive.
   *
   * @throws IllegalStateException if they could not be written; they are not forgotten
   */
  void write() {
    if (!changes.isEmpty()) {
      documents.write(List.copyOf(changes.values()));
      changes.clear();
    }
  }
}
