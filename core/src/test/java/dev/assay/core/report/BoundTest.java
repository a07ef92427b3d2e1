package dev.assay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundTest {

  private static Optional<Bound> of(String expectation) {
    return Bound.of(new Reason(Decision.FAIL, expectation, "", Map.of("observed", 2e8), List.of()));
  }

  @Test
  void aBoundIsReadWithMetricStepStatisticAndUnit() {
    Bound bound = of("time.to.first.byte[GET /a.b < c].p999 <= 150 ms").orElseThrow();
    assertThat(bound.metric()).isEqualTo("time.to.first.byte");
    assertThat(bound.step()).isEqualTo("GET /a.b < c");
    assertThat(bound.statistic()).isEqualTo("p999");
    assertThat(bound.limit()).isEqualTo(150e6);
    assertThat(bound.unit()).isEqualTo(Unit.NANOSECONDS);
  }

  @Test
  void aMetricWithDotsKeepsThemWhereNoStatisticIsNamed() {
    Bound bound = of("coverage.line >= 80 %").orElseThrow();
    assertThat(bound.metric()).isEqualTo("coverage.line");
    assertThat(bound.statistic()).isEqualTo("value");
  }

  @Test
  void whatIsNoBoundIsNone() {
    assertThat(of("latency no worse than main by 5 %")).isEmpty();
    assertThat(of("")).isEmpty();
    assertThat(of("a < b")).isEmpty();
    assertThat(Bound.of(new Reason(Decision.FAIL, "a < 5", "", Map.of(), List.of()))).isEmpty();
  }
}
