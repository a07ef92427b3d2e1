package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.problem.ProblemException;
import dev.assay.core.compare.ComparedMetric;
import dev.assay.core.compare.ComparedRuns;
import dev.assay.core.compare.RunsComparison;
import dev.assay.core.compare.RunsComparison.Wanted;
import dev.assay.core.report.ComparisonJson;
import dev.assay.core.report.page.ComparisonPage;
import dev.assay.core.report.terminal.ComparisonText;
import dev.assay.core.report.terminal.Ink;
import dev.assay.stats.compare.Comparison.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Stored runs compared with others, and how people name them. */
class RunsComparisonTest {

  private final StoredRuns runs = new StoredRuns();

  private ComparedRuns compare(List<RunSummary> baseline, List<RunSummary> candidate, Wanted how) {
    return new RunsComparison(runs.ledger(), Rooms.onClassPath().metrics(), how)
        .compare(baseline, candidate, RunsComparison.order(baseline, candidate));
  }

  private List<RunSummary> some(int count, double median, double scatter) {
    List<RunSummary> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(runs.add(median, scatter));
    }
    return made;
  }

  private static ComparedMetric median(ComparedRuns compared) {
    return compared.metrics().stream()
        .filter(metric -> metric.key().text().equals("latency.p50"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSlowerSetOfRunsIsWorse() {
    ComparedRuns compared = compare(some(5, 10, 0.01), some(5, 12, 0.01), Wanted.ALL);

    assertThat(compared.answer()).isEqualTo(Answer.WORSE);
    ComparedMetric median = median(compared);
    assertThat(median.answer()).isEqualTo(Answer.WORSE);
    assertThat(median.change()).isBetween(0.17, 0.23);
    assertThat(median.low()).isPositive();
    assertThat(compared.sentence())
        .startsWith("latency.p50 of browse is 12")
        .endsWith("worse by more than the 5 % that count.");
  }

  @Test
  void equalSetsOfRunsAreShownToBeNoWorse() {
    Wanted lenient =
        new Wanted(Set.of(), Set.of("latency.p50", "errors"), false, false, 0.05, 0.005, 0.01);

    ComparedRuns compared = compare(some(8, 10, 0.005), some(8, 10, 0.005), lenient);

    assertThat(compared.answer()).isEqualTo(Answer.NOT_WORSE);
    assertThat(median(compared).range()).startsWith("at most ").endsWith(" % worse");
  }

  @Test
  void oneRunAgainstOneIsDecidedWhereTheHistoryIsCalm() {
    some(20, 10, 0.003);
    RunSummary before = runs.add(10, 0);
    RunSummary after = runs.add(12.5, 0);

    assertThat(median(compare(List.of(before), List.of(after), Wanted.ALL)).answer())
        .isEqualTo(Answer.WORSE);
  }

  @Test
  void oneRunAgainstOneDecidesLittleWhereTheHistoryIsRestless() {
    some(20, 10, 0.15);
    RunSummary before = runs.add(10, 0);
    RunSummary after = runs.add(12.5, 0);

    ComparedRuns compared = compare(List.of(before), List.of(after), Wanted.ALL);

    assertThat(median(compared).answer()).isEqualTo(Answer.INCONCLUSIVE);
    assertThat(median(compared).furtherPairs()).isPositive();
    assertThat(compared.answer()).isEqualTo(Answer.INCONCLUSIVE);
  }

  @Test
  void aTestThatFailsAndDidNotMakesItWorse() {
    List<RunSummary> before = some(2, 10, 0.01);
    RunSummary after = runs.add(10, 0, "main", Map.of(), Set.of("b"));

    ComparedRuns compared = compare(before, List.of(after), Wanted.ALL);

    assertThat(compared.answer()).isEqualTo(Answer.WORSE);
    assertThat(compared.sentence()).isEqualTo("1 test fails that did not: Shop › b.");
    assertThat(compare(List.of(after), before, Wanted.ALL).tests().getFirst().mended())
        .containsExactly("Shop › b");
  }

  @Test
  void aTestThatFailsNowAndThenMakesNothingWorse() {
    RunSummary flaky = runs.add(10, 0, "main", Map.of(), Set.of("b"));
    RunSummary fine = runs.add(10, 0);
    RunSummary again = runs.add(10, 0, "main", Map.of(), Set.of("b"));

    assertThat(compare(List.of(flaky, fine), List.of(again), Wanted.ALL).broken()).isZero();
  }

  @Test
  void everyFormTellsTheSame() {
    ComparedRuns compared = compare(some(5, 10, 0.01), some(5, 12, 0.01), Wanted.ALL);

    assertThat(new ComparisonText(Ink.PLAIN, 100).render(compared, List.of()))
        .contains("✘ WORSE  5 runs up to r009", "against 5 runs up to r004", "latency.p50");
    assertThat(ComparisonPage.write(compared)).contains(compared.sentence(), "<svg");
    assertThat(ComparisonJson.json(compared).text("answer")).isEqualTo("worse");
    assertThat(ComparisonJson.write(compared)).isEqualTo(ComparisonJson.write(compared));
  }

  @Test
  void runsAreFoundByTheNamesThatPeopleUse() {
    runs.add(10, 0, "main", Map.of(), Set.of());
    runs.add(10, 0, "fix", Map.of(), Set.of());
    runs.add(10, 0, "main", Map.of(), Set.of());
    runs.add(10, 0, "main", Map.of("pair", "p/1/B"), Set.of());

    assertThat(Runs.find(runs.ledger(), "last").id()).isEqualTo("r003");
    assertThat(Runs.find(runs.ledger(), "latest~1").id()).isEqualTo("r002");
    assertThat(Runs.find(runs.ledger(), "main").id()).as("no part of a pair").isEqualTo("r002");
    assertThat(Runs.find(runs.ledger(), "main~1").id()).isEqualTo("r000");
    assertThat(Runs.find(runs.ledger(), "fix").id()).isEqualTo("r001");
    assertThat(Runs.find(runs.ledger(), "r001").id()).isEqualTo("r001");
    assertThat(Runs.several(runs.ledger(), "main:2"))
        .extracting(RunSummary::id)
        .containsExactly("r000", "r002");
    for (String wrong : List.of("nobody", "last~9", "main:3", "r00", "fix~1")) {
      assertThatThrownBy(() -> Runs.several(runs.ledger(), wrong))
          .isInstanceOf(ProblemException.class);
    }
  }
}
