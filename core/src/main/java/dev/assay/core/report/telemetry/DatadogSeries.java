package dev.assay.core.report.telemetry;

import dev.assay.api.json.Json;
import dev.assay.api.plan.Subject;
import dev.assay.core.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The numbers of a run as bodies of Datadog's {@code POST /api/v2/series}, each smaller than the
 * 512,000 bytes that are taken. Tags say nothing of the one run, as each set of tags is a metric
 * that is paid for.
 */
final class DatadogSeries {

  private static final int GAUGE = 3;

  /** A point is some 45 bytes, a series some 300. */
  private static final int POINTS_OF_A_SERIES = 8;

  private static final int MOST_POINTS = 8_000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TAG = 200;
  private static final Map<String, String> UNITS = Map.of("s", "second", "By", "byte");

  private DatadogSeries() {}

  static List<Json> of(RunReport run) {
    List<String> common = tags(run);
    List<Json> bodies = new ArrayList<>();
    List<Json> room = new ArrayList<>();
    int points = 0;
    for (Series each : RunSeries.of(run)) {
      for (List<Series.Point> part : parts(each.points())) {
        int more = part.size() + POINTS_OF_A_SERIES;
        if (points + more > MOST_POINTS) {
          bodies.add(body(room));
          room.clear();
          points = 0;
        }
        room.add(series(each, part, common));
        points += more;
      }
    }
    bodies.add(body(room));
    return bodies;
  }

  private static List<List<Series.Point>> parts(List<Series.Point> points) {
    List<List<Series.Point>> parts = new ArrayList<>();
    int most = MOST_POINTS / 2;
    for (int from = 0; from < points.size(); from += most) {
      parts.add(points.subList(from, Math.min(points.size(), from + most)));
    }
    return parts;
  }

  private static Json body(List<Json> series) {
    return Json.object().put("series", Json.array(List.copyOf(series))).build();
  }

  private static Json series(Series of, List<Series.Point> points, List<String> common) {
    List<String> tags = new ArrayList<>(common);
    of.about().forEach((name, value) -> tags.add(tag(name.replace("assay.", ""), value)));
    List<Json> values = new ArrayList<>();
    for (Series.Point point : points) {
      values.add(
          Json.object()
              .put("timestamp", point.at().getEpochSecond())
              .put("value", point.value())
              .build());
    }
    return Json.object()
        .put("metric", name(of.name()))
        .put("type", GAUGE)
        .putIfPresent("unit", UNITS.get(of.unit()))
        .put("points", Json.array(values))
        .put("tags", Json.array(tags.stream().map(Json::of).toList()))
        .build();
  }

  /** Only ASCII letters, digits, dots and underscores are taken. */
  private static String name(String name) {
    String taken = name.replaceAll("[^A-Za-z0-9_.]", "_");
    return taken.substring(0, Math.min(taken.length(), LONGEST_NAME));
  }

  /** Tags that all of a run have, by Datadog's unified service tagging. */
  static List<String> tags(RunReport run) {
    Subject subject = run.subject();
    List<String> tags = new ArrayList<>();
    tags.add(tag("service", run.summary().workspace()));
    tags.add(tag("env", subject.environment()));
    if (subject.branch() != null) {
      tags.add(tag("git.branch", subject.branch()));
    }
    return tags;
  }

  /** A tag, which a comma would end. */
  static String tag(String name, String value) {
    String tag = name + ":" + value.replace(',', '_');
    return tag.substring(
        0, tag.offsetByCodePoints(0, Math.min(LONGEST_TAG, tag.codePointCount(0, tag.length()))));
  }
}
