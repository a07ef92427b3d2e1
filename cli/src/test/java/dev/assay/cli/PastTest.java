package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.verdict.Decision;
import dev.assay.core.compare.Backtest;
import dev.assay.core.compare.SameCode;
import dev.assay.core.compare.Trend;
import dev.assay.core.compare.Trends;
import dev.assay.core.parse.IncidentFile;
import dev.assay.core.report.Attached;
import dev.assay.core.report.BacktestJson;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.TrendJson;
import dev.assay.core.report.page.HtmlReport;
import dev.assay.core.report.page.TrendPage;
import dev.assay.core.report.terminal.BacktestText;
import dev.assay.core.report.terminal.Ink;
import dev.assay.core.report.terminal.TrendText;
import dev.assay.stats.change.ChangePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The past of checks: its changes, its false alarms, and what another policy had made of it. */
class PastTest {

  private static final Trends.Range ALL = new Trends.Range(_ -> true, 500, Long.MAX_VALUE);

  private final StoredRuns runs = new StoredRuns();

  @TempDir private Path folder;

  private Trend median() {
    List<Trend> trends =
        new Trends(runs.ledger(), check -> Rooms.onClassPath().metrics().of(check.type()))
            .read(ALL, (_, key, _) -> key.text().equals("latency.p50"));
    assertThat(trends).hasSize(1);
    return trends.getFirst();
  }

  private void add(int count, double median) {
    for (int i = 0; i < count; i++) {
      runs.add(median, 0.02);
    }
  }

  @Test
  void aChangeIsFoundWithItsCommitsAndSize() {
    add(20, 10);
    add(20, 12);

    Trend trend = median();

    assertThat(trend.changes()).hasSize(1);
    ChangePoint change = trend.changes().getFirst();
    assertThat(change.index()).isBetween(19, 21);
    assertThat(change.change().low()).isLessThan(0.2);
    assertThat(change.change().high()).isGreaterThan(0.2);
    assertThat(trend.worse(change)).isTrue();
    assertThat(trend.sentence(change))
        .startsWith("latency.p50 of browse rose from ")
        .contains("in the commits ", "sure that it is a change");
  }

  @Test
  void aCalmHistoryHasNoChange() {
    add(40, 10);

    assertThat(median().changes()).isEmpty();
  }

  @Test
  void baselinesOfPairsAreNoHistory() {
    add(3, 10);
    runs.add(10, 0, "main", Map.of("pair", "p/1/B"), Set.of());
    runs.add(10, 0, "main", Map.of("pair", "p/1/C"), Set.of());

    assertThat(median().points()).extracting(point -> point.run().id()).doesNotContain("r003");
    assertThat(median().points()).hasSize(4);
  }

  @Test
  void everyFormShowsTheChange() {
    add(20, 10);
    add(20, 12);
    List<Trend> trends = List.of(median());

    assertThat(new TrendText(Ink.PLAIN, 100).render(trends, true)).contains("▲", "40 runs");
    assertThat(new TrendText(Ink.PLAIN, 100).render(trends, false)).contains("▲", "40 runs");
    assertThat(TrendPage.write("shop", trends)).contains("<svg", "rose from ");
    assertThat(TrendJson.json(trends).array("trends")).hasSize(1);
  }

  @Test
  void theReportOfARunShowsTheHistoryOfWhatItIsJudgedBy() {
    add(6, 10);
    RunSummary last = runs.add(10, 0);
    RunReport report = RunReport.read(runs.ledger(), last);

    assertThat(HtmlReport.write(report, Attached.read(runs.ledger(), report)))
        .contains("Through the runs", "latency.p50", "No change is found in 7 runs.")
        .doesNotContain("latency.p95</strong> <span class=\"quiet\">7 runs");
  }

  @Test
  void theFalseAlarmsOfUnchangedCodeAreCounted() {
    for (int pair = 1; pair <= 10; pair++) {
      for (String letter : List.of("B", "C")) {
        Map<String, String> labels =
            Map.of("pair", "p/" + pair + "/" + letter, SameCode.LABEL, "same");
        double median = pair == 4 && letter.equals("C") ? 20 : 10;
        runs.add(median, 0.01, "main", labels, Set.of());
      }
    }

    SameCode.Rate rate = SameCode.rate(List.of(median()));

    assertThat(rate).isEqualTo(new SameCode.Rate(10, 1));
    assertThat(rate.sentence()).startsWith("Unchanged code was called different in 1 of 10");
  }

  private Plan policy(String expectation) throws IOException {
    Path file = folder.resolve("policy.yaml");
    Files.writeString(
        file,
        """
        workspace: shop
        environments: { local: { url: "http://127.0.0.1:1" } }
        checks:
          browse:
            load: { users: 1, for: 1s, flow: [ { get: / } ] }
            expect: { latency.p50: %s }
        """
            .formatted(expectation));
    return Rooms.onClassPath().parser(Map.of()).parse(file);
  }

  private Backtest.Result replay(Plan policy, List<IncidentFile.Incident> incidents) {
    return new Backtest(policy, List.of())
        .replay(runs.ledger(), runs.ledger().runs(500).reversed(), incidents);
  }

  private List<IncidentFile.Incident> incidents(String yaml) throws IOException {
    Path file = folder.resolve("incidents.yaml");
    Files.writeString(file, yaml);
    return IncidentFile.read(file);
  }

  private static List<String> failed(Backtest.Result result) {
    return result.releases().stream()
        .filter(release -> release.decision() == Decision.FAIL)
        .map(release -> release.run().id())
        .toList();
  }

  @Test
  void aPolicyIsTriedOnThePastAndMeasuredByIncidents() throws IOException {
    add(5, 10);
    runs.add(30, 0);
    add(3, 10);
    runs.add(30, 0);
    add(2, 10);

    Backtest.Result result =
        replay(
            policy("< 20 ms"),
            incidents(
                """
                incidents:
                  - { at: 2026-03-01T05:30:00Z, minutes: 45, what: checkout down }
                  - { commit: "%s", minutes: 5 }
                  - { at: 2020-01-01T00:00:00Z, minutes: 5 }
                """
                    .formatted(StoredRuns.commit(3))));

    assertThat(failed(result)).containsExactly("r005", "r009");
    assertThat(result.releases().get(5).bad()).isTrue();
    assertThat(result.releases().get(2).bad()).isTrue();
    assertThat(result.bad()).isEqualTo(2);
    assertThat(result.stopped()).isEqualTo(2);
    assertThat(result.caught()).isEqualTo(1);
    assertThat(result.spared().toMinutes()).isEqualTo(45);
    assertThat(result.unmatched()).hasSize(1);
    assertThat(result.releases().get(5).reason()).startsWith("browse: latency.p50 is 30");
    assertThat(new BacktestText(Ink.PLAIN, 100).render(result)).contains("caught: checkout down");
    assertThat(BacktestJson.json(result).whole("bad")).isEqualTo(2);
  }

  @Test
  void aReplayHasTheBaselinesThatThePolicyItselfWouldHaveHad() throws IOException {
    add(8, 10);
    runs.add(14, 0);
    add(1, 10);

    Backtest.Result result =
        replay(policy("{ no worse than: main, by: 10 %, first run: passes }"), List.of());

    assertThat(failed(result)).containsExactly("r008");
    assertThat(result.releases().getLast().decision()).isNotEqualTo(Decision.FAIL);
  }

  @Test
  void whatIsWrongInAFileOfIncidentsIsSaidAtOnce() {
    assertThatThrownBy(() -> incidents("- { att: x }\n- { at: foo, commit: zz, minutes: -1 }\n"))
        .isInstanceOfSatisfying(
            ProblemException.class, problems -> assertThat(problems.problems()).hasSize(5));
    assertThatThrownBy(() -> incidents("incidents: []\n")).isInstanceOf(ProblemException.class);
  }
}
