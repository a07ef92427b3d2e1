package dev.assay.gateway.schedule;

import dev.assay.api.json.Json;
import dev.assay.gateway.Documents.Document;
import dev.assay.gateway.Draft;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message for later, as it is kept. Immutable.
 *
 * @param id by which it is asked for
 * @param created when; what a schedule leaves open is counted from then
 * @param zone where neither schedule nor recipient tells one
 * @param written the schedule as it was asked for
 * @param draft what is sent
 * @param plan what of it was sent, and what comes next
 * @param last the id of the message that was sent last, or why it was not; empty before
 */
record ScheduledMessage(
    String id,
    Instant created,
    ZoneId zone,
    Json.Obj written,
    Draft draft,
    Plan plan,
    String last) {

  static final String KIND = "schedule";

  ScheduledMessage with(Plan next) {
    return new ScheduledMessage(id, created, zone, written, draft, next, last);
  }

  ScheduledMessage with(Plan next, String result) {
    return new ScheduledMessage(id, created, zone, written, draft, next, result);
  }

  /** The document of it. */
  Document document() {
    Instant next = plan.next();
    Json.Obj body =
        Json.object()
            .put("created", created.toString())
            .put("zone", zone.getId())
            .put("schedule", written)
            .put("draft", json(draft))
            .put("state", plan.state().word())
            .put("sent", plan.sent())
            .putIfPresent("next", next == null ? null : next.toString())
            .put("last", last)
            .build();
    return new Document(id, next, body);
  }

  static ScheduledMessage read(Document document) {
    Json.Obj body = document.body();
    Draft draft = draft(body.object("draft"));
    Instant created = Instant.parse(body.text("created"));
    ZoneId zone = ZoneId.of(body.text("zone"));
    Json.Obj written = body.object("schedule");
    String next = body.findText("next");
    Plan plan =
        new Plan(
            Schedule.read(written, draft.to(), zone, created),
            Plan.State.valueOf(body.text("state").toUpperCase(Locale.ROOT)),
            body.whole("sent"),
            next == null ? null : Instant.parse(next));
    return new ScheduledMessage(
        document.key(), created, zone, written, draft, plan, body.text("last"));
  }

  /** What the API tells of it: not the text, which is the recipient's. */
  Json.Obj told(int times) {
    Instant next = plan.next();
    List<Json> upcoming = new ArrayList<>();
    Plan following = plan;
    while (following.next() != null && upcoming.size() < times) {
      Instant due = following.next();
      upcoming.add(Json.of(due.toString()));
      following = following.sent(due);
    }
    return Json.object()
        .put("id", id)
        .put("state", plan.state().word().equals("active") ? "scheduled" : plan.state().word())
        .put("sent", plan.sent())
        .putIfPresent("next", next == null ? null : next.toString())
        .put("upcoming", Json.array(upcoming))
        .put(
            "zones",
            Json.array(
                plan.schedule().zones().stream().map(each -> Json.of(each.getId())).toList()))
        .put("created", created.toString())
        .put("schedule", written)
        .put("last", last)
        .build();
  }

  private static Json.Obj json(Draft draft) {
    return Json.object()
        .put("tenant", draft.tenant())
        .put("from", draft.from())
        .put("to", draft.to())
        .put("text", draft.text())
        .put("channels", Json.array(draft.channels().stream().map(Json::of).toList()))
        .put("validity", draft.validity().toString())
        .put("reference", draft.reference())
        .putIfPresent("callback", draft.callback())
        .put("receipt", draft.receipt())
        .put("properties", Json.texts(draft.properties()))
        .build();
  }

  private static Draft draft(Json.Obj json) {
    Map<String, String> properties = new HashMap<>();
    json.object("properties")
        .members()
        .forEach((name, value) -> properties.put(name, value.asText()));
    @Nullable String callback = json.findText("callback");
    return new Draft(
        json.text("tenant"),
        json.text("from"),
        json.text("to"),
        json.text("text"),
        json.array("channels").stream().map(Json::asText).toList(),
        Duration.parse(json.text("validity")),
        json.text("reference"),
        callback,
        json.get("receipt").asBool(),
        properties);
  }
}
