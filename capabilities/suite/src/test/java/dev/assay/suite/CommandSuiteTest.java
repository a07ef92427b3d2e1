package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CancelledException;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSuiteTest {

  private static final String ONE_PASSES =
      "mkdir -p reports; echo \"<testsuite name='s'><testcase name='a' classname='A'"
          + " time='0.5'/></testsuite>\" > reports/a.xml; ";
  private static final String ONE_FAILS =
      "mkdir -p reports; echo \"<testsuite name='s'><testcase name='b' classname='B'"
          + " time='0.5'><failure message='no'/></testcase></testsuite>\" > reports/b.xml; ";

  @TempDir Path folder;
  @TempDir Path scratch;
  private final RecordingSink sink = new RecordingSink("check");
  private TestContext context;

  @BeforeEach
  void aContext() {
    context = new TestContext(folder, scratch, null).with("name", "world");
  }

  private void run(SuiteConfiguration suite) throws Exception {
    new SuiteCheckType().prepare(suite).run(context, sink);
  }

  private Optional<Finding> finding(String rule) {
    return sink.of(Finding.class).stream().filter(found -> found.rule().equals(rule)).findFirst();
  }

  @Test
  void aSuiteThatPassesLeavesOutcomesMeasurementsAndArtifacts() throws Exception {
    run(Suites.shell(ONE_PASSES + "echo $GREETING", "reports/*.xml"));
    assertThat(sink.outcomes())
        .singleElement()
        .satisfies(outcome -> {
          assertThat(outcome.suite()).isEqualTo("A");
          assertThat(outcome.labels()).containsEntry("report", "reports/a.xml");
        });
    assertThat(sink.measurements("duration")).hasSize(1);
    assertThat(sink.sum("test.time")).isEqualTo(1);
    assertThat(new String(sink.content("output.log"), StandardCharsets.UTF_8))
        .isEqualTo("hello world\n");
    assertThat(sink.content("reports/a.xml")).isNotEmpty();
    assertThat(sink.of(Finding.class)).isEmpty();
  }

  @Test
  void failedTestsAndTheExitCodeTheyCauseAreNoContradiction() throws Exception {
    run(Suites.shell(ONE_PASSES + ONE_FAILS + "exit 1", "reports/*.xml"));
    assertThat(sink.outcomes()).hasSize(2);
    assertThat(sink.of(Finding.class)).isEmpty();
  }

  @Test
  void aBadExitCodeAfterTestsThatAllPassedIsInvalid() throws Exception {
    run(Suites.shell(ONE_PASSES + "echo linker failed; exit 3", "reports/*.xml"));
    assertThat(finding("suite.exit-contradicts"))
        .hasValueSatisfying(found -> {
          assertThat(found.severity()).isEqualTo(Severity.INVALID);
          assertThat(found.message()).contains("exit code 3");
          assertThat(found.labels().get("output")).contains("linker failed");
        });
  }

  @Test
  void anExitCodeThatIsNamedAsFineIsFine() throws Exception {
    run(Suites.shell(ONE_PASSES + "exit 3", List.of(0, 3), "reports/*.xml"));
    assertThat(sink.of(Finding.class)).isEmpty();
  }

  @Test
  void aGoodExitCodeWithFailedTestsIsSaid() throws Exception {
    run(Suites.shell(ONE_FAILS, "reports/*.xml"));
    assertThat(finding("suite.exit-contradicts"))
        .hasValueSatisfying(found -> assertThat(found.severity()).isEqualTo(Severity.WARNING));
  }

  @Test
  void aRunWithoutATestIsSaid() throws Exception {
    run(Suites.shell("echo nothing to do", "reports/*.xml"));
    assertThat(sink.outcomes()).isEmpty();
    assertThat(finding("suite.no-tests"))
        .hasValueSatisfying(found -> assertThat(found.message()).contains("reports/*.xml"));
  }

  @Test
  void testsThatAreAllSkippedAreInvalid() throws Exception {
    run(
        Suites.shell(
            "echo '<testsuite><testcase name=\"a\"><skipped/></testcase></testsuite>' > r.xml",
            "*.xml"));
    assertThat(finding("suite.all-skipped"))
        .hasValueSatisfying(found -> assertThat(found.severity()).isEqualTo(Severity.INVALID));
  }

  @Test
  void aCommandThatBreaksBeforeAnyTestIsAProblemWithItsLastLines() {
    assertThatThrownBy(() ->
            run(
                Suites.shell(
                    "for i in $(seq 100); do echo line $i; done; echo boom >&2; exit 2",
                    "r/*.xml")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            broke -> {
              assertThat(broke.problems().getFirst().code()).isEqualTo("ASSAY-SUITE-004");
              assertThat(broke.problems().getFirst().what())
                  .contains("exit code 2", "boom", "line 62")
                  .doesNotContain("line 61\n");
            });
    assertThat(new String(sink.content("output.log"), StandardCharsets.UTF_8)).contains("line 1\n");
  }

  @Test
  void aCommandThatIsKilledNamesTheSignal() {
    assertThatThrownBy(() -> run(Suites.shell("kill -9 $$$$", "r/*.xml")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            broke -> {
              assertThat(broke.problems().getFirst().code()).isEqualTo("ASSAY-SUITE-005");
              assertThat(broke.problems().getFirst().what()).contains("SIGKILL", "memory");
            });
  }

  @Test
  void aReportFromBeforeIsIgnoredAndSaid() throws Exception {
    Files.createDirectory(folder.resolve("reports"));
    Path old = folder.resolve("reports/old.xml");
    Files.writeString(old, "<testsuite><testcase name='old'/></testsuite>");
    run(Suites.shell("true", "reports/*.xml"));
    assertThat(sink.outcomes()).isEmpty();
    assertThat(finding("suite.stale-report"))
        .hasValueSatisfying(found -> assertThat(found.place()).isEqualTo("reports/old.xml"));
    assertThat(old).exists();
  }

  @Test
  void aReportOfTheFutureThatWasThereBeforeIsIgnored() throws Exception {
    Path old = folder.resolve("old.xml");
    Files.writeString(old, "<testsuite><testcase name='old'/></testsuite>");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().plusSeconds(3600)));
    run(Suites.shell("true", "*.xml"));
    assertThat(sink.outcomes()).isEmpty();
  }

  @Test
  void anOldReportThatIsUnpackedDuringTheRunIsIgnored() throws Exception {
    run(Suites.shell(ONE_PASSES + "touch -d 2020-01-01 reports/a.xml", "reports/*.xml"));
    assertThat(sink.outcomes()).isEmpty();
    assertThat(finding("suite.stale-report")).isPresent();
  }

  @Test
  void aReportThatIsWrittenAgainCounts() throws Exception {
    Files.createDirectory(folder.resolve("reports"));
    Files.writeString(folder.resolve("reports/a.xml"), "<testsuite/>");
    run(Suites.shell(ONE_PASSES, "reports/*.xml"));
    assertThat(sink.outcomes()).hasSize(1);
    assertThat(finding("suite.stale-report")).isEmpty();
  }

  @Test
  void aTruncatedReportIsInvalid() throws Exception {
    run(Suites.shell("printf '<testsuite><testcase name=\"a\"/>' > a.xml", "*.xml"));
    assertThat(sink.outcomes()).hasSize(1);
    assertThat(finding("report.truncated"))
        .hasValueSatisfying(found -> assertThat(found.severity()).isEqualTo(Severity.INVALID));
  }

  @Test
  void cancellingStopsTheRunnerAndItsChildren() throws Exception {
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(
            () -> {
              try {
                run(Suites.shell("sleep 600 & echo $! > pid; echo started; wait", "r/*.xml"));
              } catch (Exception stopped) {
                throw new java.util.concurrent.CompletionException(stopped);
              }
            },
            task -> Thread.ofPlatform().daemon().start(task));
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (context.progress().stream().noneMatch("started"::equals) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    context.cancel();
    assertThatThrownBy(() -> running.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CancelledException.class);
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    ProcessHandle.of(pid)
        .ifPresent(sleeper -> sleeper.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    assertThat(sink.content("output.log")).isNotEmpty();
  }

  @Test
  void aFolderThatIsGoneAtTheRunIsAProblem() throws IOException {
    assertThatThrownBy(() -> run(Suites.maven("nowhere", 0, null)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            gone -> assertThat(gone.problems().getFirst().code()).isEqualTo("ASSAY-SUITE-002"));
  }
}
