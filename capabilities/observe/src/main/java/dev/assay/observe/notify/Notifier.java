package dev.assay.observe.notify;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.IoReason;
import dev.assay.observe.alert.Failure;
import dev.assay.observe.alert.HttpConfig;
import dev.assay.observe.alert.Notification;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends notifications, each within 30 s. Thread-safe. */
public final class Notifier {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST_MESSAGE = 300;

  private final Post way;
  private final Function<Notification, String> page;

  /**
   * A notifier.
   *
   * @param way how what is sent reaches others
   * @param page the address of the page about a notification; empty where there is none
   */
  public Notifier(Post way, Function<Notification, String> page) {
    this.way = way;
    this.page = page;
  }

  /**
   * Sends.
   *
   * @param global what holds for all ways of a kind
   * @return why it did not arrive; null where it did
   */
  public @Nullable Failure send(Notification notification, Map<String, Json> global)
      throws InterruptedException {
    try {
      Json.Obj written = notification.way().configuration().asObject();
      String external = page.apply(notification);
      return switch (notification.way().kind()) {
        case "webhook" ->
            post(
                URI.create(need(written, "url", null)),
                NotificationJson.webhook(notification, external),
                HttpConfig.of(written, global).headers());
        case "slack" ->
            post(
                URI.create(need(written, "api_url", global.get("slack_api_url"))),
                NotificationJson.slack(notification, written, external),
                HttpConfig.of(written, global).headers());
        case "pagerduty" -> pagerduty(notification, written, global, external);
        case "gateway" -> gateway(notification, written);
        case "email" -> {
          String refused = EmailWay.send(notification, written, global, external, way);
          yield refused == null ? null : new Failure(refused);
        }
        default -> new Failure("there is no way called " + notification.way().kind());
      };
    } catch (JsonException | IllegalArgumentException wrong) {
      return new Failure(String.valueOf(wrong.getMessage()));
    } catch (IOException away) {
      return new Failure(IoReason.of(away));
    }
  }

  private @Nullable Failure pagerduty(
      Notification notification, Json.Obj written, Map<String, Json> global, String external)
      throws IOException, InterruptedException {
    String key = written.findText("routing_key");
    String routing = key == null ? need(written, "service_key", null) : key;
    String own = written.findText("url");
    Json shared = global.get("pagerduty_url");
    String usual = shared == null ? "https://events.pagerduty.com/v2/enqueue" : shared.asText();
    return post(
        URI.create(own == null ? usual : own),
        NotificationJson.pagerduty(notification, routing, external),
        HttpConfig.of(written, global).headers());
  }

  /** A short message; the key makes the gateway take it once. */
  private @Nullable Failure gateway(Notification notification, Json.Obj written)
      throws IOException, InterruptedException {
    String text =
        notification.title() + " " + notification.commonAnnotations().getOrDefault("summary", "");
    Json.Builder message =
        Json.object()
            .put("to", need(written, "to", null))
            .put("text", NotificationJson.cut(text.strip(), LONGEST_MESSAGE));
    message.putIfPresent("from", written.findText("from"));
    String base = need(written, "url", null).replaceAll("/+$", "");
    String once =
        NotificationJson.key(notification).substring(0, 32)
            + "-"
            + notification.at().toEpochMilli();
    return post(
        URI.create(base + "/v1/messages"),
        message.build(),
        Map.of("Authorization", "Bearer " + need(written, "key", null), "Idempotency-Key", once));
  }

  static String need(Json.Obj written, String name, @Nullable Json usual) {
    Json own = written.find(name);
    Json found = own == null ? usual : own;
    if (found == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return found.asText();
  }

  private @Nullable Failure post(URI address, Json body, Map<String, String> headers)
      throws IOException, InterruptedException {
    Map<String, String> all = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
    all.putAll(headers);
    Post.Answer answer = way.send(address, all, JsonWriter.canonical(body), PATIENCE);
    return answer.status() / 100 == 2
        ? null
        : new Failure(
            ("it answers "
                    + answer.status()
                    + " "
                    + NotificationJson.cut(answer.said().strip(), 200))
                .strip(),
            answer.after());
  }
}
