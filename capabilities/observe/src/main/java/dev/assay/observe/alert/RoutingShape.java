package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.observe.alert.AlertingFile.InhibitEntry;
import dev.assay.observe.alert.AlertingFile.Interval;
import dev.assay.observe.alert.AlertingFile.NamedIntervals;
import dev.assay.observe.alert.AlertingFile.RouteEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routing as Alertmanager's own tools read it, so that {@code amtool config routes test} asks
 * by the tree that is in force. Of receivers only the names are said: their addresses are secrets.
 */
public final class RoutingShape {

  private RoutingShape() {}

  /** As YAML of Alertmanager's form, without what Assay has beside it. */
  public static String yaml(AlertingFile file) {
    Json.Builder all = Json.object().put("route", route(file.route()));
    all.put(
        "receivers",
        Json.array(
            file.receivers().stream()
                .map(receiver -> Json.object().put("name", receiver.name()).build())
                .toList()));
    list(all, "inhibit_rules", file.inhibitRules().stream().map(RoutingShape::rule).toList());
    List<NamedIntervals> intervals = new ArrayList<>(file.timeIntervals());
    intervals.addAll(file.muteTimeIntervals());
    list(all, "time_intervals", intervals.stream().map(RoutingShape::intervals).toList());
    StringBuilder out = new StringBuilder();
    block(out, "", all.build());
    return out.toString();
  }

  private static Json route(RouteEntry entry) {
    Json.Builder route = Json.object();
    route.putIfPresent("receiver", entry.receiver());
    texts(route, "group_by", entry.groupBy());
    route.putIfPresent("group_wait", entry.groupWait());
    route.putIfPresent("group_interval", entry.groupInterval());
    route.putIfPresent("repeat_interval", entry.repeatInterval());
    texts(route, "matchers", entry.matchers());
    map(route, "match", entry.match());
    map(route, "match_re", entry.matchRe());
    texts(route, "mute_time_intervals", entry.muteTimeIntervals());
    texts(route, "active_time_intervals", entry.activeTimeIntervals());
    if (entry.goesOn()) {
      route.put("continue", true);
    }
    list(route, "routes", entry.routes().stream().map(RoutingShape::route).toList());
    return route.build();
  }

  private static Json rule(InhibitEntry entry) {
    Json.Builder rule = Json.object();
    texts(rule, "source_matchers", entry.sourceMatchers());
    map(rule, "source_match", entry.sourceMatch());
    map(rule, "source_match_re", entry.sourceMatchRe());
    texts(rule, "target_matchers", entry.targetMatchers());
    map(rule, "target_match", entry.targetMatch());
    map(rule, "target_match_re", entry.targetMatchRe());
    texts(rule, "equal", entry.equal());
    return rule.build();
  }

  private static Json intervals(NamedIntervals named) {
    return Json.object()
        .put("name", named.name())
        .put(
            "time_intervals",
            Json.array(named.timeIntervals().stream().map(RoutingShape::interval).toList()))
        .build();
  }

  private static Json interval(Interval written) {
    Json.Builder interval = Json.object();
    list(
        interval,
        "times",
        written.times().stream()
            .<Json>map(each ->
                Json.object()
                    .put("start_time", each.startTime())
                    .put("end_time", each.endTime())
                    .build())
            .toList());
    texts(interval, "weekdays", written.weekdays());
    texts(interval, "days_of_month", written.daysOfMonth());
    texts(interval, "months", written.months());
    texts(interval, "years", written.years());
    interval.putIfPresent("location", written.location());
    return interval.build();
  }

  private static void list(Json.Builder to, String name, List<Json> values) {
    if (!values.isEmpty()) {
      to.put(name, Json.array(values));
    }
  }

  private static void texts(Json.Builder to, String name, @Nullable List<String> values) {
    list(to, name, values == null ? List.of() : values.stream().map(Json::of).toList());
  }

  private static void map(Json.Builder to, String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      to.put(name, Json.texts(values));
    }
  }

  /** A text in JSON's quotes is one in YAML's. */
  private static void block(StringBuilder out, String indent, Json.Obj object) {
    object
        .members()
        .forEach((name, value) -> {
          out.append(indent).append(name).append(':');
          switch (value) {
            case Json.Array(List<Json> items)
                when items.stream().allMatch(Json.Obj.class::isInstance) -> {
              out.append('\n');
              for (Json item : items) {
                StringBuilder inner = new StringBuilder();
                block(inner, indent + "  ", item.asObject());
                String text = inner.isEmpty() ? indent + "  {}\n" : inner.toString();
                out.append(indent).append("- ").append(text.substring(indent.length() + 2));
              }
            }
            case Json.Obj inner when !inner.members().isEmpty() -> {
              out.append('\n');
              block(out, indent + "  ", inner);
            }
            default -> out.append(' ').append(JsonWriter.canonical(value)).append('\n');
          }
        });
  }
}
