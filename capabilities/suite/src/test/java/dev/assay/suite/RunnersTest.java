package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Outcome;
import dev.assay.suite.runner.ProjectFiles;
import dev.assay.suite.runner.Runners;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs real tools on the projects in {@code src/test/resources/projects}. Each has the same tests
 * in the words of its tool: one fails, one passes the second time, one is skipped, and others pass.
 */
class RunnersTest {

  @TempDir Path workspace;
  @TempDir Path scratch;
  private final RecordingSink sink = new RecordingSink("check");

  private Suites project(String tool) throws IOException {
    Path source = Path.of("src/test/resources/projects", tool);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copy = workspace.resolve("app").resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    if (tool.equals("jest") || tool.equals("vitest")) {
      Files.createSymbolicLink(workspace.resolve("app/node_modules"), nodeModules(tool));
    }
    return Suites.none()
        .set("SEEN", workspace.resolve("seen").toString())
        .set("GRADLE_USER_HOME", workspace.resolve("gradle-home").toString())
        // Debian's Gradle is old; it finds a Java that it can run on where none is named
        .set(
            "JAVA_HOME",
            tool.equals("gradle") ? "" : String.valueOf(System.getProperty("java.home")))
        .set("CARGO_NET_OFFLINE", "true");
  }

  /** Where `.ci/run` installs what comes from npm. */
  private static Path nodeModules(String tool) {
    Path modules = Path.of("target/node/node_modules").toAbsolutePath();
    assumeTrue(
        Files.isDirectory(modules.resolve(tool)),
        tool + " is not installed: npm install --prefix capabilities/suite/target/node " + tool);
    return modules;
  }

  private static void assumeInstalled(String program) {
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(found, program + " is not installed");
  }

  private void run(Suites suite) throws Exception {
    Files.createDirectories(scratch);
    new SuiteCheckType()
        .prepare(suite.build())
        .run(new TestContext(workspace, scratch, null), sink);
  }

  private Outcome named(String part) {
    return sink.outcomes().stream()
        .filter(outcome -> outcome.name().contains(part))
        .findFirst()
        .orElseThrow(() ->
            new AssertionError("no " + part + " in " + sink.outcomes() + sink.of(Finding.class)));
  }

  private List<Result> results(String part) {
    return named(part).attempts().stream().map(attempt -> attempt.result()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "pytest, python3, 7, fails, second_time, skipped, adds",
    "node, node, 5, fails, second time, skipped, adds",
    "jest, node, 5, fails, second time, skipped, adds",
    "vitest, node, 5, fails, second time, skipped, adds",
    "go, go, 8, Fails, SecondTime, Skipped, Adds",
    "cargo, cargo, 6, fails, second_time, skipped, adds",
    "gradle, gradle, 5, fails, SecondTime, Skipped, adds",
  })
  void aToolIsFoundItsTestsAreReadAndTriedAgain(
      String tool,
      String program,
      int tests,
      String fails,
      String secondTime,
      String skipped,
      String adds)
      throws Exception {
    assumeInstalled(program);
    Suites suite = project(tool);
    assertThat(Runners.of(new ProjectFiles(workspace.resolve("app"))).keySet())
        .singleElement()
        .satisfies(found -> assertThat(found.id()).isEqualTo(tool));
    run(suite.runner("path", "app").retries(2));
    assertThat(sink.outcomes()).hasSize(tests);
    assertThat(named(adds).result()).isEqualTo(Result.PASSED);
    assertThat(named(skipped).result()).isEqualTo(Result.SKIPPED);
    assertThat(results(secondTime)).containsExactly(Result.FAILED, Result.PASSED);
    assertThat(results(fails)).hasSizeBetween(2, 3).containsOnly(Result.FAILED);
    assertThat(named(fails).labels().get("retried")).matches("alone(,alone)?");
    assertThat(sink.of(Finding.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "pytest, python3, 7, tests/test_basket.py",
    "node, node, 5, test/basket.test.js",
    "jest, node, 5, src/basket.test.js",
    "vitest, node, 5, src/basket.test.js",
    "go, go, 8, example.org/fixture/calc",
  })
  void partsRunAtOnceAndNothingIsLostOrDoubled(String tool, String program, int tests, String unit)
      throws Exception {
    assumeInstalled(program);
    run(project(tool).runner(tool, "app").workers("2"));
    assertThat(sink.outcomes()).hasSize(tests);
    assertThat(sink.outcomes())
        .extracting(outcome -> outcome.labels().get("unit"))
        .contains(unit)
        .doesNotContainNull();
    assertThat(sink.content("output-2.log")).isNotEmpty();
    assertThat(sink.of(Finding.class)).isEmpty();
  }

  @Test
  void aPatternOfTheToolChoosesTests() throws Exception {
    run(project("pytest").runner("pytest", "app/tests").tests("adds or skipped"));
    assertThat(sink.outcomes())
        .extracting(Outcome::name)
        .containsExactly("test_is_skipped", "test_adds");
  }

  @Test
  void oneFileOfPytestIsRunInTheProjectAroundIt() throws Exception {
    run(project("pytest").runner("pytest", "app/tests/test_price.py"));
    assertThat(sink.outcomes())
        .extracting(outcome -> outcome.labels().get("unit"))
        .containsOnly("tests/test_price.py");
  }

  @Test
  void whatCannotBeBuiltIsAProblemOfTheSuite() throws Exception {
    assumeInstalled("go");
    Suites suite = project("go").runner("go", "app");
    Files.writeString(workspace.resolve("app/calc/broken_test.go"), "package calc\n\nvar x = y\n");
    run(suite);
    List<String> failed = new ArrayList<>();
    sink.outcomes().stream()
        .filter(outcome -> outcome.result().failure())
        .forEach(outcome -> failed.add(outcome.suite()));
    assertThat(failed).containsExactly("example.org/fixture/calc");
  }
}
