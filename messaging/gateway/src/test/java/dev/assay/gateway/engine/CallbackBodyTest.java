package dev.assay.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.gateway.State;
import dev.assay.gateway.store.MessageId;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A callback's body is what the general writer of JSON makes of the same. */
class CallbackBodyTest {

  private static final Instant AT = Instant.parse("2026-11-22T04:00:00.123Z");

  private static String general(String provider, String code, String reference) {
    Json.Builder data =
        Json.object()
            .put("id", MessageId.text(7))
            .put("state", "delivered")
            .put("at", AT.toString())
            .put("provider", provider);
    if (!code.isEmpty()) {
      data.put("code", code);
    }
    if (!reference.isEmpty()) {
      data.put("reference", reference);
    }
    return JsonWriter.canonical(
        Json.object()
            .put("type", "message.delivered")
            .put("timestamp", AT.toString())
            .put("data", data.build())
            .build());
  }

  @Property
  void itIsTheCanonicalForm(
      @ForAll String provider, @ForAll String code, @ForAll String reference) {
    assertThat(new CallbackBody().of(7, State.DELIVERED, AT, provider, code, reference))
        .isEqualTo(general(provider, code, reference));
  }

  @Test
  void theNextTurnHasItsOwnTime() {
    CallbackBody body = new CallbackBody();
    body.of(7, State.DELIVERED, AT, "alpha", "", "");

    String next = body.of(8, State.FAILED, AT.plusMillis(1), "alpha", "EXPIRED 4", "order-1");

    assertThat(JsonReader.read(next).asObject().text("timestamp"))
        .isEqualTo("2026-11-22T04:00:00.124Z");
  }
}
