package dev.assay.observe.notify;

import dev.assay.api.json.Json;
import dev.assay.observe.alert.Alert;
import dev.assay.observe.alert.Notification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** What each kind of receiver is sent. */
final class NotificationJson {

  private static final int LONGEST_TEXT = 2_900;
  private static final int LONGEST_TITLE = 1_000;

  private NotificationJson() {}

  /** Alertmanager's webhook, version 4. */
  static Json.Obj webhook(Notification notification, String external) {
    return Json.object()
        .put("version", "4")
        .put("groupKey", notification.groupKey())
        .put("truncatedAlerts", 0)
        .put("status", notification.status())
        .put("receiver", notification.way().receiver())
        .put("groupLabels", Json.texts(notification.groupLabels()))
        .put("commonLabels", Json.texts(notification.commonLabels()))
        .put("commonAnnotations", Json.texts(notification.commonAnnotations()))
        .put("externalURL", external)
        .put(
            "alerts",
            Json.array(
                notification.alerts().stream().map(alert -> alert(notification, alert)).toList()))
        .build();
  }

  private static Json alert(Notification notification, Alert alert) {
    boolean firing = alert.firing(notification.at());
    return Json.object()
        .put("status", firing ? "firing" : "resolved")
        .put("labels", Json.texts(alert.labels()))
        .put("annotations", Json.texts(alert.annotations()))
        .put("startsAt", alert.startsAt().toString())
        .put("endsAt", firing ? "0001-01-01T00:00:00Z" : alert.endsAt().toString())
        .put("generatorURL", alert.generator())
        .put("fingerprint", alert.fingerprint())
        .build();
  }

  /** A message of Slack's incoming webhooks. */
  static Json.Obj slack(Notification notification, Json.Obj written, String external) {
    Json.Builder attachment =
        Json.object()
            .put("color", notification.firing() ? "danger" : "good")
            .put("title", escaped(cut(notification.title(), LONGEST_TITLE)))
            .put("text", escaped(cut(text(notification), LONGEST_TEXT)))
            .put("fallback", escaped(cut(notification.title(), LONGEST_TITLE)));
    if (!external.isEmpty()) {
      attachment.put("title_link", external);
    }
    Json.Builder message =
        Json.object()
            .put("text", escaped(cut(notification.title(), LONGEST_TITLE)))
            .put("attachments", Json.array(java.util.List.of(attachment.build())));
    message.putIfPresent("channel", written.findText("channel"));
    message.putIfPresent("username", written.findText("username"));
    return message.build();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** An event of PagerDuty's Events API v2; what has the same key is the same incident there. */
  static Json.Obj pagerduty(Notification notification, String routingKey, String external) {
    Map<String, String> common = notification.commonLabels();
    String severity =
        switch (common.getOrDefault("severity", "critical")) {
          case "page", "critical" -> "critical";
          case "warning", "ticket" -> "warning";
          case "info", "none" -> "info";
          default -> "error";
        };
    Json.Builder event =
        Json.object()
            .put("routing_key", routingKey)
            .put("event_action", notification.firing() ? "trigger" : "resolve")
            .put("dedup_key", key(notification));
    event.put(
        "payload",
        Json.object()
            .put("summary", cut(notification.title(), LONGEST_TITLE))
            .put("source", common.getOrDefault("service", "assay"))
            .put("severity", severity)
            .put("timestamp", notification.at().toString())
            .put("custom_details", Json.texts(Map.of("alerts", cut(text(notification), 2_000))))
            .build());
    if (!external.isEmpty()) {
      event.put("client", "Assay").put("client_url", external);
    }
    return event.build();
  }

  /** The same for every notification of a group. */
  static String key(Notification notification) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(notification.groupKey().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Each alert with what people should know of it. */
  static String text(Notification notification) {
    return notification.alerts().stream()
        .map(alert -> text(notification, alert))
        .collect(Collectors.joining("\n\n"));
  }

  private static String text(Notification notification, Alert alert) {
    StringBuilder out = new StringBuilder();
    out.append(alert.firing(notification.at()) ? "firing since " : "resolved, began ")
        .append(alert.startsAt())
        .append(": ")
        .append(alert.annotations().getOrDefault("summary", alert.name()));
    alert
        .annotations()
        .forEach((name, value) -> {
          if (!name.equals("summary")) {
            out.append('\n').append(name).append(": ").append(value);
          }
        });
    out.append("\nlabels: ")
        .append(
            alert.labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", ")));
    return out.toString();
  }

  static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }
}
