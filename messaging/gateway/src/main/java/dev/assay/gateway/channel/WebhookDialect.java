package dev.assay.gateway.channel;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.spi.Clock;
import dev.assay.api.value.Secret;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Message;
import dev.assay.gateway.Signature;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;

/**
 * A webhook, signed as Standard Webhooks says. Whoever listens drops what comes twice by its {@code
 * webhook-id}, so that nothing is in doubt. 410 Gone ends a message; anything else that is not 2xx
 * is tried again until its time runs out.
 *
 * @param address where it goes
 * @param secret {@code whsec_} and base64, of which the signature is made
 * @param clock for the time that is signed
 */
record WebhookDialect(URI address, Secret secret, Clock clock) implements Dialect {

  /** Checks the secret. */
  WebhookDialect {
    check(secret);
  }

  private static void check(Secret secret) {
    try {
      byte[] key = Signature.key(secret.reveal());
      if (key.length >= 24 && key.length <= 64) {
        return;
      }
    } catch (IllegalArgumentException noBase64) {
      // told below
    }
    throw new IllegalArgumentException(
        "a secret of Standard Webhooks is whsec_ and the base64 of 24 to 64 bytes, which `openssl"
            + " rand -base64 32` makes");
  }

  @Override
  public String kind() {
    return "webhook";
  }

  @Override
  public HttpRequest.Builder request(Message message) {
    long seconds = clock.now().getEpochSecond();
    Json.Builder data =
        Json.object()
            .put("id", message.id())
            .put("from", message.from())
            .put("to", message.to())
            .put("text", RichText.of(message).plain());
    if (!message.properties().isEmpty()) {
      data.put("properties", Json.texts(message.properties()));
    }
    String body =
        JsonWriter.canonical(
            Json.object()
                .put("type", "message")
                .put("timestamp", clock.now().toString())
                .put("data", data.build())
                .build());
    String time = Long.toString(seconds);
    String signed = new Signature(secret.reveal()).of(message.id(), time, body);
    return HttpRequest.newBuilder(address)
        .header("Content-Type", "application/json")
        .header("webhook-id", message.id())
        .header("webhook-timestamp", time)
        .header("webhook-signature", signed)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  @Override
  public Answer answer(Reply reply, Message message) {
    if (reply.good()) {
      return new Answer.Accepted(List.of(message.id()));
    }
    String reason = "the webhook answered " + reply.status();
    return switch (reply.status()) {
      case 410 -> new Answer.Rejected("410", "the webhook is gone");
      case 429 -> Answers.throttled(reason);
      default -> new Answer.Again(Duration.ZERO, Answer.Cause.UNAVAILABLE, reason);
    };
  }

  @Override
  public boolean dropsDuplicates() {
    return true;
  }

  @Override
  public boolean takenIsDelivered() {
    return true;
  }
}
