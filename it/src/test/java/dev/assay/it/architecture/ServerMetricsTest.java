package dev.assay.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.core.compare.MetricCatalog;
import dev.assay.server.facts.KnownMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The server has no capabilities, and knows the metrics of all of them by a list. */
class ServerMetricsTest {

  @Test
  void theServerKnowsTheMetricsOfEveryCheckTypeThereIs() {
    List<CheckType<?>> types = new ArrayList<>();
    List<ServiceObserver<?>> observers = new ArrayList<>();
    for (Capability capability : ServiceLoader.load(Capability.class)) {
      types.addAll(capability.checkTypes());
      observers.addAll(capability.observers());
    }
    observers.sort(java.util.Comparator.comparing(ServiceObserver::name));

    assertThat(JsonWriter.pretty(KnownMetrics.write(KnownMetrics.read())))
        .as("server/src/main/resources/dev/assay/server/facts/metrics.json")
        .isEqualTo(JsonWriter.pretty(KnownMetrics.write(MetricCatalog.of(types, observers))));
  }
}
