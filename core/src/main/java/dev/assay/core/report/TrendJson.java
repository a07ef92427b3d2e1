package dev.assay.core.report;

import dev.assay.api.json.Json;
import dev.assay.core.compare.Trend;
import dev.assay.stats.change.ChangePoint;
import java.util.List;
import java.util.Locale;

/**
 * Histories as JSON of the shape {@code "report":"assay-trend/1"}, described in {@code
 * docs/trend.md}. An end of an interval that nothing bounds is null.
 */
public final class TrendJson {

  private TrendJson() {}

  /** The histories as a value. */
  public static Json.Obj json(List<Trend> trends) {
    return Json.object()
        .put("report", "assay-trend/1")
        .put("trends", Json.array(trends.stream().map(TrendJson::trend).toList()))
        .build();
  }

  private static Json trend(Trend trend) {
    return Json.object()
        .put("check", trend.check())
        .put("metric", trend.key().text())
        .put("unit", trend.metric().unit().code())
        .put("points", Json.array(trend.points().stream().map(TrendJson::point).toList()))
        .put(
            "changes",
            Json.array(trend.changes().stream().map(change -> change(trend, change)).toList()))
        .build();
  }

  private static Json point(Trend.Point point) {
    return Json.object()
        .put("run", point.run().id())
        .put("opened", point.run().opened().toString())
        .putIfPresent("commit", point.run().subject().commit())
        .put("value", ComparisonJson.number(point.value()))
        .build();
  }

  private static Json change(Trend trend, ChangePoint change) {
    return Json.object()
        .put("index", change.index())
        .put("run", trend.points().get(change.index()).run().id())
        .put("earliest", change.earliest())
        .put("latest", change.latest())
        .putIfPresent("lastBefore", trend.lastBefore(change))
        .putIfPresent("firstAfter", trend.firstAfter(change))
        .put("kind", change.kind().name().toLowerCase(Locale.ROOT))
        .put("before", ComparisonJson.number(change.before()))
        .put("after", ComparisonJson.number(change.after()))
        .put("change", ComparisonJson.number(change.change().estimate()))
        .put(
            "interval",
            Json.array(
                List.of(
                    ComparisonJson.number(change.change().low()),
                    ComparisonJson.number(change.change().high()))))
        .put("size", ComparisonJson.number(change.size()))
        .put("confidence", ComparisonJson.number(change.confidence()))
        .put("worse", trend.worse(change))
        .put("sentence", trend.sentence(change))
        .build();
  }
}
