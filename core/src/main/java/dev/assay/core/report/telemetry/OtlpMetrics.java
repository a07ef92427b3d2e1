package dev.assay.core.report.telemetry;

import dev.assay.api.json.Json;
import dev.assay.core.report.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of a run as an {@code ExportMetricsServiceRequest} of OTLP. All are gauges: each is a
 * fact of one run, which does not add up with that of another.
 */
final class OtlpMetrics {

  private OtlpMetrics() {}

  /** The body. */
  static Json.Obj of(RunReport run) {
    Map<String, List<Series>> byName = new LinkedHashMap<>();
    for (Series each : RunSeries.of(run)) {
      byName.computeIfAbsent(each.name(), _ -> new ArrayList<>()).add(each);
    }
    List<Json> metrics = new ArrayList<>();
    byName.forEach((name, series) -> metrics.add(metric(name, series)));
    Json scope =
        Json.object()
            .put("scope", OtlpResource.scope(run))
            .put("metrics", Json.array(metrics))
            .build();
    Json resource =
        Json.object()
            .put("resource", OtlpResource.ofMany(run))
            .put("scopeMetrics", Json.array(List.of(scope)))
            .build();
    return Json.object().put("resourceMetrics", Json.array(List.of(resource))).build();
  }

  private static Json metric(String name, List<Series> series) {
    List<Json> points = new ArrayList<>();
    for (Series each : series) {
      Json attributes = OtlpResource.attributes(each.about());
      for (Series.Point point : each.points()) {
        points.add(
            Json.object()
                .put("attributes", attributes)
                .put("timeUnixNano", OtlpResource.nanos(point.at()))
                .put("asDouble", point.value())
                .build());
      }
    }
    return Json.object()
        .put("name", name)
        .put("unit", series.getFirst().unit())
        .put("gauge", Json.object().put("dataPoints", Json.array(points)).build())
        .build();
  }
}
