package dev.assay.suite.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.suite.analytics.CoverageHistory.Known;
import dev.assay.suite.coverage.CoverageRecord;
import dev.assay.suite.coverage.MutationRecord;
import dev.assay.suite.coverage.TestStrength;
import dev.assay.suite.failure.PastRun;
import dev.assay.suite.failure.Pasts;
import dev.assay.suite.report.FileCoverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageHistoryTest {

  @TempDir Path folder;
  private Pasts past;
  private final List<PastRun> runs = new ArrayList<>();

  @BeforeEach
  void aPast() {
    past = new Pasts(folder);
  }

  private String run(Object... checksAndRecords) {
    RunSummary run = past.run("c", Pasts.passed("s", "a"));
    List<Artifact> measures = new ArrayList<>();
    for (int i = 0; i < checksAndRecords.length; i += 2) {
      String name = "record-" + runs.size() + "-" + i;
      boolean lines = checksAndRecords[i + 1] instanceof CoverageRecord;
      String text =
          checksAndRecords[i + 1] instanceof CoverageRecord coverage
              ? coverage.text()
              : ((MutationRecord) checksAndRecords[i + 1]).text();
      try {
        Files.writeString(folder.resolve(name), text);
      } catch (IOException broken) {
        throw new IllegalStateException(broken);
      }
      measures.add(
          new Artifact(
              (String) checksAndRecords[i],
              Instant.EPOCH,
              name,
              lines ? CoverageRecord.MEDIA_TYPE : MutationRecord.MEDIA_TYPE,
              1,
              name));
    }
    runs.add(new PastRun(run, Map.of(), measures));
    return run.id();
  }

  private static CoverageRecord covered(Object... filesAndLines) {
    Map<String, FileCoverage> files = new LinkedHashMap<>();
    for (int i = 0; i < filesAndLines.length; i += 2) {
      String path = (String) filesAndLines[i];
      files.put(path, new FileCoverage(path, (int) filesAndLines[i + 1], 10, 0, 0));
    }
    return new CoverageRecord(files, 3, 4);
  }

  private CoverageHistory history() {
    return CoverageHistory.of(
        runs, name -> Optional.of(folder.resolve(name)), path -> !path.equals("gone.js"));
  }

  private Known file(String path) {
    return history().files().stream()
        .filter(one -> one.now().path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFileThatTheNewestRunDidNotMeasureStandsByTheOneThatDid() {
    String first = run("unit", covered("a.js", 5, "b.js", 7));
    String second = run("unit", covered("a.js", 6));
    String third = run();

    assertThat(file("b.js").run()).isEqualTo(first);
    assertThat(file("b.js").carried()).isTrue();
    assertThat(file("a.js").run()).isEqualTo(second);
    assertThat(file("a.js").change()).isCloseTo(0.1, within(1e-9));
    assertThat(history().trend())
        .extracting(CoverageHistory.Point::run)
        .containsExactly(first, second, third);
    assertThat(history().trend())
        .extracting(CoverageHistory.Point::carried)
        .containsExactly(0, 1, 2);
    assertThat(history().trend().get(1).total().linesCovered()).isEqualTo(13);
    assertThat(CoverageForms.tables(history(), 10).get(1).rows())
        .contains(List.of("b.js", "70.0 %", "–", "–", "3", "from run " + first));
  }

  @Test
  void aFileThatIsGoneDoesNotStand() {
    run("unit", covered("gone.js", 5));
    run("unit", covered("a.js", 6));

    assertThat(history().files()).extracting(one -> one.now().path()).containsExactly("a.js");
  }

  @Test
  void ofTwoChecksThatOneCountsThatExecutedMore() {
    run("unit", covered("a.js", 5), "it", covered("a.js", 8));

    assertThat(file("a.js").now().linesCovered()).isEqualTo(8);
  }

  @Test
  void theShareOfTheChangeIsOnlyOfRunsThatMeasuredIt() {
    run("unit", covered("a.js", 5));
    run();

    assertThat(history().trend())
        .extracting(CoverageHistory.Point::diffValid)
        .containsExactly(4L, -1L);
  }

  @Test
  void weakTestsAndWhatOnlyOneNoticesComeFromTheNewestMutants() {
    String first =
        run(
            "unit",
            new MutationRecord(
                1,
                2,
                List.of(
                    new TestStrength("weak", 2, 0, 0, 1, 0),
                    new TestStrength("sole", 2, 1, 1, 0, 0)),
                List.of("a.js:3 negated")));
    run();

    List<AnalyticsForms.Table> tables = CoverageForms.tables(history(), 10);

    assertThat(tables).hasSize(2);
    assertThat(tables.getFirst().note()).contains("50.0 % of 2 mutants", "from run " + first);
    assertThat(tables.getFirst().rows()).containsExactly(List.of("weak", "2", "2", "0"));
    assertThat(tables.getLast().rows())
        .containsExactly(List.of("sole", "1", "0", "1", "2"), List.of("weak", "0", "1", "0", "2"));
    assertThat(tables)
        .allSatisfy(table ->
            assertThat(table.rows())
                .allSatisfy(row -> assertThat(row).hasSameSizeAs(table.headings())));
  }

  @Test
  void everythingIsInTheJson() {
    run("unit", covered("a.js", 5));

    assertThat(CoverageForms.json(history()).array("files")).hasSize(1);
    assertThat(CoverageForms.badge(history())).contains("50.0 %");
    assertThat(CoverageForms.badge(CoverageHistory.none())).contains("unknown");
  }
}
