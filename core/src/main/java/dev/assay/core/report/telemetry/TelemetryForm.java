package dev.assay.core.report.telemetry;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.core.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a system that keeps telemetry wants to be told of a run. */
public enum TelemetryForm {
  /** OpenTelemetry: OTLP over HTTP, in JSON. */
  OTLP,
  /** Datadog's own interface. */
  DATADOG;

  /**
   * One request. Immutable.
   *
   * @param path after the address of the system
   * @param body in JSON
   */
  public record Part(String path, String body) {}

  /**
   * What is posted of a run, in this order; what was posted before may be posted again.
   *
   * @param url where people look at the run; null where nobody can
   */
  public List<Part> parts(RunReport run, @Nullable String url) {
    return switch (this) {
      case OTLP ->
          List.of(
              part("/v1/traces", OtlpTrace.of(run, url)), part("/v1/metrics", OtlpMetrics.of(run)));
      case DATADOG -> {
        List<Part> parts = new ArrayList<>();
        DatadogSeries.of(run).forEach(body -> parts.add(part("/api/v2/series", body)));
        // Last, as one that is posted again is seen again.
        parts.add(part("/api/v1/events", DatadogEvent.of(run, url)));
        yield parts;
      }
    };
  }

  /** What says nothing and is taken by whoever speaks this, to see whether it is. */
  public Part greeting() {
    return switch (this) {
      case OTLP ->
          part("/v1/traces", Json.object().put("resourceSpans", Json.array(List.of())).build());
      case DATADOG ->
          part("/api/v2/series", Json.object().put("series", Json.array(List.of())).build());
    };
  }

  private static Part part(String path, Json body) {
    return new Part(path, JsonWriter.canonical(body));
  }
}
