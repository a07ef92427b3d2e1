package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An alert's life until it is mended: opened by the first notification of a group, closed when all
 * of the group is over. Immutable.
 *
 * @param id unique; begins with when it opened
 * @param title what people call it
 * @param labels that its alerts share
 * @param opened when
 * @param closed when; null while it lasts
 * @param acknowledged who takes care of it; null for nobody
 * @param alerts the fingerprints of its alerts
 * @param affected what is quiet because of it
 * @param timeline what happened, the oldest first, at most {@link #MOST_ENTRIES}
 */
public record Incident(
    String id,
    String title,
    Map<String, String> labels,
    Instant opened,
    @Nullable Instant closed,
    @Nullable String acknowledged,
    List<String> alerts,
    List<String> affected,
    List<Entry> timeline) {

  /** How many entries a timeline has at the most. */
  public static final int MOST_ENTRIES = 200;

  private static final String FAILED = "failed";

  /** Copies the collections. */
  public Incident {
    labels = Map.copyOf(labels);
    alerts = List.copyOf(alerts);
    affected = List.copyOf(affected);
    timeline =
        timeline.size() > MOST_ENTRIES
            ? List.copyOf(timeline.subList(timeline.size() - MOST_ENTRIES, timeline.size()))
            : List.copyOf(timeline);
  }

  /**
   * Something that happened.
   *
   * @param at when
   * @param kind such as {@code opened}, {@code told}, {@code acknowledged}
   * @param text one sentence without its full stop
   * @param times how often in a row, 1 or more; then {@code at} is the last time
   */
  public record Entry(Instant at, String kind, String text, int times) {

    private boolean same(String otherKind, String otherText) {
      return kind.equals(otherKind) && text.equals(otherText);
    }

    private Json json() {
      Json.Builder entry =
          Json.object().put("at", at.toString()).put("kind", kind).put("text", text);
      return times == 1 ? entry.build() : entry.put("times", times).build();
    }

    private static Entry of(Json json) {
      Json.Obj entry = json.asObject();
      Json times = entry.find("times");
      return new Entry(
          Instant.parse(entry.text("at")),
          entry.text("kind"),
          entry.text("text"),
          times == null ? 1 : (int) times.asWhole());
    }
  }

  /** With one more entry. */
  Incident with(Instant at, String kind, String text) {
    List<Entry> entries = new ArrayList<>(timeline);
    entries.add(new Entry(at, kind, text, 1));
    return new Incident(id, title, labels, opened, closed, acknowledged, alerts, affected, entries);
  }

  /** With a failure; one that comes again and again is one entry, so that it hides nothing else. */
  Incident failing(Instant at, String text) {
    for (int i = timeline.size() - 1; i >= 0 && timeline.get(i).kind().equals(FAILED); i--) {
      if (timeline.get(i).same(FAILED, text)) {
        List<Entry> entries = new ArrayList<>(timeline);
        entries.add(new Entry(at, FAILED, text, entries.remove(i).times() + 1));
        return new Incident(
            id, title, labels, opened, closed, acknowledged, alerts, affected, entries);
      }
    }
    return with(at, FAILED, text);
  }

  /** Over. */
  Incident over(Instant at) {
    return new Incident(id, title, labels, opened, at, acknowledged, alerts, affected, timeline)
        .with(at, "closed", "it is over");
  }

  /** With somebody who takes care. */
  Incident by(String who, String comment, Instant at) {
    return new Incident(id, title, labels, opened, closed, who, alerts, affected, timeline)
        .with(at, "acknowledged", who + (comment.isBlank() ? "" : ": " + comment.strip()));
  }

  /** With more alerts. */
  Incident having(Set<String> fingerprints) {
    Set<String> all = new LinkedHashSet<>(alerts);
    all.addAll(fingerprints);
    return new Incident(
        id, title, labels, opened, closed, acknowledged, new ArrayList<>(all), affected, timeline);
  }

  /** With one more thing that is quiet because of it. */
  Incident affecting(String what, Instant at) {
    if (affected.contains(what) || affected.size() >= MOST_ENTRIES) {
      return this;
    }
    List<String> all = new ArrayList<>(affected);
    all.add(what);
    return new Incident(id, title, labels, opened, closed, acknowledged, alerts, all, timeline)
        .with(at, "inhibited", "nobody is told of " + what + ", which depends on this");
  }

  /** As JSON. */
  public Json.Obj json() {
    return Json.object()
        .put("id", id)
        .put("title", title)
        .put("labels", Json.texts(labels))
        .put("opened", opened.toString())
        .putIfPresent("closed", closed == null ? null : closed.toString())
        .putIfPresent("acknowledged", acknowledged)
        .put("alerts", Json.array(alerts.stream().map(Json::of).toList()))
        .put("affected", Json.array(affected.stream().map(Json::of).toList()))
        .put("timeline", Json.array(timeline.stream().map(Entry::json).toList()))
        .build();
  }

  static Incident of(Json json) {
    Json.Obj object = json.asObject();
    String closed = object.findText("closed");
    return new Incident(
        object.text("id"),
        object.text("title"),
        AlertJson.texts(object.object("labels")),
        Instant.parse(object.text("opened")),
        closed == null ? null : Instant.parse(closed),
        object.findText("acknowledged"),
        object.array("alerts").stream().map(Json::asText).toList(),
        object.array("affected").stream().map(Json::asText).toList(),
        object.array("timeline").stream().map(Entry::of).toList());
  }
}
