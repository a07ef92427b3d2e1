package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The alerts that are told together, and what was told of them. Guarded by the engine's lock. */
final class Group {

  /**
   * What a way was told last.
   *
   * @param firing the fingerprints that lasted
   * @param resolved those that were over
   * @param at when
   */
  record Told(Set<String> firing, Set<String> resolved, Instant at) {

    private Json.Builder json() {
      return Json.object()
          .put("firing", texts(firing))
          .put("resolved", texts(resolved))
          .put("at", at.toString());
    }

    private static Told of(Json.Obj json) {
      return new Told(set(json, "firing"), set(json, "resolved"), Instant.parse(json.text("at")));
    }
  }

  /**
   * What a way could not be told, after it was tried for long enough.
   *
   * @param what it was to be told, and when that was given up
   * @param last how it was tried
   */
  record GaveUp(Told what, Retry last) {}

  final String key;
  final String route;
  final SortedMap<String, String> labels;
  final Set<String> alerts = new LinkedHashSet<>();
  final Map<String, Told> told = new LinkedHashMap<>();

  /** The ways that fail, each with pauses of its own. */
  final Map<String, Retry> retries = new LinkedHashMap<>();

  final Map<String, GaveUp> gaveUp = new LinkedHashMap<>();

  /** When the group as a whole is looked at. */
  Instant next;

  @Nullable String incident;
  int escalated;

  /** Not kept: after a crash everything that is not known to be told is told again. */
  final Set<String> underWay = new HashSet<>();

  /**
   * Those that were under way when the group was looked at: they are looked at once they are back.
   */
  private final Set<String> missed = new HashSet<>();

  Group(String key, String route, SortedMap<String, String> labels, Instant next) {
    this.key = key;
    this.route = route;
    this.labels = labels;
    this.next = next;
  }

  static String key(Route route, SortedMap<String, String> labels) {
    return route.id() + ":" + labels;
  }

  /** Whether a way must be told. */
  boolean needs(
      Way way,
      Set<String> firing,
      Set<String> resolved,
      Duration repeat,
      boolean taken,
      Instant now) {
    GaveUp vain = gaveUp.get(way.key());
    if (vain != null
        && vain.what().firing().containsAll(firing)
        && vain.what().resolved().containsAll(resolved)
        && vain.what().at().plus(repeat).isAfter(now)) {
      return false; // nothing new, and not yet time to repeat it
    }
    Told last = told.get(way.key());
    if (last == null) {
      return !firing.isEmpty();
    }
    if (!last.firing().containsAll(firing)) {
      return true;
    }
    if (firing.isEmpty()) {
      return !last.firing().isEmpty() && way.tellsResolved();
    }
    if (way.tellsResolved() && !last.resolved().containsAll(resolved)) {
      return true;
    }
    return !taken && !last.at().plus(repeat).isAfter(now);
  }

  /** Whether a way may be tried now. */
  boolean may(String way, Instant now) {
    if (underWay.contains(way)) {
      missed.add(way);
      return false;
    }
    Retry retry = retries.get(way);
    return retry == null || retry.due(now);
  }

  /** The ways that are due although the group as a whole is not. */
  Set<String> due(Instant now) {
    Set<String> due = new HashSet<>();
    retries.forEach((way, retry) -> {
      if (retry.due(now)) {
        due.add(way);
      }
    });
    due.addAll(missed);
    due.removeAll(underWay);
    missed.removeAll(due);
    return due;
  }

  /** A way was reached. */
  void reached(String way, Told what) {
    told.put(way, what);
    retries.remove(way);
    gaveUp.remove(way);
  }

  /**
   * A way was not reached.
   *
   * @return how often and since when, where that was given up; null where it is tried again
   */
  @Nullable Retry failed(String way, Told what, Failure failure, Instant now) {
    Retry retry = Retry.after(retries.get(way), key + way, failure, now);
    if (!retry.over(now)) {
      retries.put(way, retry);
      return null;
    }
    retries.remove(way);
    gaveUp.put(way, new GaveUp(new Told(what.firing(), what.resolved(), now), retry));
    return retry;
  }

  /** All ways may be tried at once: they lead elsewhere now. */
  void anew() {
    retries.clear();
    gaveUp.clear();
  }

  /** Whether nobody has to hear any more by a way that an alert is over. */
  boolean knows(Way way, String alert) {
    Told last = told.get(way.key());
    if (last == null || !last.firing().contains(alert) || !way.tellsResolved()) {
      return true;
    }
    GaveUp vain = gaveUp.get(way.key());
    return vain != null && vain.what().resolved().contains(alert);
  }

  Json json() {
    Json.Builder ways = Json.object();
    told.forEach((way, last) -> ways.put(way, last.json().build()));
    Json.Builder failing = Json.object();
    retries.forEach((way, retry) -> failing.put(way, retry.json()));
    Json.Builder vain = Json.object();
    gaveUp.forEach((way, given) ->
        vain.put(way, given.what().json().put("last", given.last().json()).build()));
    return Json.object()
        .put("key", key)
        .put("route", route)
        .put("labels", Json.texts(labels))
        .put("alerts", texts(alerts))
        .put("told", ways.build())
        .put("retries", failing.build())
        .put("gaveUp", vain.build())
        // after a crash what is under way now is looked at again at once
        .put("next", (underWay.isEmpty() ? next : Instant.EPOCH).toString())
        .putIfPresent("incident", incident)
        .put("escalated", escalated)
        .build();
  }

  private static Json texts(Collection<String> texts) {
    return Json.array(texts.stream().map(Json::of).toList());
  }

  static Group of(Json json) {
    Json.Obj object = json.asObject();
    Group group =
        new Group(
            object.text("key"),
            object.text("route"),
            AlertJson.texts(object.object("labels")),
            Instant.parse(object.text("next")));
    object.array("alerts").forEach(each -> group.alerts.add(each.asText()));
    object
        .object("told")
        .members()
        .forEach((way, last) -> group.told.put(way, Told.of(last.asObject())));
    // what was kept by an older version has neither
    if (object.find("retries") instanceof Json.Obj failing) {
      failing.members().forEach((way, retry) -> group.retries.put(way, Retry.of(retry)));
    }
    if (object.find("gaveUp") instanceof Json.Obj vain) {
      vain.members()
          .forEach((way, given) ->
              group.gaveUp.put(
                  way,
                  new GaveUp(Told.of(given.asObject()), Retry.of(given.asObject().get("last")))));
    }
    group.incident = object.findText("incident");
    group.escalated = Math.toIntExact(object.whole("escalated"));
    return group;
  }

  private static Set<String> set(Json.Obj object, String name) {
    Set<String> set = new HashSet<>();
    object.array(name).forEach(each -> set.add(each.asText()));
    return set;
  }
}
