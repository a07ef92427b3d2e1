package dev.assay.observe.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.core.parse.RecordFile;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Budgets and burn rates on series whose answers are known. */
class BudgetMathTest {

  private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);
  private static final SliSource ALL =
      new SliSource.OfCheck("c", SliSource.Count.ALL, null, null, null);

  private static Slo slo(double target, Slo.Method method, Slo.Window window) {
    return new Slo(
        "s",
        "S",
        "shop",
        new Slo.Ratio(ALL, false, ALL, false),
        window,
        method,
        target,
        Duration.ofMinutes(1),
        0.9,
        Map.of(),
        Place.NONE);
  }

  private static Slo rolling(double target) {
    return slo(
        target,
        Slo.Method.OCCURRENCES,
        new Slo.Window(MONTH, Slo.Window.Unit.FIXED, 1, null, ZoneOffset.UTC));
  }

  /** An event every minute of the month; those of the last so many minutes are bad. */
  private static List<Tally> month(int bad) {
    List<Tally> events = new ArrayList<>();
    int all = 30 * 24 * 60;
    for (int i = 0; i < all; i++) {
      Instant at = NOW.minusSeconds(60L * (all - 1 - i));
      events.add(new Tally(at, i < all - bad ? 1 : 0, 1, i < all - bad ? "old" : "new"));
    }
    return events;
  }

  @Test
  void theRulesOfThirtyDaysAreThoseOfTheWorkbook() {
    assertThat(BurnRule.of(MONTH))
        .extracting(
            BurnRule::longWindow, BurnRule::shortWindow, rule -> Math.round(rule.factor() * 10))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Duration.ofHours(1), Duration.ofMinutes(5), 144L),
            org.assertj.core.groups.Tuple.tuple(Duration.ofHours(6), Duration.ofMinutes(30), 60L),
            org.assertj.core.groups.Tuple.tuple(Duration.ofDays(3), Duration.ofHours(6), 10L));
  }

  @Test
  void halfOfTheBudgetIsLeftWhereHalfOfItWasSpent() {
    // 1 % of 43,200 events is 432; 216 of them were bad
    Budget budget = BudgetMath.evaluate(rolling(0.99), month(216), NOW);

    assertThat(budget.total()).isEqualTo(43_200);
    assertThat(budget.left()).isCloseTo(0.5, within(1e-9));
    assertThat(budget.burns().getFirst().longBurn()).isCloseTo(100, within(1e-9));
    assertThat(budget.burns().getFirst().firing()).isTrue();
    assertThat(budget.state()).isEqualTo(Budget.State.BURNING);
    assertThat(budget.releases().getFirst().release()).isEqualTo("new");
    assertThat(budget.releases().getFirst().spent()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void theForecastIsTheBudgetLeftAtThePaceOfTheMiddleWindow() {
    // 36 bad of the last 360 minutes burn 10 times too fast
    Budget budget = BudgetMath.evaluate(rolling(0.99), month(36), NOW);

    double left = 1 - 36 / 432.0;
    assertThat(budget.burns().get(1).longBurn()).isCloseTo(10, within(1e-9));
    assertThat(Duration.between(NOW, budget.exhausted()).toMinutes())
        .isEqualTo((long) (left * 43_200 / 10));
  }

  @Test
  void whatIsOverDoesNotFireAnyMore() {
    List<Tally> events = new ArrayList<>(month(60));
    // the last ten minutes are well again
    events.removeIf(tally -> tally.at().isAfter(NOW.minus(Duration.ofMinutes(10))));
    for (int i = 0; i < 10; i++) {
      events.add(new Tally(NOW.minusSeconds(60L * i), 1, 1, "new"));
    }

    Budget.Burn page = BudgetMath.evaluate(rolling(0.99), events, NOW).burns().getFirst();

    assertThat(page.longBurn()).isGreaterThan(14.4);
    assertThat(page.shortBurn()).isZero();
    assertThat(page.firing()).isFalse();
  }

  @Test
  void withoutDataNothingIsMetAndNothingFires() {
    Budget budget = BudgetMath.evaluate(rolling(0.99), List.of(), NOW);

    assertThat(budget.state()).isEqualTo(Budget.State.UNKNOWN);
    assertThat(budget.burns()).noneMatch(Budget.Burn::firing);
  }

  @Test
  void oneBadEventAloneWakesNobody() {
    Budget budget =
        BudgetMath.evaluate(
            rolling(0.999), List.of(new Tally(NOW.minusSeconds(10), 0, 1, "")), NOW);

    assertThat(budget.burns()).noneMatch(Budget.Burn::firing);
  }

  @Test
  void aSliceIsBadWhereTooLittleOfItWasGood() {
    Slo slices =
        slo(
            0.99,
            Slo.Method.TIMESLICES,
            new Slo.Window(MONTH, Slo.Window.Unit.FIXED, 1, null, ZoneOffset.UTC));
    List<Tally> events =
        List.of(
            new Tally(NOW.minusSeconds(600), 95, 100, ""),
            new Tally(NOW.minusSeconds(300), 80, 100, ""));

    Budget budget = BudgetMath.evaluate(slices, events, NOW);

    assertThat(budget.good()).isEqualTo(1);
    assertThat(budget.total()).isEqualTo(2);
    // one slice of the 432 that may be bad
    assertThat(budget.left()).isCloseTo(1 - 1 / 432.0, within(1e-9));
  }

  @Test
  void aCalendarMonthBeginsInItsOwnZone() {
    Slo.Window month =
        new Slo.Window(
            MONTH,
            Slo.Window.Unit.MONTHS,
            1,
            LocalDateTime.parse("2026-01-01T00:00:00"),
            ZoneId.of("Europe/Berlin"));

    assertThat(BudgetMath.begin(month, Instant.parse("2026-03-31T23:00:00Z")))
        .isEqualTo("2026-03-31T22:00:00Z");
    assertThat(BudgetMath.begin(month, Instant.parse("2026-03-31T21:00:00Z")))
        .isEqualTo("2026-02-28T23:00:00Z");
  }

  @Property(tries = 50)
  void theBudgetLeftIsThatOfTheSharesOfBadEvents(
      @ForAll @IntRange(min = 1, max = 400) int total, @ForAll @IntRange(max = 400) int bad) {
    int wrong = Math.min(bad, total);
    List<Tally> events = new ArrayList<>();
    for (int i = 0; i < total; i++) {
      events.add(new Tally(NOW.minusSeconds(1_000L + i), i < wrong ? 0 : 1, 1, ""));
    }

    Budget budget = BudgetMath.evaluate(rolling(0.9), events, NOW);

    assertThat(budget.left()).isCloseTo(1 - wrong / (0.1 * total), within(1e-6));
    assertThat(budget.curve().getLast().left()).isCloseTo(budget.left(), within(1e-6));
  }

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

  private static final String PROMETHEUS =
      """
      apiVersion: openslo/v1
      kind: DataSource
      metadata: { name: prom }
      spec: { type: Prometheus, connectionDetails: { url: "http://127.0.0.1:9090" } }
      ---
      apiVersion: openslo/v1
      kind: SLO
      metadata: { name: api, displayName: The API, labels: { team: core } }
      spec:
        service: api
        indicator:
          metadata: { name: good-answers }
          spec:
            ratioMetric:
              counter: true
              good: { metricSource: { metricSourceRef: prom, spec: { query: 'sum(http_requests_total{code!~"5.."})' } } }
              total: { metricSource: { metricSourceRef: prom, spec: { query: sum(http_requests_total) } } }
        timeWindow: [ { duration: 4w, isRolling: true } ]
        budgetingMethod: Occurrences
        objectives: [ { targetPercent: 99.9 } ]
      """;

  @Test
  void aFileOfSeveralDocumentsIsRead() {
    Slo slo = read(PROMETHEUS).getFirst();

    assertThat(slo.name()).isEqualTo("api");
    assertThat(slo.target()).isCloseTo(0.999, within(1e-12));
    assertThat(slo.window().length()).isEqualTo(Duration.ofDays(28));
    assertThat(PrometheusRules.can(slo)).isTrue();
    assertThat(PrometheusRules.write(List.of(slo))).contains("SloBurn").contains("increase((sum");
  }

  @Test
  void whatIsWrongIsToldAtItsPlace() {
    String wrong =
        PROMETHEUS.replace("budgetingMethod: Occurrences", "budgetingMethod: Occurences");

    assertThatThrownBy(() -> read(wrong))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.problems().getFirst().toString())
                    .contains("slo.yaml:10:")
                    .contains("did you mean 'Occurrences'"));
  }
}
