package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.suite.runner.Invocation;
import dev.assay.suite.runner.ProjectFiles;
import dev.assay.suite.runner.Request;
import dev.assay.suite.runner.Request.Case;
import dev.assay.suite.runner.Request.Cases;
import dev.assay.suite.runner.Request.Units;
import dev.assay.suite.runner.Runners;
import dev.assay.suite.runner.TestRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exact words for tools, also for those that are not on this machine. */
class WordsTest {

  @TempDir Path project;
  @TempDir Path reports;

  private void file(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private TestRunner found() {
    var found = Runners.of(new ProjectFiles(project));
    assertThat(found).hasSize(1);
    return found.keySet().iterator().next();
  }

  private Invocation invocation(Request.Tests what, int retries, String... options)
      throws IOException {
    return found()
        .invocation(
            new Request(
                new ProjectFiles(project), "", reports, List.of(options), what, retries, false));
  }

  private static Cases cases(String unit, String suite, String name) {
    return new Cases(List.of(new Case(unit, suite, name, Map.of())));
  }

  @Test
  void dotnet() throws IOException {
    file("Shop.sln", "");
    assertThat(invocation(new Request.All(), 0, "--configuration", "Release").words())
        .containsExactly(
            "dotnet",
            "test",
            "--nologo",
            "--logger",
            "trx",
            "--results-directory",
            reports.toString(),
            "--configuration",
            "Release");
    assertThat(invocation(cases("Shop.Tests", "Shop.Tests", "Adds(x: 1)"), 0).words())
        .endsWith("--filter", "FullyQualifiedName=Shop.Tests.Adds");
    assertThat(invocation(new Request.All(), 0).reports()).containsExactly(reports + "/**/*.trx");
  }

  @Test
  void playwright() throws IOException {
    file("playwright.config.ts", "");
    file("package.json", "{}");
    Invocation all = invocation(new Request.All(), 2, "--project=chromium");
    assertThat(all.words())
        .containsExactly(
            "npx",
            "--no-install",
            "playwright",
            "test",
            "--reporter=line,json",
            "--output=" + reports.resolve("results"),
            "--retries=2",
            "--project=chromium");
    assertThat(all.environment())
        .containsEntry(
            "PLAYWRIGHT_JSON_OUTPUT_NAME", reports.resolve("playwright.json").toString());
    assertThat(invocation(new Units(List.of("e2e/b.spec.ts", "e2e/a.spec.ts")), 0).words())
        .endsWith("e2e/b.spec.ts", "e2e/a.spec.ts");
  }

  @Test
  void cypress() throws IOException {
    file("cypress.config.js", "");
    assertThat(invocation(new Units(List.of("a.cy.js", "b.cy.js")), 1).words())
        .containsExactly(
            "npx",
            "--no-install",
            "cypress",
            "run",
            "--reporter",
            "junit",
            "--reporter-options",
            "mochaFile=" + reports + "/[hash].xml,toConsole=false",
            "--config",
            "retries=1",
            "--spec",
            "a.cy.js,b.cy.js");
  }

  @Test
  void whatNpmTestSaysIsKept() throws IOException {
    file(
        "package.json",
        "{\"scripts\": {\"test\": \"cross-env TZ=UTC jest src --config ci.js --watch\"}}");
    Invocation jest = invocation(new Request.All(), 0);
    assertThat(jest.words()).containsSubsequence("jest", "--config", "ci.js", "--ci");
    assertThat(jest.words()).doesNotContain("--watch", "src");
    assertThat(jest.environment()).containsEntry("TZ", "UTC");
  }

  @Test
  void aScriptOfSeveralCommandsOnlyNamesTheTool() throws IOException {
    file("package.json", "{\"scripts\": {\"test\": \"tsc && vitest run --coverage\"}}");
    assertThat(found().id()).isEqualTo("vitest");
    assertThat(invocation(new Request.All(), 0).words()).doesNotContain("--coverage");
  }

  @Test
  void namesWithSignsAreNamedLiterally() throws IOException {
    file("package.json", "{\"scripts\": {\"test\": \"jest\"}}");
    assertThat(invocation(cases("a.test.js", "sum (of) > two", "is 1+1?"), 0).words())
        .contains("^(sum \\(of\\) two is 1\\+1\\?)$");
  }

  @Test
  void methodsOfMavenAreGatheredByClass() throws IOException {
    file("pom.xml", "<project/>");
    Cases cases =
        new Cases(
            List.of(
                new Case("a.BTest", "a.BTest", "adds(int)[1]", Map.of()),
                new Case("a.BTest", "a.BTest", "adds(int)[2]", Map.of()),
                new Case("a.CTest", "a.CTest", "a name in words", Map.of())));
    assertThat(invocation(cases, 0).words()).contains("-Dtest=a.BTest#adds,a.CTest");
  }

  @Test
  void workersAreANumberOrAuto() {
    assertThat(Workers.parse("3").of(10, 1, 8)).isEqualTo(3);
    assertThat(Workers.parse("8").of(2, 100, 8)).isEqualTo(2);
    assertThat(Workers.parse("auto").of(100, 100, 8)).isEqualTo(8);
    assertThat(Workers.parse("auto").of(100, 12, 8)).isEqualTo(2);
    assertThat(Workers.parse("auto").of(100, 0.5, 8)).isEqualTo(1);
    assertThat(Workers.parse("auto").of(100, Double.NaN, 8)).isEqualTo(8);
    assertThatThrownBy(() -> Workers.parse("0")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Workers.parse("-2")).isInstanceOf(IllegalArgumentException.class);
  }
}
