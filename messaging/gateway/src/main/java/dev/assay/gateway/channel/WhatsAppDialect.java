package dev.assay.gateway.channel;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * WhatsApp's Cloud API. A text goes to somebody who wrote within a day; else the property {@code
 * whatsapp.template} names a template that Meta approved, with {@code whatsapp.language} (en_US)
 * and {@code whatsapp.parameters} (a JSON array of texts).
 *
 * @param name the channel's name, for statuses
 * @param api the address with its version: {@code https://graph.facebook.com/v23.0/}
 * @param phoneNumberId the number's id at Meta
 * @param token of the app or system user
 * @param appSecret by which Meta signs what it tells
 * @param verifyToken what Meta says when the hook is set up
 */
record WhatsAppDialect(
    String name, URI api, String phoneNumberId, Secret token, Secret appSecret, Secret verifyToken)
    implements Dialect, Hook {

  private static final int LONGEST_TEXT = 4096;

  @Override
  public String kind() {
    return "whatsapp";
  }

  @Override
  public HttpRequest.Builder request(Message message) {
    String template = message.properties().get("whatsapp.template");
    Json.Builder body =
        Json.object()
            .put("messaging_product", "whatsapp")
            .put("recipient_type", "individual")
            .put("to", number(message.to()))
            .put("biz_opaque_callback_data", message.id());
    if (template == null) {
      String text = RichText.of(message).whatsApp();
      if (text.length() > LONGEST_TEXT) {
        throw new IllegalArgumentException(
            "a text of WhatsApp has at most " + LONGEST_TEXT + " characters");
      }
      body.put("type", "text")
          .put("text", Json.object().put("preview_url", false).put("body", text).build());
    } else {
      body.put("type", "template").put("template", template(template, message.properties()));
    }
    return HttpRequest.newBuilder(api.resolve(phoneNumberId + "/messages"))
        .header("Authorization", "Bearer " + token.reveal())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(JsonWriter.canonical(body.build())));
  }

  private static String number(String to) {
    String digits = to.replaceAll("[ ()./-]", "");
    if (!digits.matches("\\+?[0-9]{5,20}")) {
      throw new IllegalArgumentException("WhatsApp reaches numbers in international form only");
    }
    return digits.startsWith("+") ? digits.substring(1) : digits;
  }

  private static Json template(String template, Map<String, String> more) {
    List<Json> parameters = new ArrayList<>();
    for (Json each : JsonReader.read(more.getOrDefault("whatsapp.parameters", "[]")).asArray()) {
      parameters.add(Json.object().put("type", "text").put("text", each.asText()).build());
    }
    Json.Builder built =
        Json.object()
            .put("name", template)
            .put(
                "language",
                Json.object().put("code", more.getOrDefault("whatsapp.language", "en_US")).build());
    if (!parameters.isEmpty()) {
      Json body =
          Json.object().put("type", "body").put("parameters", Json.array(parameters)).build();
      built.put("components", Json.array(List.of(body)));
    }
    return built.build();
  }

  @Override
  public Answer answer(Reply reply, Message message) {
    Json.Obj body = Answers.object(reply.body());
    if (reply.good()) {
      List<String> ids = new ArrayList<>();
      if (body.find("messages") instanceof Json.Array messages) {
        for (Json each : messages.items()) {
          if (each instanceof Json.Obj one) {
            ids.add(Answers.text(one, "id"));
          }
        }
      }
      return ids.isEmpty() || ids.contains("")
          ? new Answer.InDoubt("WhatsApp's answer has no id")
          : new Answer.Accepted(ids);
    }
    int code = (int) Answers.whole(Answers.inner(body, "error"), "code", -1);
    return code < 0 ? Answers.byStatus(reply.status(), false) : byCode(code);
  }

  /** By the codes of the Cloud API's documentation. */
  private static Answer byCode(int code) {
    String reason = "WhatsApp answered with error " + code;
    return switch (code) {
      case 4, 80007, 130429, 131048, 131056, 133016 -> Answers.throttled(reason);
      case 1, 2, 131000, 131016, 131057, 133004 -> Answers.unavailable(reason);
      // a token that ran out, a right that is missing, a bill that is not paid
      case 0, 3, 10, 190, 131005, 131042, 131045, 133010 -> Answers.mendable(reason);
      default ->
          code >= 200 && code <= 299
              ? Answers.mendable(reason)
              : new Answer.Rejected(Integer.toString(code), reason);
    };
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
    String signature = headers.getOrDefault("x-hub-signature-256", "");
    return signature.startsWith("sha256=")
        && Signature.matches(signature.substring(7), appSecret.reveal(), body);
  }

  @Override
  public Optional<Json> greet(Map<String, String> query) {
    boolean ours =
        "subscribe".equals(query.get("hub.mode"))
            && MessageDigest.isEqual(
                query.getOrDefault("hub.verify_token", "").getBytes(StandardCharsets.UTF_8),
                verifyToken.reveal().getBytes(StandardCharsets.UTF_8));
    String challenge = query.getOrDefault("hub.challenge", "");
    return ours && challenge.matches("\\d{1,18}")
        ? Optional.of(Json.of(Long.parseLong(challenge)))
        : Optional.empty();
  }

  @Override
  public Told read(Json.Obj call) {
    List<Status> statuses = new ArrayList<>();
    List<Incoming> incoming = new ArrayList<>();
    for (Json entry : call.array("entry")) {
      for (Json change : entry.asObject().array("changes")) {
        Json.Obj value = Answers.inner(change.asObject(), "value");
        String ours = Answers.text(Answers.inner(value, "metadata"), "display_phone_number");
        value.array("statuses").forEach(each -> statuses.add(status(each.asObject())));
        for (Json each : value.array("messages")) {
          Json.Obj written = each.asObject();
          if (Answers.text(written, "type").equals("text")) {
            incoming.add(
                new Incoming(
                    name,
                    written.text("from"),
                    ours,
                    written.object("text").text("body"),
                    at(written)));
          }
        }
      }
    }
    return new Told(statuses, incoming);
  }

  private Status status(Json.Obj told) {
    String word = told.text("status");
    State state =
        switch (word) {
          case "delivered", "read", "played" -> State.DELIVERED;
          case "failed" -> State.FAILED;
          default -> State.ACKNOWLEDGED;
        };
    List<Json> errors = told.array("errors");
    String code =
        errors.isEmpty()
            ? word
            : Long.toString(Answers.whole(errors.getFirst().asObject(), "code", 0));
    return new Status(name, told.text("id"), state, code, at(told));
  }

  private static Instant at(Json.Obj told) {
    return Instant.ofEpochSecond(Long.parseLong(told.text("timestamp")));
  }
}
