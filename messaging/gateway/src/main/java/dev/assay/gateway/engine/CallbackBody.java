package dev.assay.gateway.engine;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.gateway.State;
import dev.assay.gateway.store.MessageId;
import java.time.Instant;

/**
 * What a client is told of a status, in JSON's canonical form. It is written as it is, without a
 * tree, and a turn's time becomes text once: there is one for every message. The engine's thread's.
 */
final class CallbackBody {

  private final StringBuilder out = new StringBuilder(256);
  private Instant last = Instant.MIN;
  private String lastText = "";

  String of(long message, State state, Instant at, String provider, String code, String reference) {
    String time = text(at);
    out.setLength(0);
    out.append("{\"data\":{\"at\":\"").append(time).append('"');
    if (!code.isEmpty()) {
      member("code", code);
    }
    out.append(",\"id\":\"").append(MessageId.text(message)).append('"');
    member("provider", provider);
    if (!reference.isEmpty()) {
      member("reference", reference);
    }
    out.append(",\"state\":\"").append(state.word());
    out.append("\"},\"timestamp\":\"").append(time);
    out.append("\",\"type\":\"message.").append(state.word()).append("\"}");
    return out.toString();
  }

  private String text(Instant at) {
    if (!at.equals(last)) {
      last = at;
      lastText = at.toString();
    }
    return lastText;
  }

  private void member(String name, String value) {
    out.append(",\"").append(name).append("\":");
    if (plain(value)) {
      out.append('"').append(value).append('"');
    } else {
      out.append(JsonWriter.canonical(Json.of(value)));
    }
  }

  private static boolean plain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
