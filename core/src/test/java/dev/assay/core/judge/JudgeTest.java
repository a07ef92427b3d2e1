package dev.assay.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Expectation;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.parse.OutcomeMetrics;
import dev.assay.stats.HistogramEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgeTest {

  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final List<Metric> METRICS =
      Stream.concat(
              Stream.of(
                  new Metric(
                      "latency",
                      Unit.NANOSECONDS,
                      Metric.Shape.DISTRIBUTION,
                      Metric.Better.LOWER,
                      ""),
                  new Metric(
                      "errors", Unit.RATIO, Metric.Shape.PROPORTION, Metric.Better.LOWER, ""),
                  new Metric("requests", Unit.NONE, Metric.Shape.COUNT, Metric.Better.NEITHER, ""),
                  new Metric("memory", Unit.BYTES, Metric.Shape.SCALAR, Metric.Better.LOWER, "")),
              OutcomeMetrics.ALL.stream())
          .toList();

  private final Judge judge = new Judge();

  private static Expectation expect(String metric, String statistic, String comparison) {
    return expect(metric, null, statistic, comparison, null, false);
  }

  private static Expectation expect(
      String metric,
      @Nullable String step,
      String statistic,
      String comparison,
      @Nullable Long samples,
      boolean implied) {
    return new Expectation(
        metric,
        step,
        statistic,
        new Expectation.Bound(Comparison.parse(comparison)),
        samples,
        implied,
        Place.NONE);
  }

  private static Expectation noWorse(
      String metric, String statistic, double by, boolean firstRunPasses) {
    return new Expectation(
        metric,
        null,
        statistic,
        new Expectation.NoWorseThan("main", by, firstRunPasses, true),
        null,
        false,
        Place.NONE);
  }

  private Verdict judge(List<Evidence> evidence, Expectation... expectations) {
    return judge(evidence, Ending.COMPLETED, Map.of(), expectations);
  }

  private Verdict judge(
      List<Evidence> evidence,
      Ending ending,
      Map<String, Case.Baseline> baselines,
      Expectation... expectations) {
    return judge.judge(
        new Policy("check", METRICS, List.of(expectations)),
        new Case(
            ending, ending == Ending.COMPLETED ? null : "it broke", evidence, 0, null, baselines));
  }

  private static Outcome outcome(String name, Attempt... attempts) {
    return new Outcome("check", START, "suite", name, List.of(attempts), Map.of());
  }

  private static final Attempt PASSED = Attempt.passed(Duration.ofMillis(1));
  private static final Attempt FAILED =
      Attempt.failed(Duration.ofMillis(1), "assertion", "expected 5, got 4", null);
  private static final Attempt SKIPPED =
      new Attempt(Attempt.Result.SKIPPED, Duration.ZERO, null, null, null);

  /** Latencies in milliseconds, a second each. */
  private static List<Evidence> latencies(double scale, int seconds, int perSecond, long seed) {
    Random random = new Random(seed);
    List<Evidence> evidence = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      Histogram histogram = new Histogram(3);
      for (int i = 0; i < perSecond; i++) {
        histogram.recordValue((long) (scale * Math.exp(random.nextGaussian() * 0.3) * 1e6));
      }
      evidence.add(measurement("latency", Unit.NANOSECONDS, second, distribution(histogram)));
    }
    return evidence;
  }

  private static Measured distribution(Histogram histogram) {
    return new Measured.Distribution(
        histogram.getTotalCount(), HistogramEncoding.encode(histogram));
  }

  private static Measurement measurement(String metric, Unit unit, int second, Measured value) {
    return new Measurement(
        "check",
        metric,
        unit,
        START.plusSeconds(second),
        START.plusSeconds(second + 1),
        Map.of("step", "orders"),
        value);
  }

  private static Measurement errors(long hits, long total) {
    return measurement("errors", Unit.RATIO, 0, new Measured.Proportion(hits, total));
  }

  @Test
  void enoughEvidenceWithinEveryBoundPasses() {
    Verdict verdict = judge(latencies(10, 10, 100, 1), expect("latency", "p95", "< 50 ms"));
    assertThat(verdict.decision()).isEqualTo(Decision.PASS);
  }

  @Test
  void aBoundThatDoesNotHoldFailsAndNamesTheNumberAndTheEvidence() {
    List<Evidence> evidence = latencies(100, 10, 100, 1);
    Verdict verdict = judge(evidence, expect("latency", "p95", "< 50 ms"));
    assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
    assertThat(verdict.reasons().getFirst().sentence())
        .matches("latency.p95 is 1\\d\\d ms, expected < 50 ms\\.");
    assertThat(verdict.reasons().getFirst().evidence())
        .isNotEmpty()
        .isSubsetOf(evidence.stream().map(EvidenceCodec::id).toList());
  }

  @Test
  void noEvidenceNeverPasses() {
    for (Expectation expectation :
        List.of(
            expect("latency", "p95", "< 50 ms"),
            expect("errors", "value", "< 1 %"),
            expect("requests", "value", "> 0"),
            expect("memory", "max", "< 1 GB"),
            expect("failed", "value", "0"),
            expect("tests", "value", "> 0"))) {
      assertThat(judge(List.of(), expectation).decision())
          .as(expectation.text())
          .isEqualTo(Decision.INCONCLUSIVE);
    }
  }

  @Test
  void noExpectationNeverPasses() {
    assertThat(judge(latencies(1, 1, 1, 1)).decision()).isEqualTo(Decision.NOT_RUN);
  }

  @Test
  void aNotANumberIsInconclusive() {
    Evidence nan = measurement("memory", Unit.BYTES, 0, new Measured.Scalar(Double.NaN));
    Evidence fine = measurement("memory", Unit.BYTES, 1, new Measured.Scalar(5));
    for (String statistic : List.of("value", "min", "max", "mean")) {
      assertThat(judge(List.of(fine, nan), expect("memory", statistic, "< 1 GB")).decision())
          .as(statistic)
          .isIn(
              statistic.equals("value") ? List.of(Decision.PASS) : List.of(Decision.INCONCLUSIVE));
    }
    assertThat(judge(List.of(nan), expect("memory", "value", "!= 1 GB")).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
  }

  @Test
  void aQuantileOnTooFewSamplesIsInconclusive() {
    Verdict verdict = judge(latencies(10, 1, 30, 1), expect("latency", "p95", "< 50 ms"));
    assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(verdict.reasons().getFirst().sentence())
        .contains("on only 30 samples")
        .contains("at least 100");
  }

  @Test
  void fewSamplesFailWhenTheyAlreadyDecide() {
    Verdict verdict = judge(latencies(500, 1, 30, 1), expect("latency", "p95", "< 50 ms"));
    assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
  }

  @Test
  void theLeastNumberOfSamplesCanBeWritten() {
    Expectation lenient = expect("latency", null, "p95", "< 50 ms", 20L, false);
    Expectation strict = expect("latency", null, "p95", "< 50 ms", 5000L, false);
    assertThat(judge(latencies(10, 1, 30, 1), lenient).decision()).isEqualTo(Decision.PASS);
    assertThat(judge(latencies(10, 10, 100, 1), strict).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
  }

  @Test
  void aShareUnderABoundNeedsEnoughSamplesToShowOne() {
    assertThat(judge(List.of(errors(0, 999)), expect("errors", "value", "< 0.1 %")).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
    assertThat(judge(List.of(errors(0, 1000)), expect("errors", "value", "< 0.1 %")).decision())
        .isEqualTo(Decision.PASS);
    assertThat(judge(List.of(errors(20, 100)), expect("errors", "value", "< 0.1 %")).decision())
        .isEqualTo(Decision.FAIL);
  }

  @Test
  void zeroTrafficIsInconclusiveNotAPass() {
    Evidence none = measurement("requests", Unit.NONE, 0, new Measured.Count(0));
    assertThat(
            judge(List.of(none), expect("requests", null, "value", "> 0", null, true)).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
    assertThat(judge(List.of(errors(0, 0)), expect("errors", "value", "< 1 %")).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
  }

  @Test
  void aFailedTestFailsAndIsNamed() {
    Verdict verdict =
        judge(
            List.of(outcome("adds", PASSED), outcome("totals", FAILED)),
            expect("failed", "value", "0"));
    assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
    assertThat(verdict.reasons().getFirst().sentence()).contains("totals (expected 5, got 4)");
  }

  @Test
  void aTestThatPassedInTheEndIsFlakyNotFailed() {
    List<Evidence> evidence = List.of(outcome("adds", FAILED, PASSED));
    assertThat(judge(evidence, expect("failed", "value", "0")).decision()).isEqualTo(Decision.PASS);
    assertThat(judge(evidence, expect("flaky", "value", "0")).decision()).isEqualTo(Decision.FAIL);
  }

  @Test
  void onlySkippedTestsAreInconclusive() {
    Verdict verdict = judge(List.of(outcome("adds", SKIPPED)), expect("failed", "value", "0"));
    assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(verdict.reasons().getFirst().sentence()).contains("skipped");
  }

  @Test
  void aBrokenCheckIsNotRunHoweverGoodItsEvidence() {
    for (Ending ending :
        List.of(Ending.BROKEN, Ending.CANCELLED, Ending.TIMED_OUT, Ending.SKIPPED)) {
      Verdict verdict =
          judge(List.of(outcome("adds", PASSED)), ending, Map.of(), expect("failed", "value", "0"));
      assertThat(verdict.decision()).as(ending.name()).isEqualTo(Decision.NOT_RUN);
    }
  }

  @Test
  void aBrokenCheckStillFailsOnWhatItShowed() {
    Verdict verdict =
        judge(
            List.of(outcome("adds", FAILED)),
            Ending.BROKEN,
            Map.of(),
            expect("failed", "value", "0"));
    assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
  }

  @Test
  void evidenceThatContradictsItselfIsInconclusive() {
    Finding invalid =
        new Finding(
            "check",
            START,
            "load.generator-late",
            Finding.Severity.INVALID,
            null,
            "the generator was late",
            "f",
            Map.of());
    List<Evidence> evidence = new ArrayList<>(latencies(10, 10, 100, 1));
    evidence.add(invalid);
    assertThat(judge(evidence, expect("latency", "p95", "< 50 ms")).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
  }

  @Test
  void aGeneratorThatWasLateProvesNoFailureButFailedOutcomesStay() {
    Finding invalid =
        new Finding(
            "check",
            START,
            "load.generator-late",
            Finding.Severity.INVALID,
            null,
            "the generator was late",
            "f",
            Map.of());
    List<Evidence> evidence = new ArrayList<>(latencies(1000, 10, 100, 1));
    assertThat(judge(evidence, expect("latency", "p95", "< 50 ms")).decision())
        .isEqualTo(Decision.FAIL);
    evidence.add(invalid);
    assertThat(judge(evidence, expect("latency", "p95", "< 50 ms")).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
    evidence.add(outcome("adds", FAILED));
    assertThat(judge(evidence, expect("failed", "value", "0")).decision()).isEqualTo(Decision.FAIL);
  }

  @Test
  void refusedEvidenceIsInconclusive() {
    Verdict verdict =
        judge.judge(
            new Policy("check", METRICS, List.of(expect("failed", "value", "0"))),
            new Case(Ending.COMPLETED, null, List.of(outcome("adds", PASSED)), 3, null, Map.of()));
    assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
  }

  @Test
  void evidenceOfAnotherSubjectIsStale() {
    Verdict verdict =
        judge.judge(
            new Policy("check", METRICS, List.of(expect("failed", "value", "0"))),
            new Case(
                Ending.COMPLETED,
                null,
                List.of(outcome("adds", PASSED)),
                0,
                "it is of another commit",
                Map.of()));
    assertThat(verdict.decision()).isEqualTo(Decision.STALE);
  }

  @Test
  void aStepThatWasNotMeasuredIsInconclusiveAndTheMeasuredOnesAreNamed() {
    Verdict verdict =
        judge(
            latencies(10, 10, 100, 1), expect("latency", "orderz", "p95", "< 50 ms", null, false));
    assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(verdict.reasons().getFirst().sentence()).contains("orders");
  }

  @Test
  void theOrderOfEvidenceDoesNotChangeAByteOfTheVerdict() {
    List<Evidence> evidence = new ArrayList<>(latencies(10, 20, 50, 7));
    evidence.add(outcome("a", PASSED));
    evidence.add(outcome("b", FAILED));
    evidence.add(errors(3, 500));
    Expectation[] expectations = {
      expect("latency", "p95", "< 12 ms"),
      expect("failed", "value", "0"),
      expect("errors", "value", "< 1 %"),
      noWorse("latency", "p95", 0.05, false)
    };
    Map<String, Case.Baseline> baselines =
        Map.of("main", new Case.Baseline("r1", latencies(10, 20, 50, 8)));
    String first = bytes(judge(evidence, Ending.COMPLETED, baselines, expectations));
    Random random = new Random(42);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(evidence, random);
      assertThat(bytes(judge(evidence, Ending.COMPLETED, baselines, expectations)))
          .isEqualTo(first);
    }
  }

  private static String bytes(Verdict verdict) {
    return JsonWriter.canonical(LedgerCodec.encode(verdict));
  }

  @Test
  void aMissingBaselineIsInconclusiveUnlessTheFirstRunMayPass() {
    List<Evidence> evidence = latencies(10, 10, 100, 1);
    assertThat(judge(evidence, noWorse("latency", "p95", 0.05, false)).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
    assertThat(judge(evidence, noWorse("latency", "p95", 0.05, true)).decision())
        .isEqualTo(Decision.PASS);
  }

  @Test
  void aRegressionBeyondTheAllowedFails() {
    assertThat(against(latencies(10, 30, 200, 1), latencies(14, 30, 200, 2), 0.1))
        .isEqualTo(Decision.FAIL);
  }

  /** Of a check that was carried out once more: the second round is labelled. */
  private static List<Evidence> rounds(List<Evidence> first, List<Evidence> second) {
    List<Evidence> both = new ArrayList<>(first);
    for (Evidence fact : second) {
      Measurement one = (Measurement) fact;
      both.add(
          new Measurement(
              one.check(),
              one.metric(),
              one.unit(),
              one.from().plusSeconds(60),
              one.to().plusSeconds(60),
              Map.of(Rounds.LABEL, Rounds.SECOND),
              one.value()));
    }
    return both;
  }

  private Verdict comparedWithTwenty(List<Evidence> evidence) {
    return judge(
        evidence,
        Ending.COMPLETED,
        Map.of("main", new Case.Baseline("before", latencies(20, 30, 200, 1))),
        noWorse("latency", "p95", 0.1, false));
  }

  @Test
  void whatIsWorseInBothRoundsIsWorse() {
    Verdict verdict =
        comparedWithTwenty(rounds(latencies(30, 30, 200, 2), latencies(30, 30, 200, 3)));
    assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
    assertThat(verdict.reasons().getFirst().sentence())
        .endsWith("So it was in each of two rounds.");
  }

  @Test
  void whatIsNotWorseAgainIsNotSaidToBe() {
    Verdict verdict =
        comparedWithTwenty(rounds(latencies(60, 30, 200, 2), latencies(20, 30, 200, 3)));
    assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
  }

  @Test
  void theSameSpeedIsNoWorse() {
    assertThat(against(latencies(10, 30, 200, 1), latencies(10, 30, 200, 2), 0.2))
        .isEqualTo(Decision.PASS);
  }

  @Test
  void aDifferenceThatTheEvidenceCannotDecideIsInconclusive() {
    assertThat(against(latencies(10, 6, 20, 1), latencies(10.4, 6, 20, 2), 0.05))
        .isEqualTo(Decision.INCONCLUSIVE);
  }

  @Test
  void moreErrorsThanTheBaselineFail() {
    Map<String, Case.Baseline> baseline =
        Map.of("main", new Case.Baseline("r1", List.of(errors(0, 5000))));
    assertThat(
            judge(
                    List.of(errors(200, 5000)),
                    Ending.COMPLETED,
                    baseline,
                    noWorse("errors", "value", 0.01, false))
                .decision())
        .isEqualTo(Decision.FAIL);
    assertThat(
            judge(
                    List.of(errors(1, 5000)),
                    Ending.COMPLETED,
                    baseline,
                    noWorse("errors", "value", 0.01, false))
                .decision())
        .isEqualTo(Decision.PASS);
  }

  /** Earlier runs whose medians scatter by so much, the last of which is the baseline. */
  private static Case.Baseline history(int runs, double scatter) {
    Random random = new Random(17);
    List<List<Evidence>> history = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      history.add(latencies(10 * Math.exp(scatter * random.nextGaussian()), 20, 300, run));
    }
    return new Case.Baseline("r9", history.getLast(), history);
  }

  private Verdict withHistory(Case.Baseline baseline, double level, double by) {
    return judge(
        latencies(level, 20, 300, 99),
        Ending.COMPLETED,
        Map.of("main", baseline),
        noWorse("latency", "p50", by, false));
  }

  @Test
  void aRestlessHistoryKeepsARunFromBeingCalledWorse() {
    Case.Baseline newestOnly = new Case.Baseline("r9", latencies(10, 20, 300, 1));
    assertThat(withHistory(newestOnly, 12.5, 0.1).decision()).isEqualTo(Decision.FAIL);

    Verdict restless = withHistory(history(12, 0.15), 12.5, 0.1);

    assertThat(restless.decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(restless.reasons().getFirst().sentence()).contains("in 12 runs up to r9");
  }

  @Test
  void aCalmHistoryStillShowsWhatIsWorseAndWhatIsNot() {
    assertThat(withHistory(history(12, 0.01), 12.5, 0.1).decision()).isEqualTo(Decision.FAIL);
    assertThat(withHistory(history(12, 0.01), 10, 0.1).decision()).isEqualTo(Decision.PASS);
  }

  @Test
  void theHistoryCountsSinceItsLastChange() {
    List<List<Evidence>> history = new ArrayList<>();
    for (int run = 0; run < 16; run++) {
      history.add(latencies(run < 9 ? 20 : 10, 20, 300, run));
    }
    Case.Baseline changed = new Case.Baseline("r9", history.getLast(), history);

    Verdict verdict = withHistory(changed, 13, 0.1);

    assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
    assertThat(verdict.reasons().getFirst().sentence()).contains("in 7 runs up to r9");
  }

  @Test
  void aSingleReadingIsJudgedByWhatSuchReadingsScatter() {
    List<List<Evidence>> history = new ArrayList<>();
    Random random = new Random(5);
    for (int run = 0; run < 10; run++) {
      double bytes = 1e6 * Math.exp(0.1 * random.nextGaussian());
      history.add(List.of(measurement("memory", Unit.BYTES, run, new Measured.Scalar(bytes))));
    }
    List<Evidence> now = List.of(measurement("memory", Unit.BYTES, 0, new Measured.Scalar(1.15e6)));
    Expectation expectation = noWorse("memory", "value", 0.05, false);
    Case.Baseline alone = new Case.Baseline("r9", history.get(3));

    Verdict known =
        judge(
            now,
            Ending.COMPLETED,
            Map.of("main", new Case.Baseline("r9", history.getLast(), history)),
            expectation);

    assertThat(judge(now, Ending.COMPLETED, Map.of("main", alone), expectation).decision())
        .isEqualTo(Decision.FAIL);
    assertThat(known.decision()).isEqualTo(Decision.INCONCLUSIVE);
  }

  private Decision against(List<Evidence> baseline, List<Evidence> candidate, double by) {
    return judge(
            candidate,
            Ending.COMPLETED,
            Map.of("main", new Case.Baseline("r1", baseline)),
            noWorse("latency", "p95", by, false))
        .decision();
  }
}
