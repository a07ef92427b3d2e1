package dev.assay.gateway.channel;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.value.Secret;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Incoming;
import dev.assay.gateway.Message;
import dev.assay.gateway.Signature;
import dev.assay.gateway.State;
import dev.assay.gateway.Status;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Viber's REST API for businesses and bots. A message is for a Viber user id, which Viber gives
 * when somebody subscribes or writes.
 *
 * @param name the channel's name, for statuses
 * @param api the address: {@code https://chatapi.viber.com/pa/}
 * @param sender the name that people see, at most 28 characters
 * @param token of the account, by which Viber also signs what it tells
 */
record ViberDialect(String name, URI api, String sender, Secret token) implements Dialect, Hook {

  private static final int LONGEST_TEXT = 7000;
  private static final int LONGEST_SENDER = 28;

  /** Checks the sender. */
  ViberDialect {
    if (sender.isBlank() || sender.length() > LONGEST_SENDER) {
      throw new IllegalArgumentException(
          "a sender of Viber has 1 to " + LONGEST_SENDER + " characters");
    }
  }

  @Override
  public String kind() {
    return "viber";
  }

  @Override
  public HttpRequest.Builder request(Message message) {
    String text = RichText.of(message).whatsApp();
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "a text of Viber has at most " + LONGEST_TEXT + " characters");
    }
    Json body =
        Json.object()
            .put("receiver", message.to())
            .put("min_api_version", 1)
            .put("sender", Json.object().put("name", sender).build())
            .put("tracking_data", message.id())
            .put("type", "text")
            .put("text", text)
            .build();
    return HttpRequest.newBuilder(api.resolve("send_message"))
        .header("X-Viber-Auth-Token", token.reveal())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(JsonWriter.canonical(body)));
  }

  @Override
  public Answer answer(Reply reply, Message message) {
    if (!reply.good()) {
      return Answers.byStatus(reply.status(), false);
    }
    Json.Obj body = Answers.object(reply.body());
    int code = (int) Answers.whole(body, "status", -1);
    String reason = "Viber answered with status " + code;
    return switch (code) {
      case 0 -> accepted(body);
      case 12 -> Answers.throttled(reason);
      // an address, a token, an account, a hook, a balance that the operator has to see to
      case 1, 2, 7, 8, 9, 10, 15, 22, 23, 24 -> Answers.mendable(reason);
      case -1 -> new Answer.InDoubt("Viber's answer cannot be read");
      default -> new Answer.Rejected(Integer.toString(code), reason);
    };
  }

  private static Answer accepted(Json.Obj body) {
    long token = Answers.whole(body, "message_token", -1);
    return token < 0
        ? new Answer.InDoubt("Viber's answer has no token")
        : new Answer.Accepted(List.of(Long.toString(token)));
  }

  @Override
  public boolean dropsDuplicates() {
    return false;
  }

  @Override
  public boolean takenIsDelivered() {
    return false;
  }

  @Override
  public boolean genuine(Map<String, String> headers, byte[] body) {
    return Signature.matches(
        headers.getOrDefault("x-viber-content-signature", ""), token.reveal(), body);
  }

  @Override
  public Optional<Json> greet(Map<String, String> query) {
    return Optional.empty(); // Viber's greeting is a signed call like the others
  }

  @Override
  public Told read(Json.Obj call) {
    String event = call.text("event");
    Instant at = Instant.ofEpochMilli(call.whole("timestamp"));
    return switch (event) {
      case "delivered", "seen" -> told(call, State.DELIVERED, event, at);
      case "failed" -> told(call, State.FAILED, event, at);
      case "message" -> {
        Json.Obj written = call.object("message");
        yield Answers.text(written, "type").equals("text")
            ? new Told(
                List.of(),
                List.of(
                    new Incoming(
                        name, call.object("sender").text("id"), sender, written.text("text"), at)))
            : new Told(List.of(), List.of());
      }
      default -> new Told(List.of(), List.of());
    };
  }

  private Told told(Json.Obj call, State state, String event, Instant at) {
    String token = Long.toString(call.whole("message_token"));
    return new Told(List.of(new Status(name, token, state, event, at)), List.of());
  }
}
