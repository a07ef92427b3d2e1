package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.problem.ProblemException;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a real Maven on the project in {@code src/test/resources/fixture}. */
class MavenSuiteTest {

  @TempDir Path workspace;
  @TempDir Path scratch;
  private final RecordingSink sink = new RecordingSink("check");
  private TestContext context;

  @BeforeEach
  void aCopyOfTheFixture() throws IOException {
    Path source = Path.of("src/test/resources/fixture");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, workspace.resolve("app").resolve(source.relativize(file).toString()));
      }
    }
    context = new TestContext(workspace, scratch, null);
  }

  private void run(int retries, String tests) throws Exception {
    new SuiteCheckType().prepare(Suites.maven("app", retries, tests)).run(context, sink);
  }

  private Outcome outcome(String name) {
    return sink.outcomes().stream().filter(o -> o.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void everyTestAndEveryAttemptIsKept() throws Exception {
    run(1, null);
    assertThat(sink.outcomes()).hasSize(4);
    assertThat(outcome("passes").result()).isEqualTo(Result.PASSED);
    assertThat(outcome("isSkipped").result()).isEqualTo(Result.SKIPPED);
    assertThat(outcome("passesTheSecondTime").flaky()).isTrue();
    assertThat(outcome("fails").attempts())
        .hasSize(2)
        .allSatisfy(attempt -> assertThat(attempt.result()).isEqualTo(Result.FAILED));
    assertThat(sink.of(Finding.class)).isEmpty();
    assertThat(context.progress()).anyMatch(line -> line.matches("\\d tests · .*"));
  }

  @Test
  void aSuiteThatPassesHasNothingToSay() throws Exception {
    run(0, "PassingTest");
    assertThat(sink.outcomes())
        .extracting(Outcome::name)
        .containsExactlyInAnyOrder("passes", "isSkipped");
    assertThat(sink.of(Finding.class)).isEmpty();
  }

  @Test
  void partsOfClassesRunAtOnceAndNothingIsLostOrDoubled() throws Exception {
    new SuiteCheckType()
        .prepare(Suites.of("maven", "app").workers("2").retries(1).build())
        .run(context, sink);
    assertThat(sink.outcomes()).hasSize(4);
    assertThat(outcome("passesTheSecondTime").flaky()).isTrue();
    assertThat(outcome("passesTheSecondTime").labels())
        .containsEntry("unit", "fixture.FlakyTest")
        .containsEntry("retried", "same_jvm");
    assertThat(sink.content("preparation.log")).isNotEmpty();
    assertThat(sink.content("output-2.log")).isNotEmpty();
    assertThat(sink.of(Finding.class)).isEmpty();
  }

  @Test
  void aPatternThatMatchesNoTestIsNoPass() throws Exception {
    run(0, "NoSuchTest");
    assertThat(sink.outcomes()).isEmpty();
    assertThat(sink.of(Finding.class)).extracting(Finding::rule).containsExactly("suite.no-tests");
  }

  @Test
  void codeThatDoesNotCompileIsAProblemThatShowsTheError() throws IOException {
    Files.writeString(
        workspace.resolve("app/src/test/java/fixture/BrokenTest.java"),
        "package fixture; class BrokenTest { int x = nonsense; }");
    assertThatThrownBy(() -> run(0, null))
        .isInstanceOfSatisfying(
            ProblemException.class,
            broke -> {
              assertThat(broke.problems().getFirst().code()).isEqualTo("ASSAY-SUITE-004");
              assertThat(broke.problems().getFirst().what())
                  .contains("BrokenTest.java", "nonsense");
            });
  }
}
