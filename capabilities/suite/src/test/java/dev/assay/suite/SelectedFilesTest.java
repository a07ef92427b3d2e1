package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.spi.ChangedFiles;
import dev.assay.suite.SuiteConfiguration.Cache;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs real pytest, Jest and Vitest on tests that use files by ways that no import tells, and of
 * which a change selects those all the same, as they were seen to use them.
 */
class SelectedFilesTest {

  @TempDir Path workspace;
  @TempDir Path scratch;
  private int runs;

  private void write(String path, String text) throws IOException {
    Path file = workspace.resolve("app").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** The names of the tests that ran. */
  private List<String> run(String tool) throws Exception {
    return ran(run(Suites.of(tool, "app").affected(Cache.ACCEPT), new ChangedFiles(List.of())));
  }

  private RecordingSink run(Suites suite, ChangedFiles watched) throws Exception {
    RecordingSink sink = new RecordingSink("check");
    Path own = Files.createDirectories(scratch.resolve("run-" + ++runs));
    // a seed that draws no sample of two
    TestContext context =
        new TestContext(workspace, own, null, 42).offering(ChangedFiles.class, watched);
    new SuiteCheckType()
        .prepare(suite.set("PYTHONDONTWRITEBYTECODE", "1").build())
        .run(context, sink);
    return sink;
  }

  private static List<String> ran(RecordingSink sink) {
    assertThat(sink.of(Finding.class)).extracting(Finding::rule).doesNotContain("suite.not-traced");
    return sink.outcomes().stream()
        .filter(outcome -> outcome.result() != Result.SKIPPED)
        .map(Outcome::name)
        .toList();
  }

  private static void assumePytest() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "pytest"))),
        "pytest is not installed");
  }

  private void nodeModules(String tool) throws IOException {
    Path modules = Path.of("target/node/node_modules").toAbsolutePath();
    assumeTrue(
        Files.isDirectory(modules.resolve(tool)),
        tool + " is not installed: npm install --prefix capabilities/suite/target/node " + tool);
    Files.createDirectories(workspace.resolve("app"));
    Files.createSymbolicLink(workspace.resolve("app/node_modules"), modules);
    write("package.json", "{\"scripts\": {\"test\": \"" + tool + "\"}}");
  }

  @Test
  void pytestTellsWhatATestExecutes() throws Exception {
    assumePytest();
    write("pytest.ini", "[pytest]\n");
    write("shop/price.py", "def price():\n    return 1\n");
    write(
        "test_price.py",
        """
        from importlib import util

        def test_price():
            spec = util.spec_from_file_location("price", "shop/pri" + "ce.py")
            module = util.module_from_spec(spec)
            spec.loader.exec_module(module)
            assert module.price() > 0
        """);
    write("test_other.py", "def test_other():\n    assert True\n");
    assertThat(run("pytest")).containsExactlyInAnyOrder("test_price", "test_other");
    assertThat(run("pytest")).isEmpty();

    write("shop/price.py", "def price():\n    return 2\n");
    assertThat(run("pytest")).containsExactly("test_price");
  }

  @Test
  void aSuiteThatIsWatchedRunsWhatAChangeCanBreakAndThatIsNoPass() throws Exception {
    assumePytest();
    write("pytest.ini", "[pytest]\n");
    write("price.py", "PRICE = 1\n");
    write("test_price.py", "import price\ndef test_price():\n    assert price.PRICE > 0\n");
    write("test_other.py", "def test_other():\n    assert True\n");
    run(Suites.of("pytest", "app"), new ChangedFiles(List.of()));

    write("price.py", "PRICE = 2\n");
    RecordingSink sink =
        run(
            Suites.of("pytest", "app"),
            new ChangedFiles(List.of(workspace.resolve("app/price.py"))));
    assertThat(ran(sink)).containsExactly("test_price");
    assertThat(sink.of(Finding.class))
        .filteredOn(finding -> finding.severity() == Severity.INVALID)
        .extracting(Finding::rule)
        .containsExactly("suite.not-run");
  }

  @Test
  void jestTellsWhatATestLoads() throws Exception {
    nodeModules("jest");
    write("price.js", "exports.price = 1;");
    write(
        "price.test.js",
        "const load = eval('req' + 'uire'); test('price', () => { expect(load('./pri' +"
            + " 'ce').price).toBeGreaterThan(0); });");
    write("other.test.js", "test('other', () => {});");
    assertThat(run("jest")).containsExactlyInAnyOrder("price", "other");
    assertThat(run("jest")).isEmpty();

    write("price.js", "exports.price = 2;");
    assertThat(run("jest")).containsExactly("price");
  }

  @Test
  void vitestTellsWhatATestImports() throws Exception {
    nodeModules("vitest");
    // no file of the project is named so, which only its configuration can tell
    write(
        "vitest.config.js",
        "export default { plugins: [{ name: 'shop', resolveId: (id) => id === 'shop:tea' ?"
            + " import.meta.dirname + '/price/t' + 'ea.js' : null }] };");
    write("price/tea.js", "export const price = 1;");
    write(
        "price.test.js",
        "import { expect, test } from 'vitest'; import { price } from 'shop:tea';"
            + " test('price', () => expect(price).toBeGreaterThan(0));");
    write("other.test.js", "import { test } from 'vitest'; test('other', () => {});");
    assertThat(run("vitest")).containsExactlyInAnyOrder("price", "other");
    assertThat(run("vitest")).isEmpty();

    write("price/tea.js", "export const price = 2;");
    assertThat(run("vitest")).containsExactly("price");
  }
}
