package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.suite.SuiteConfiguration.Cache;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a real Maven of which only the tests run that a change can break. */
class SelectedSuiteTest {

  private static final String TESTS = "app/src/test/java/acme/";
  private static final String CODE = "app/src/main/java/acme/";

  @TempDir Path workspace;
  @TempDir Path scratch;
  private int runs;

  @BeforeEach
  void aProject() throws IOException {
    write("app/pom.xml", Files.readString(Path.of("src/test/resources/fixture/pom.xml")));
    write(
        CODE + "Cart.java", "package acme; public class Cart { public int total() { return 1; } }");
    write(
        CODE + "Till.java", "package acme; public class Till { public int open() { return 1; } }");
    test("CartTest", "org.junit.jupiter.api.Assertions.assertEquals(1, new Cart().total());");
    // its name is put together at run time, so that no code tells what it depends on
    test(
        "TillTest",
        "Object till = Class.forName(\"acme.T\" + \"xill\".substring(1)).getConstructor()"
            + ".newInstance(); org.junit.jupiter.api.Assertions.assertEquals(1,"
            + " till.getClass().getMethod(\"open\").invoke(till));");
  }

  private void write(String path, String text) throws IOException {
    Path file = workspace.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void test(String name, String body) throws IOException {
    write(
        TESTS + name + ".java",
        "package acme; class "
            + name
            + " { @org.junit.jupiter.api.Test void test() throws Exception { "
            + body
            + " } }");
  }

  private RecordingSink run(Cache cache) throws Exception {
    RecordingSink sink = new RecordingSink("check");
    Path own = Files.createDirectories(scratch.resolve("run-" + ++runs));
    // a seed that draws no sample of two
    TestContext context = new TestContext(workspace, own, null, 42);
    new SuiteCheckType()
        .prepare(Suites.of("maven", "app").goals("-o test").affected(cache).build())
        .run(context, sink);
    return sink;
  }

  private static List<String> ran(RecordingSink sink) {
    return sink.outcomes().stream()
        .filter(outcome -> outcome.result() != Result.SKIPPED)
        .map(Outcome::suite)
        .toList();
  }

  private static double measured(RecordingSink sink, String metric) {
    return sink.of(Measurement.class).stream()
        .filter(each -> each.metric().equals(metric))
        .map(each -> ((Measured.Scalar) each.value()).value())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyWhatAChangeCanBreakRunsAlsoWhereOnlyItsExecutionTells() throws Exception {
    assertThat(ran(run(Cache.ACCEPT))).containsExactlyInAnyOrder("acme.CartTest", "acme.TillTest");

    RecordingSink unchanged = run(Cache.ACCEPT);
    assertThat(ran(unchanged)).isEmpty();
    assertThat(measured(unchanged, "standing")).isEqualTo(2);
    assertThat(unchanged.of(Finding.class))
        .extracting(Finding::rule)
        .contains("suite.stands-by-earlier-run")
        .doesNotContain("suite.not-run", "suite.not-traced", "suite.no-tests");

    write(
        CODE + "Till.java", "package acme; public class Till { public int open() { return 2; } }");
    RecordingSink broken = run(Cache.ACCEPT);
    assertThat(ran(broken)).containsExactly("acme.TillTest");
    assertThat(measured(broken, "standing.failed")).isEqualTo(1);
    assertThat(broken.outcomes())
        .filteredOn(outcome -> outcome.suite().equals("acme.CartTest"))
        .singleElement()
        .satisfies(outcome -> {
          assertThat(outcome.result()).isEqualTo(Result.SKIPPED);
          assertThat(outcome.attempts().getLast().message())
              .contains("not run, same inputs as run");
        });

    // what failed runs again although nothing has changed
    assertThat(ran(run(Cache.ACCEPT))).containsExactly("acme.TillTest");
  }

  @Test
  void whatWasNotRunIsNoPass() throws Exception {
    run(Cache.REFUSE);

    assertThat(run(Cache.REFUSE).of(Finding.class))
        .filteredOn(finding -> finding.severity() == Severity.INVALID)
        .extracting(Finding::rule)
        .containsExactly("suite.not-run");
  }
}
