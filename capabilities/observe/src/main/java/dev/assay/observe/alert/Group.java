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

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /**
   * What a way was told last.
   *
   * @param firing the fingerprints that lasted
   * @param resolved those that were over
   * @param at when
   */
  record Told(Set<String> firing, Set<String> resolved, Instant at) {}

  final String key;
  final String route;
  final SortedMap<String, String> labels;
  final Set<String> alerts = new LinkedHashSet<>();
  final Map<String, Told> told = new LinkedHashMap<>();
  Instant next;
  @Nullable String incident;
  int escalated;

  /** Not kept: after a crash everything that is not known to be told is told again. */
  int underWay;

  private int failures;

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

  /** A way was not reached: it is tried again soon, then later. */
  void failed(Instant now) {
    failures = Math.min(failures + 1, 20);
    Duration pause = Duration.ofSeconds(1L << Math.min(failures, 9));
    Instant again = now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    next = again.isBefore(next) ? again : next;
  }

  /** A way was reached. */
  void reached() {
    failures = 0;
  }

  Json json() {
    Json.Builder ways = Json.object();
    told.forEach((way, last) ->
        ways.put(
            way,
            Json.object()
                .put("firing", texts(last.firing()))
                .put("resolved", texts(last.resolved()))
                .put("at", last.at().toString())
                .build()));
    return Json.object()
        .put("key", key)
        .put("route", route)
        .put("labels", Json.texts(labels))
        .put("alerts", texts(alerts))
        .put("told", ways.build())
        .put("next", next.toString())
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
        .forEach((way, last) -> {
          Json.Obj of = last.asObject();
          group.told.put(
              way, new Told(set(of, "firing"), set(of, "resolved"), Instant.parse(of.text("at"))));
        });
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
