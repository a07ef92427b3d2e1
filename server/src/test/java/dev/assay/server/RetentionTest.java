package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.keep.Retention;
import dev.assay.server.keep.RetentionPlan;
import dev.assay.server.keep.RetentionRule;
import dev.assay.server.project.GapException;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectList;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.store.NamedArtifacts;
import dev.assay.testkit.Chromium;
import dev.assay.testkit.LedgerEntries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of old runs go, those of releases stay, and everything is whole afterwards. */
@Timeout(180)
class RetentionTest {

  @TempDir private Path folder;
  private FurnishedServer it;
  private Project shop;
  private ProjectRuns runs;

  @BeforeEach
  void start() {
    it = new FurnishedServer(folder.resolve("data"));
    shop = it.server.bean(ProjectList.class).find("shop").orElseThrow();
    runs = it.server.bean(Projects.class).runs(shop);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  /** A run of years ago that ended, with one file; the file is old, too. */
  private String run(String id, String branch, String content) throws IOException, GapException {
    Path file = Files.writeString(folder.resolve("file"), content);
    String digest = runs.ledger().store(file).sha256();
    Path kept = runs.ledger().artifact(digest).orElseThrow();
    Files.setLastModifiedTime(kept, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    List<LedgerEntry> entries = new ArrayList<>();
    for (LedgerEntry each : LedgerEntries.everyKind()) {
      if (each instanceof RunOpened opened) {
        entries.add(
            new RunOpened(
                opened.at(),
                opened.workspace(),
                opened.digest(),
                new Subject("ci", "abc", branch, false, null),
                opened.seed(),
                opened.version(),
                opened.checks(),
                opened.labels()));
        entries.add(
            new Recorded(
                new Artifact("unit", opened.at(), "log", "text/plain", content.length(), digest)));
      } else if (each instanceof RunClosed closed) {
        entries.add(new RunClosed(closed.at(), closed.ending(), Decision.PASS));
      }
    }
    runs.takeWhole(id, entries);
    return digest;
  }

  @Test
  void filesOfOldRunsGoAndThoseOfReleasesAndOfTheLastOnesStay() throws Exception {
    String gone = run("r1", "feature", "the old log");
    String shared = run("r2", "feature", "the log of both");
    String release = run("r3", "release/1", "the log of the release");
    run("r4", "release/1", "the next log of the release");
    run("r5", "feature", "the log of both");
    Retention retention = it.server.bean(Retention.class);
    RetentionRule rule = new RetentionRule(30, "main release/*");

    RetentionPlan plan = retention.plan(shop, rule);
    assertThat(plan.artifacts()).containsExactly(gone);
    assertThat(plan.runs()).containsExactly("r1");
    assertThat(plan.bytes()).isEqualTo("the old log".length());
    assertThat(
            it.owner
                .post(
                    "/projects/shop/retention",
                    "/projects/shop/retention",
                    Map.of("days", "30", "branches", "main release/*", "trial", "true"))
                .body())
        .contains("/projects/shop/runs/r1", "1 file with");
    assertThat(runs.ledger().artifact(gone)).as("a trial takes nothing away").isPresent();

    it.owner.post(
        "/projects/shop/retention",
        "/projects/shop/retention",
        Map.of("days", "30", "branches", "main release/*"));
    it.owner.post("/projects/shop/retention", "/projects/shop/retention/apply", Map.of());

    assertThat(runs.ledger().artifact(gone)).isEmpty();
    assertThat(runs.ledger().artifact(shared)).isPresent();
    assertThat(runs.ledger().artifact(release)).isPresent();
    assertThat(runs.ledger().verify().damages()).isEmpty();
    assertThat(it.owner.get("/projects/shop/runs/r1/report").statusCode()).isEqualTo(200);
    assertThat(it.owner.get("/projects/shop/audit").body())
        .contains("retention.applied", "retention.changed", "files: 1");
  }

  @Test
  void aRunThatIsErasedIsNowhereAnyMoreAndTheChainIsWhole() throws Exception {
    String own = run("r1", "kim-secret-branch", "the log of one");
    run("r2", "main", "the log of another");
    String page = "/projects/shop/retention";
    assertThat(it.owner.get("/projects/shop").body()).contains("kim-secret-branch");

    assertThat(it.owner.post(page, page + "/erase", Map.of("run", "r", "why", "asked for")).body())
        .contains("give its full id");
    it.owner.post(page, page + "/erase", Map.of("run", "r1", "why", "asked for"));

    assertThat(it.owner.get("/projects/shop").body())
        .contains("r2")
        .doesNotContain("kim-secret-branch");
    assertThat(it.owner.get("/projects/shop/runs/r1").statusCode()).isEqualTo(404);
    assertThat(runs.ledger().artifact(own)).isEmpty();
    assertThat(runs.ledger().verify().damages()).isEmpty();
    assertThat(it.owner.get("/projects/shop/audit").body()).contains("run.erased", "asked for");
    it.close();
    for (String file : List.of("ledger.db", "ledger.db-wal", "facts.db", "facts.db-wal")) {
      Path held = folder.resolve("data/projects/shop").resolve(file);
      if (Files.exists(held)) {
        assertThat(new String(Files.readAllBytes(held), StandardCharsets.ISO_8859_1))
            .as(file)
            .doesNotContain("kim-secret-branch");
      }
    }
  }

  @Test
  void aFileThatWasLostIsStillADamage() throws Exception {
    String digest = run("r1", "feature", "a log");
    Files.delete(runs.ledger().artifact(digest).orElseThrow());

    assertThat(runs.ledger().verify().damages()).singleElement().asString().contains("is missing");
    assertThat(EvidenceCodec.sha256("a log")).isEqualTo(digest);
  }

  @Test
  void aProjectWithoutARuleKeepsEverything() throws Exception {
    String digest = run("r1", "feature", "a log");
    run("r2", "feature", "another log");

    assertThat(it.server.bean(Retention.class).apply(shop).artifacts()).isEmpty();
    assertThat(runs.ledger().artifact(digest)).isPresent();
  }

  @Test
  void whichFilesARunNamesIsToldByItsFactsAsLongAsItIsAsItWasRead() throws Exception {
    String digest = run("r1", "feature", "a log");
    String other = run("r2", "feature", "another log");
    RunSummary one = runs.find("r1").orElseThrow();
    RunSummary two = runs.find("r2").orElseThrow();
    ProjectFacts facts = it.server.bean(ProjectFacts.class);
    Chromium.await(() -> facts.ready(shop, one) && facts.ready(shop, two));

    assertThat(facts.of(shop).files().of(one))
        .contains(digest)
        .isEqualTo(NamedArtifacts.of(runs.ledger(), "r1"));
    assertThat(facts.of(shop).files().onlyOf(one, List.of(one, two))).containsExactly(digest);

    assertThat(runs.erase("r1", "asked for", Instant.parse("2026-01-01T00:00:00Z"))).isPresent();
    assertThat(facts.of(shop).files().of(one)).as("the facts tell").contains(digest);
    assertThat(facts.of(shop).files().of(one.withEntries(one.entries() + 1)))
        .as("what changed is read again")
        .isEmpty();
    assertThat(facts.of(shop).files().of(two)).contains(other);
  }

  @Test
  void aFileThatWasStoredAgainLatelyStays() throws Exception {
    String digest = run("r1", "feature", "a log");
    run("r2", "feature", "another log");
    runs.ledger().store(Files.writeString(folder.resolve("again"), "a log"));

    assertThat(
            it.server.bean(Retention.class).plan(shop, new RetentionRule(30, "main")).artifacts())
        .doesNotContain(digest);
  }
}
