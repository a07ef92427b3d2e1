package dev.assay.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import dev.assay.server.overview.Overview.Day;
import dev.assay.server.overview.Overview.Standing;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an overview says of runs. */
class OverviewTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");

  private static RunSummary run(Decision decision, long seconds) {
    return run(decision, seconds, "main", Map.of());
  }

  private static RunSummary run(
      Decision decision, long seconds, @Nullable String branch, Map<String, String> labels) {
    return new RunSummary(
        "r" + seconds,
        "shop",
        "",
        new Subject("ci", null, branch, false, null),
        NOON,
        NOON.plusSeconds(seconds),
        decision,
        Ending.COMPLETED,
        1,
        labels);
  }

  private static Totals totals(int passed, int failed) {
    List<RunSummary> runs = new ArrayList<>();
    Stream.generate(() -> run(Decision.PASS, 10)).limit(passed).forEach(runs::add);
    Stream.generate(() -> run(Decision.FAIL, 20)).limit(failed).forEach(runs::add);
    return Totals.of(runs);
  }

  @Test
  void runsAreCountedByWhatWasDecidedAndTimedByTheNearestRank() {
    List<RunSummary> runs = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      runs.add(run(i <= 6 ? Decision.PASS : i <= 8 ? Decision.FAIL : Decision.INCONCLUSIVE, i));
    }
    assertThat(Totals.of(runs)).isEqualTo(new Totals(10, 6, 2, 2, 5_000L, 9_000L, 55_000, 34_000));
    assertThat(Totals.of(runs).passRate()).isEqualTo(0.75);
  }

  @Test
  void whatNobodyDecidedOrTimedHasNoRateAndNoTime() {
    Totals none = Totals.of(List.of(run(Decision.NOT_RUN, 0)));
    assertThat(none).isEqualTo(new Totals(1, 0, 0, 1, null, null, 0, 0));
    assertThat(none.passRate()).isNull();
    assertThat(Totals.of(List.of()).runs()).isZero();
  }

  @Test
  void onlyRunsLikeThatAreWantedAndNoneOfMonitors() {
    Asked asked = new Asked(7, " main ", "ci");
    assertThat(asked.wants(run(Decision.PASS, 1))).isTrue();
    assertThat(asked.wants(run(Decision.PASS, 1, "topic", Map.of()))).isFalse();
    assertThat(asked.wants(run(Decision.PASS, 1, null, Map.of()))).isFalse();
    assertThat(asked.wants(run(Decision.PASS, 1, "main", Map.of("monitor", "up")))).isFalse();
    assertThat(new Asked(7, "", "live").wants(run(Decision.PASS, 1))).isFalse();
    assertThat(Asked.of("many", "", "").days()).isEqualTo(30);
    assertThat(Asked.of("8", "", "").days()).isEqualTo(30);
    assertThat(Asked.of("90", "", "").days()).isEqualTo(90);
  }

  @Test
  void theHighestDayFillsThePictureAndTheOthersAreInProportion() {
    DayPlot plot =
        DayPlot.verdicts(
            List.of(
                new Day(FIRST, totals(3, 1)),
                new Day(FIRST.plusDays(1), totals(0, 0)),
                new Day(FIRST.plusDays(2), totals(2, 0))));
    assertThat(plot.top()).isEqualTo("4");
    assertThat(plot.svg())
        .contains("<title>2026-03-01: 3 passed, 1 failed, 0 undecided</title>")
        .contains("tone-fail\" x=\"27.00\" y=\"90.00\" width=\"246.00\" height=\"30.00\"")
        .contains("tone-pass\" x=\"27.00\" y=\"0.00\" width=\"246.00\" height=\"90.00\"")
        .contains("tone-pass\" x=\"627.00\" y=\"60.00\" width=\"246.00\" height=\"60.00\"");
  }

  @Test
  void timesAreDrawnOnlyWhereThereAreSome() {
    assertThat(DayPlot.times(List.of(new Day(FIRST, totals(0, 0))))).isNull();
    DayPlot plot = DayPlot.times(List.of(new Day(FIRST, totals(1, 1))));
    assertThat(plot).isNotNull();
    assertThat(plot.top()).isEqualTo("20 s");
    assertThat(plot.svg()).contains("2026-03-01: 20 s", "2026-03-01: 10 s");
  }

  private static Tile tile(Totals totals, Standing now, String title) {
    Overview overview =
        new Overview(new Asked(7, "", ""), now, totals, totals(1, 1), List.of(), List.of(), 0);
    return Tile.of(overview).stream()
        .filter(each -> each.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tilesSayHowItIsAndHowItWas() {
    Standing well = new Standing(0, 0, 2, 0, 0, 0, 0, 0, 0);
    Standing ill = new Standing(1, 2, 3, 1, 2, 1, 4, 1, 1);

    assertThat(tile(totals(3, 1), well, "Runs that passed"))
        .isEqualTo(
            new Tile(
                "Runs that passed",
                "75 %",
                "3 of 4 that were decided; 50 % the 7 days before",
                "fail",
                "?decision=fail"));
    assertThat(tile(totals(9, 1), well, "Runs that passed").tone()).isEqualTo("open");
    assertThat(tile(totals(9, 0), well, "Runs that passed").tone()).isEqualTo("pass");
    assertThat(tile(totals(0, 0), well, "Runs that passed").value()).isEqualTo("–");
    assertThat(tile(totals(1, 0), well, "Monitors"))
        .isEqualTo(new Tile("Monitors", "2 of 2", "up", "pass", "/monitors"));
    assertThat(tile(totals(1, 0), ill, "Monitors"))
        .isEqualTo(new Tile("Monitors", "2 of 3", "up, 1 not up", "fail", "/monitors"));
    assertThat(tile(totals(1, 0), well, "Objectives").value()).isEqualTo("–");
    assertThat(tile(totals(1, 0), ill, "Alerts").note()).isEqualTo("1 incident open");
    assertThat(tile(totals(1, 0), ill, "Running now").note()).isEqualTo("2 runs silent");
    assertThat(tile(totals(1, 0), ill, "In quarantine").value()).isEqualTo("1 test");
  }
}
