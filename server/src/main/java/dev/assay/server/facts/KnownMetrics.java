package dev.assay.server.facts;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import dev.assay.core.compare.MetricCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The metrics of the check types of this product, as a list: the server carries out no checks, and
 * so has none of the capabilities. {@code ServerMetricsTest} of {@code it} keeps it true.
 */
public final class KnownMetrics {

  private KnownMetrics() {}

  /** Reads the list. */
  public static MetricCatalog read() {
    try (InputStream in =
        Objects.requireNonNull(KnownMetrics.class.getResourceAsStream("metrics.json"))) {
      return read(
          JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)).asObject());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (JsonException wrong) {
      throw new IllegalStateException("metrics.json is damaged", wrong);
    }
  }

  private static MetricCatalog read(Json.Obj types) throws JsonException {
    Map<String, List<Metric>> byType = new LinkedHashMap<>();
    for (String type : types.members().keySet()) {
      List<Metric> metrics = new ArrayList<>();
      for (Json item : types.array(type)) {
        Json.Obj metric = item.asObject();
        metrics.add(
            new Metric(
                metric.text("name"),
                Unit.of(metric.text("unit")),
                Metric.Shape.valueOf(metric.text("shape")),
                Metric.Better.valueOf(metric.text("better")),
                ""));
      }
      byType.put(type, metrics);
    }
    return MetricCatalog.of(byType);
  }

  /** Writes a list of that form. */
  public static Json.Obj write(MetricCatalog catalog) {
    Map<String, Json> types = new java.util.TreeMap<>();
    catalog
        .all()
        .forEach((type, metrics) ->
            types.put(
                type,
                Json.array(
                    metrics.stream()
                        .map(metric ->
                            (Json)
                                Json.object()
                                    .put("name", metric.name())
                                    .put("unit", metric.unit().code())
                                    .put("shape", metric.shape().name())
                                    .put("better", metric.better().name())
                                    .build())
                        .toList())));
    return new Json.Obj(types);
  }
}
