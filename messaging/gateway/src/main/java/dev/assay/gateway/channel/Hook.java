package dev.assay.gateway.channel;

import dev.assay.api.json.Json;
import dev.assay.gateway.Incoming;
import dev.assay.gateway.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a provider calls to tell what became of messages, and what people wrote. Thread-safe. */
interface Hook {

  /**
   * Whether a call is the provider's own: its signature is that of the body.
   *
   * @param headers by name in small letters
   */
  boolean genuine(Map<String, String> headers, byte[] body);

  /** What a provider is answered that asks whether this is its customer's hook; empty for no. */
  Optional<Json> greet(Map<String, String> query);

  /** What a genuine call tells. */
  Told read(Json.Obj call);

  /**
   * What was told.
   *
   * @param statuses what became of messages
   * @param incoming what people wrote
   */
  record Told(List<Status> statuses, List<Incoming> incoming) {
    /** Copies the lists. */
    public Told {
      statuses = List.copyOf(statuses);
      incoming = List.copyOf(incoming);
    }
  }
}
