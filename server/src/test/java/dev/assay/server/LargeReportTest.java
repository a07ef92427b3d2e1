package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.core.report.EvidenceReport;
import dev.assay.core.report.JsonReport;
import dev.assay.core.report.RunReport;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.project.ProjectList;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.testkit.LedgerEntries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A report is made in bounded memory, however much its run found, and has all of it. */
@Timeout(180)
class LargeReportTest {

  private static final int MANY = 30_000;
  private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

  @TempDir private Path folder;
  private FurnishedServer it;
  private ProjectRuns runs;
  private RunSummary run;

  @BeforeEach
  void start() throws Exception {
    it = new FurnishedServer(folder);
    runs =
        it.server
            .bean(Projects.class)
            .runs(it.server.bean(ProjectList.class).find("shop").orElseThrow());
    runs.takeWhole("large", entries());
    run = runs.find("large").orElseThrow();
  }

  @AfterEach
  void stop() {
    it.close();
  }

  /** Two checks, each begun twice, whose outcomes come in turn; what failed comes last. */
  private static List<LedgerEntry> entries() {
    List<LedgerEntry> entries = new ArrayList<>();
    for (LedgerEntry each : LedgerEntries.everyKind()) {
      if (each instanceof RunOpened opened) {
        entries.add(
            new RunOpened(
                AT,
                opened.workspace(),
                opened.digest(),
                opened.subject(),
                opened.seed(),
                opened.version(),
                List.of(new Planned("unit", "suite", "d", 0), new Planned("api", "suite", "d", 0)),
                Map.of()));
        entries.add(new CheckOpened(AT, "unit"));
        entries.add(
            outcome("unit", "of a beginning that counts no more", Attempt.passed(Duration.ZERO)));
        entries.add(new CheckOpened(AT, "unit"));
        entries.add(new CheckOpened(AT, "api"));
        for (int i = 0; i < MANY; i++) {
          entries.add(outcome(i % 3 == 0 ? "api" : "unit", "n" + i, Attempt.passed(Duration.ZERO)));
        }
        entries.add(outcome("unit", "last", Attempt.failed(Duration.ZERO, "x", "it broke", null)));
        entries.add(outcome("service:shop", "outcomes-0-1.", Attempt.passed(Duration.ZERO)));
      } else if (each instanceof RunClosed closed) {
        entries.add(closed);
      }
    }
    return entries;
  }

  /**
   * The same checks with very many findings and events; what is grave, and what is drawn, comes
   * last.
   */
  private static List<LedgerEntry> noise() {
    List<LedgerEntry> entries = new ArrayList<>();
    for (LedgerEntry each : entries()) {
      boolean found = each instanceof Recorded;
      if (each instanceof RunClosed) {
        for (int i = 0; i < MANY; i++) {
          String check = i % 3 == 0 ? "service:shop" : "unit";
          entries.add(finding(check, Finding.Severity.NOTE, "note " + i));
          entries.add(event(check, "order.placed", "order " + i));
        }
        entries.add(finding("unit", Finding.Severity.ERROR, "the last is grave"));
        entries.add(event("unit", "fault.begin", "the last is drawn"));
      }
      if (!found) {
        entries.add(each);
      }
    }
    return entries;
  }

  private static LedgerEntry finding(String check, Finding.Severity severity, String message) {
    return new Recorded(new Finding(check, AT, "rule", severity, null, message, "f", Map.of()));
  }

  private static LedgerEntry event(String check, String kind, String message) {
    return new Recorded(new Event(check, AT, kind, message, Map.of()));
  }

  @Test
  void ofVeryManyFindingsAndEventsSomeAreHeldAndAllAreCountedAndWritten() throws Exception {
    runs.takeWhole("noisy", noise());
    RunSummary noisy = runs.find("noisy").orElseThrow();
    RunReport held = runs.report(noisy);
    RunReport all = RunReport.read(runs.ledger(), noisy);

    EvidenceReport unit = held.checks().getFirst().evidence();
    assertThat(unit.findings())
        .hasSizeLessThanOrEqualTo(5_001)
        .anySatisfy(finding -> assertThat(finding.message()).isEqualTo("the last is grave"));
    assertThat(unit.events())
        .hasSizeLessThanOrEqualTo(5_001)
        .anySatisfy(event -> assertThat(event.message()).isEqualTo("the last is drawn"));
    assertThat(unit.findingCount()).isEqualTo(MANY / 3 * 2 + 1);
    assertThat(unit.eventCount()).isEqualTo(MANY / 3 * 2 + 1);
    assertThat(unit.outline()).isEqualTo(all.checks().getFirst().evidence().outline());

    String whole = JsonWriter.canonical(JsonReport.json(all));
    StringBuilder written = new StringBuilder();
    runs.stored(noisy).writeJson(written);
    assertThat(written.toString().equals(whole)).as("all of it, in its order").isTrue();
    String page = it.owner.get("/projects/shop/runs/noisy/report").body();
    assertThat(page)
        .contains("the last is grave", "20,001 events", "19,501 more are in the JSON report")
        .contains("9,500 more are in the JSON report");
  }

  private static LedgerEntry outcome(String check, String name, Attempt attempt) {
    return new Recorded(new Outcome(check, AT, "suite", name, List.of(attempt), Map.of()));
  }

  @Test
  void onlySomeOutcomesAreHeldAndAllAreCounted() {
    RunReport held = runs.report(run);

    long outcomes =
        held.checks().stream().mapToLong(check -> check.evidence().outcomes().size()).sum();
    assertThat(outcomes).isLessThanOrEqualTo(5_001);
    assertThat(held.checks().getFirst().evidence().gravestFirst().getFirst().name())
        .isEqualTo("last");
    RunReport all = RunReport.read(runs.ledger(), run);
    for (int i = 0; i < 2; i++) {
      assertThat(held.checks().get(i).evidence().outline())
          .isEqualTo(all.checks().get(i).evidence().outline());
    }
  }

  @Test
  void itsJsonHasAllOfThemAsIfItWereMadeInMemory() {
    String whole = JsonWriter.canonical(JsonReport.json(RunReport.read(runs.ledger(), run)));
    String key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.of(Scope.READ), Duration.ofDays(1));

    assertThat(it.owner.ask("projects/shop/runs/large/report", key).body()).isEqualTo(whole);
    assertThat(it.owner.get("/projects/shop/runs/large?part=report&format=json").body())
        .isEqualTo(whole);
    Json.Obj unit = JsonReader.read(whole).asObject().array("checks").getFirst().asObject();
    assertThat(unit.array("outcomes")).hasSize(MANY / 3 * 2 + 1);
    assertThat(unit.object("counts").whole("tests")).isEqualTo(MANY / 3 * 2 + 1);
  }

  @Test
  void itsPageSaysHowManyAreLeftOutAndWhereAllAre() {
    String page = it.owner.get("/projects/shop/runs/large/report").body();

    assertThat(page)
        .contains("it broke", "20,000 passed", "10,000 passed", "are left out of this page")
        .doesNotContain("of a beginning that counts no more");
  }
}
