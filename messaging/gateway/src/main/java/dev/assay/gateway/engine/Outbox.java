package dev.assay.gateway.engine;

import dev.assay.gateway.State;
import dev.assay.gateway.store.Batch.Notice;
import org.jspecify.annotations.Nullable;

/** Tells clients what became of messages. Thread-safe; its methods do not block. */
public interface Outbox {

  /** Where a status goes, or null where nobody wants it. */
  @Nullable String address(String tenant, @Nullable String callback, State state);

  /** Takes a callback that is durable. Tells {@link Engine#called} or {@link Engine#tried}. */
  void offer(Notice callback);
}
