package dev.assay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunResumed;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest {

  private final List<LedgerEntry> entries =
      new ArrayList<>(List.of(SampleRun.opened("w", new Planned("c", "http", "d", 0))));

  private RunReport report() {
    return RunReport.from(SampleRun.summary("w", SampleRun.subject()), entries);
  }

  private CheckReport check() {
    return report().checks().getFirst();
  }

  private void outcome(String name) {
    entries.add(
        new Recorded(
            new Outcome(
                "c",
                SampleRun.at(1),
                "",
                name,
                List.of(Attempt.passed(SampleRun.millis(1))),
                Map.of())));
  }

  private void measure(String metric, double from, Map<String, String> labels, Measured value) {
    entries.add(
        new Recorded(
            new Measurement(
                "c",
                metric,
                Unit.NANOSECONDS,
                SampleRun.at(from),
                SampleRun.at(from + 1),
                labels,
                value)));
  }

  @Test
  void aPlannedCheckThatNeverBeganWasNotRun() {
    assertThat(check().decision()).isEqualTo(Decision.NOT_RUN);
    assertThat(check().because()).isEqualTo("It never began.");
    assertThat(report().headline()).isEqualTo("Undecided");
  }

  @Test
  void evidenceFromBeforeTheLastOpeningIsLeftOut() {
    entries.add(new CheckOpened(SampleRun.at(1), "c"));
    outcome("before");
    entries.add(new CheckClosed(SampleRun.at(2), "c", Ending.CANCELLED, "stopped", Map.of()));
    entries.add(new Judged("c", new Verdict(Decision.FAIL, List.of(), "p", "e")));
    entries.add(new RunClosed(SampleRun.at(2), Ending.CANCELLED, Decision.NOT_RUN));
    entries.add(new RunResumed(SampleRun.at(9)));
    entries.add(new CheckOpened(SampleRun.at(10), "c"));
    outcome("after");
    assertThat(check().evidence().outcomes()).extracting(Outcome::name).containsExactly("after");
    assertThat(check().problem()).isNull();
    assertThat(check().verdict()).isNull();
    assertThat(check().state()).isEqualTo("interrupted");
    assertThat(report().closed()).isNull();
    assertThat(report().resumed()).isEqualTo(1);
  }

  @Test
  void evidenceOfServicesIsKeptByService() {
    entries.add(
        new Recorded(
            new Event("service:shop", SampleRun.at(1), "service.ready", "ready", Map.of())));
    assertThat(report().services()).extracting(ServiceReport::name).containsExactly("shop");
    assertThat(report().checks()).hasSize(1);
  }

  @Test
  void theNamesOfSavedVariablesAreToldAndTheirValuesAreNot() {
    entries.add(
        new CheckClosed(SampleRun.at(2), "c", Ending.COMPLETED, null, Map.of("token", "hunter2")));
    assertThat(check().saved()).containsExactly("token");
    assertThat(JsonReport.write(report())).contains("token").doesNotContain("hunter2");
  }

  @Test
  void distributionsAreMergedByIntervalAndStepAndSummedOverTheSteps() {
    measure("latency", 1, Map.of("step", "a"), SampleRun.distribution(1e6, 2e6));
    measure("latency", 1, Map.of("step", "a"), SampleRun.distribution(3e6));
    measure("latency", 2, Map.of("step", "b"), SampleRun.distribution(9e6));
    List<MetricReport> metrics = check().evidence().metrics();
    assertThat(metrics)
        .extracting(MetricReport::key)
        .containsExactly("latency", "latency[a]", "latency[b]");
    MetricReport whole = metrics.getFirst();
    assertThat(((MetricReport.Spread) whole.total()).count()).isEqualTo(4);
    assertThat(whole.timeline()).hasSize(2);
    assertThat(((MetricReport.Spread) whole.timeline().getFirst().value()).max())
        .isBetween(3e6, 3.01e6);
    assertThat(metrics.get(1).timeline()).hasSize(1);
  }

  @Test
  void aHistogramThatCannotBeReadIsCountedAndNotHidden() {
    measure("latency", 1, Map.of(), SampleRun.distribution(1e6));
    measure("latency", 2, Map.of(), new Measured.Distribution(7, "no histogram"));
    MetricReport metric = check().evidence().metrics().getFirst();
    assertThat(metric.unreadable()).isEqualTo(1);
    assertThat(((MetricReport.Spread) metric.total()).count()).isEqualTo(1);
  }

  @Test
  void countsAndSharesAreSummedWithTheirKinds() {
    measure("failures", 1, Map.of("kind", "timeout"), new Measured.Count(2));
    measure("failures", 2, Map.of("kind", "timeout"), new Measured.Count(3));
    measure("failures", 2, Map.of("kind", "refused"), new Measured.Count(1));
    measure("errors", 2, Map.of(), new Measured.Proportion(1, 10));
    measure("errors", 3, Map.of(), new Measured.Proportion(0, 30));
    List<MetricReport> metrics = check().evidence().metrics();
    assertThat(metrics.get(0).total()).isEqualTo(new MetricReport.Share(1, 40));
    assertThat(metrics.get(1).total()).isEqualTo(new MetricReport.Events(6));
    assertThat(metrics.get(1).parts()).containsEntry("kind=timeout", 5L);
  }

  @Test
  void aNaNIsSaidAsNothingInJson() {
    measure("temperature", 1, Map.of(), new Measured.Scalar(Double.NaN));
    assertThat(JsonReport.write(report())).contains("\"last\": null").doesNotContain("NaN");
  }

  @Test
  void theSentenceNamesWhatDidNotPass() {
    assertThat(SampleRun.full().because())
        .isEqualTo(
            "2 of 6 checks passed: smoke and checkout failed; contract is inconclusive; crash was not"
                + " run.");
  }
}
