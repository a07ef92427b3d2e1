package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what must survive a crash: documents by kind and id. Thread-safe. */
public interface AlertDocuments {

  /** Those of a kind, by id. */
  Map<String, Json> all(String kind);

  /**
   * Writes all of them or none; when it returns they survive {@code kill -9}.
   *
   * @throws IllegalStateException if they could not be written
   */
  void write(List<Change> changes);

  /**
   * A document as it is to be.
   *
   * @param kind of which kind
   * @param id unique in the kind
   * @param body null to take it away
   */
  record Change(String kind, String id, @Nullable Json body) {}
}
