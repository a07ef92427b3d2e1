package dev.assay.core.compare;

import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.core.parse.CheckMetrics;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics of stored checks, by the name of their type. Immutable. */
public final class MetricCatalog {

  private final Map<String, List<Metric>> byType;

  private MetricCatalog(Map<String, List<Metric>> byType) {
    this.byType = Map.copyOf(byType);
  }

  /** Those of the types and observers that this product has. */
  public static MetricCatalog of(
      Collection<? extends CheckType<?>> types,
      Collection<? extends ServiceObserver<?>> observers) {
    Map<String, List<Metric>> byType = new LinkedHashMap<>();
    types.forEach(type -> byType.put(type.name(), CheckMetrics.of(type, observers)));
    return new MetricCatalog(byType);
  }

  /** Those of types that are known by their names only. */
  public static MetricCatalog of(Map<String, List<Metric>> byType) {
    return new MetricCatalog(byType);
  }

  /** All of them, by type. */
  public Map<String, List<Metric>> all() {
    return byType;
  }

  /** The metrics of a type; none where it is not known. */
  public List<Metric> of(String type) {
    return byType.getOrDefault(type, List.of());
  }
}
