package dev.assay.gateway.channel;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Nearest;
import dev.assay.api.value.Secret;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Message;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;

/**
 * PagerDuty's Events API v2. The properties {@code action} (trigger, acknowledge, resolve), {@code
 * dedup_key}, {@code severity} (critical, error, warning, info), {@code source}, {@code component},
 * {@code group}, {@code class} and {@code link} say more; without a key each message is an incident
 * of its own. An event that comes twice is one, so that nothing is in doubt.
 *
 * @param api the address of the service
 * @param routingKey the integration's key
 */
record PagerDutyDialect(URI api, Secret routingKey) implements Dialect {

  private static final List<String> ACTIONS = List.of("trigger", "acknowledge", "resolve");
  private static final List<String> SEVERITIES = List.of("critical", "error", "warning", "info");
  private static final int LONGEST_SUMMARY = 1024;
  private static final int LONGEST_KEY = 255;

  @Override
  public String kind() {
    return "pagerduty";
  }

  @Override
  public HttpRequest.Builder request(Message message) {
    Map<String, String> more = message.properties();
    String action = oneOf("action", more.getOrDefault("action", "trigger"), ACTIONS);
    Json.Builder event =
        Json.object()
            .put("routing_key", routingKey.reveal())
            .put("event_action", action)
            .put("dedup_key", key(message));
    if (action.equals("trigger")) {
      event.put("payload", payload(message)).put("client", "Assay");
      String link = more.get("link");
      if (link != null) {
        event.put(
            "links",
            Json.array(List.of(Json.object().put("href", link).put("text", link).build())));
      }
    }
    return HttpRequest.newBuilder(api.resolve("v2/enqueue"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(JsonWriter.canonical(event.build())));
  }

  private static String key(Message message) {
    String key = message.properties().getOrDefault("dedup_key", message.id());
    if (key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException("dedup_key has more than " + LONGEST_KEY + " characters");
    }
    return key;
  }

  private static Json payload(Message message) {
    Map<String, String> more = message.properties();
    String text = RichText.of(message).plain();
    String summary = more.getOrDefault("subject", text);
    Json.Builder payload =
        Json.object()
            .put(
                "summary",
                summary.length() > LONGEST_SUMMARY
                    ? summary.substring(0, LONGEST_SUMMARY - 1) + "…"
                    : summary)
            .put(
                "source",
                more.getOrDefault("source", message.from().isEmpty() ? "assay" : message.from()))
            .put("severity", oneOf("severity", more.getOrDefault("severity", "error"), SEVERITIES))
            .put("custom_details", Json.object().put("text", text).put("id", message.id()).build());
    for (String name : List.of("component", "group", "class")) {
      payload.putIfPresent(name, more.get(name));
    }
    return payload.build();
  }

  private static String oneOf(String property, String value, List<String> known) {
    if (!known.contains(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is no " + property + ": " + Nearest.mend(value, known));
    }
    return value;
  }

  @Override
  public Answer answer(Reply reply, Message message) {
    if (reply.good()) {
      String key = Answers.text(Answers.object(reply.body()), "dedup_key");
      return new Answer.Accepted(List.of(key.isEmpty() ? message.id() : key));
    }
    return reply.status() == 400
        ? new Answer.Rejected("400", "PagerDuty takes the event for invalid")
        : Answers.byStatus(reply.status(), true);
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
