package dev.assay.observe.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.ProblemException;
import dev.assay.core.parse.RecordFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files as OpenSLO's own tools write them. */
class SloFilesTest {

  private static final String LIST =
      """
      # several in one list
      - apiVersion: openslo/v1
        kind: Service
        metadata:
          name: web
      - apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: web-availability
          labels:
            team:
              - team-a
        spec:
          service: web
          indicator:
            spec:
              ratioMetric:
                counter: true
                good:
                  metricSource: { type: Prometheus, spec: { query: good, address: "http://p:9090" } }
                total:
                  metricSource: { type: Prometheus, spec: { query: all, address: "http://p:9090" } }
          timeWindow:
            - duration: 10m
              isRolling: true
          budgetingMethod: RatioTimeslices
          objectives:
            - displayName: Good
              op: gt
              target: 0.9
              timeSliceWindow: 1m
      """;

  private static List<Slo> read(String text) {
    return SloFiles.read(
        "slo.yaml",
        text,
        new Documents() {
          @Override
          public <T extends Record> T read(String name, String document, Class<T> type) {
            return RecordFile.read(name, document, type, Map.of());
          }
        });
  }

  @Test
  void aListOfDocumentsIsReadAndItsMistakesHaveTheirPlace() {
    assertThat(read(LIST)).extracting(Slo::name).containsExactly("web-availability");
    assertThatThrownBy(() -> read(LIST.replace("RatioTimeslices", "RatioTimeslice")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("slo.yaml:")
        .hasMessageContaining("did you mean 'RatioTimeslices'?");
    assertThatThrownBy(() -> read(LIST.replace("displayName: Good", "displayNam: Good")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("slo.yaml:28:");
  }

  @Test
  void aSliceIsAsGoodAsTheShareOfItsEventsHoweverManyTheyAre() {
    Slo slo = read(LIST).getFirst();
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");
    List<Tally> events =
        List.of(
            new Tally(noon.minusSeconds(270), 500, 1_000, ""),
            new Tally(noon.minusSeconds(90), 1, 1, ""));
    Budget budget = BudgetMath.evaluate(slo, events, noon);
    // by events it would be 501 of 1,001; the budget is a tenth of ten slices, and half a slice is
    // spent
    assertThat(budget.good()).isEqualTo(1.5);
    assertThat(budget.total()).isEqualTo(2);
    assertThat(budget.left()).isCloseTo(0.5, org.assertj.core.data.Offset.offset(1e-9));
  }
}
