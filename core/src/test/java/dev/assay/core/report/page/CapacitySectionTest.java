package dev.assay.core.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Event;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.SampleRun;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapacitySectionTest {

  private static Event probe(double rate, String result, String latency) {
    return new Event(
        "limits",
        SampleRun.at(1),
        "load.probe",
        "probe at " + rate,
        Map.of(
            "rate",
            Double.toString(rate),
            "result",
            result,
            "latency.p99",
            latency,
            "throughput",
            Double.toString(rate),
            "concurrency",
            Double.toString(rate / 100)));
  }

  private static Event said(String kind, Map<String, String> labels) {
    return new Event("limits", SampleRun.at(2), kind, "the answer of " + kind, labels);
  }

  private static String page(Event... events) {
    CheckReport check = SampleRun.ofEvents("limits", "load", events);
    Markup page = new Markup("");
    new CapacitySection(page, check, "c").write();
    return page.toString();
  }

  @Test
  void everyRateThatWasTriedIsADotAndTheAnswerABand() {
    String written =
        page(
            probe(100, "met", "4000000"),
            probe(200, "not met", "90000000"),
            probe(150, "unclear", "40000000"),
            said("load.capacity", Map.of("low", "140", "capacity", "150", "high", "170")),
            said("load.scalability", Map.of("lambda", "100", "sigma", "0.01", "kappa", "0.001")));

    assertThat(written).containsOnlyOnce("The answer of load.capacity.");
    assertThat(written.split("class=\"dot ", -1)).hasSize(1 + 2 * 3);
    assertThat(written).containsOnlyOnce("class=\"capacity\"").contains(">150/s</text>");
    assertThat(written).containsOnlyOnce("class=\"line s1\"");
  }

  @Test
  void whatCannotBeReadIsLeftOutOfThePlots() {
    String written =
        page(
            probe(100, "met", "nonsense"),
            probe(200, "met", "5000000"),
            probe(300, "met", "NaN"),
            said("load.scalability", Map.of()));

    assertThat(written).doesNotContain("Latency by rate").contains("Throughput by requests");
    assertThat(written).doesNotContain("NaN").doesNotContain("class=\"line");
  }

  @Test
  void aCheckThatSearchedNoCapacityHasNoneOfIt() {
    assertThat(page(said("load.late", Map.of()))).isBlank();
  }
}
