package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.observe.problem.AlertProblems;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Alerts and silences as Alertmanager's API v2 writes them. */
public final class AlertJson {

  /** What an alert that does not say when it ends is taken to last. */
  public static final Duration RESOLVE_TIMEOUT = Duration.ofMinutes(5);

  private static final int MOST_AT_ONCE = 1_000;
  private static final String MEND = "send them as Alertmanager's API says";

  private AlertJson() {}

  /**
   * What was posted. Immutable.
   *
   * @param alerts those that can be taken
   * @param wrong what is wrong with the first that cannot; null where all can
   */
  public record Posted(List<Alert> alerts, @Nullable Problem wrong) {
    /** Copies the list. */
    public Posted {
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * Reads what was posted. One that is no alert does not keep others from being heard, as in
   * Alertmanager.
   *
   * @param lasts how long one lasts that does not say when it ends
   * @throws ProblemException if it is no list of at most 1,000 alerts
   */
  public static Posted alerts(Json json, Instant now, Duration lasts) {
    List<Alert> alerts = new ArrayList<>();
    Problem wrong = null;
    List<Json> all;
    try {
      all = json.asArray();
    } catch (JsonException none) {
      throw wrong(String.valueOf(none.getMessage()), MEND);
    }
    if (all.size() > MOST_AT_ONCE) {
      throw wrong("there are " + all.size() + " alerts", "send at most 1000 at once");
    }
    for (int i = 0; i < all.size(); i++) {
      try {
        alerts.add(alert(all.get(i).asObject(), now, lasts));
      } catch (JsonException | DateTimeException unreadable) {
        wrong = wrong == null ? said(i, String.valueOf(unreadable.getMessage()), MEND) : wrong;
      } catch (ProblemException refused) {
        Problem first = refused.problems().getFirst();
        wrong = wrong == null ? said(i, first.what(), first.mend()) : wrong;
      }
    }
    return new Posted(alerts, wrong);
  }

  private static Problem said(int index, String what, String mend) {
    return AlertProblems.WRONG_ALERT.at(Where.named("alert " + (index + 1)), what, mend);
  }

  private static RuntimeException wrong(String what, String mend) {
    return AlertProblems.WRONG_ALERT.failure(Where.named("the request"), what, mend);
  }

  /** One that was kept. */
  static Alert alert(Json.Obj json, Instant now) {
    return alert(json, now, RESOLVE_TIMEOUT);
  }

  private static Alert alert(Json.Obj json, Instant now, Duration lasts) {
    Instant starts = time(json.findText("startsAt"));
    Instant ends = time(json.findText("endsAt"));
    Instant end = ends == null ? now.plus(lasts) : ends;
    Instant start = starts == null ? (end.isBefore(now) ? end : now) : starts;
    String generator = json.findText("generatorURL");
    Instant updated = time(json.findText("updatedAt"));
    return new Alert(
        texts(json.object("labels")),
        json.find("annotations") instanceof Json.Obj annotations
            ? texts(annotations)
            : new TreeMap<>(),
        start,
        end,
        updated == null ? now : updated,
        generator == null ? "" : generator);
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null || text.isEmpty() || text.startsWith("0001-01-01")
        ? null
        : OffsetDateTime.parse(text).toInstant();
  }

  static SortedMap<String, String> texts(Json.Obj object) {
    SortedMap<String, String> texts = new TreeMap<>();
    object.members().forEach((name, value) -> texts.put(name, value.asText()));
    return texts;
  }

  /** As it is kept and posted. */
  public static Json.Builder json(Alert alert) {
    return Json.object()
        .put("labels", Json.texts(alert.labels()))
        .put("annotations", Json.texts(alert.annotations()))
        .put("startsAt", alert.startsAt().toString())
        .put("endsAt", alert.endsAt().toString())
        .put("updatedAt", alert.updatedAt().toString())
        .put("generatorURL", alert.generator());
  }

  /**
   * Reads a silence.
   *
   * @param id of the new one, where it does not say which it changes
   */
  public static Silence silence(Json json, String id, Instant now) {
    try {
      Json.Obj object = json.asObject();
      String own = object.findText("id");
      List<LabelMatcher> matchers = new ArrayList<>();
      for (Json each : object.array("matchers")) {
        Json.Obj matcher = each.asObject();
        Json equal = matcher.find("isEqual");
        matchers.add(
            LabelMatcher.of(
                matcher.text("name"),
                matcher.text("value"),
                matcher.get("isRegex").asBool(),
                equal == null || equal.asBool()));
      }
      Instant starts = OffsetDateTime.parse(object.text("startsAt")).toInstant();
      return new Silence(
          own == null || own.isEmpty() ? id : own,
          matchers,
          starts,
          OffsetDateTime.parse(object.text("endsAt")).toInstant(),
          object.text("createdBy"),
          object.text("comment"),
          now);
    } catch (JsonException | DateTimeException | IllegalArgumentException unreadable) {
      throw wrong(String.valueOf(unreadable.getMessage()), "send it as Alertmanager's API says");
    }
  }

  /** As it is kept and answered. */
  public static Json.Builder json(Silence silence) {
    return Json.object()
        .put("id", silence.id())
        .put(
            "matchers",
            Json.array(
                silence.matchers().stream()
                    .map(matcher ->
                        Json.object()
                            .put("name", matcher.name())
                            .put("value", matcher.value())
                            .put("isRegex", matcher.regex())
                            .put("isEqual", matcher.equal())
                            .build())
                    .toList()))
        .put("startsAt", silence.startsAt().toString())
        .put("endsAt", silence.endsAt().toString())
        .put("createdBy", silence.createdBy())
        .put("comment", silence.comment())
        .put("updatedAt", silence.updatedAt().toString());
  }
}
