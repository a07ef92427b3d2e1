package dev.assay.suite.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.suite.git.ProjectCode;
import dev.assay.suite.trace.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTest {

  @TempDir Path folder;

  private String command(String suite, String name, Map<String, String> labels, String path) {
    return new Steps(folder, ProjectCode.of(List.of()))
        .command(new TestId("unit", suite, name), labels, Language.UNKNOWN, path)
        .map(Steps.Command::text)
        .orElse("-");
  }

  @Test
  void mavenRunsOneMethodOfAModule() {
    assertThat(
            command(
                "shop.OrderTest",
                "adds(int)[2]",
                Map.of(
                    "report",
                    "core/target/surefire-reports/TEST-shop.OrderTest.xml",
                    "module",
                    "core"),
                ""))
        .isEqualTo(
            "mvn -pl core -am '-Dtest=shop.OrderTest#adds' -Dsurefire.failIfNoSpecifiedTests=false test");
    assertThat(
            command(
                "shop.OrderIT",
                "a name for people",
                Map.of("report", "target/failsafe-reports/TEST-x.xml"),
                ""))
        .isEqualTo("mvn -Dit.test=shop.OrderIT -Dfailsafe.failIfNoSpecifiedTests=false verify");
  }

  @Test
  void gradleRunsATaskOfAModule() {
    assertThat(
            command(
                "shop.OrderTest",
                "adds()",
                Map.of("report", "core/build/test-results/integrationTest/TEST-x.xml"),
                ""))
        .isEqualTo("gradle :core:integrationTest --tests shop.OrderTest.adds");
  }

  @Test
  void pytestRunsOneNode() {
    assertThat(
            command("tests.test_order.TestCart", "test_sum[1-2]", Map.of(), "tests/test_order.py"))
        .isEqualTo("python3 -m pytest 'tests/test_order.py::TestCart::test_sum[1-2]'");
  }

  @Test
  void scriptsAreRunByTheRunnerOfTheirPackage() throws IOException {
    Files.createDirectories(folder.resolve("web/src"));
    Files.writeString(
        folder.resolve("web/package.json"), "{\"devDependencies\":{\"vitest\":\"3\"}}");
    assertThat(command("", "adds (all)", Map.of(), "web/src/order.test.ts"))
        .isEqualTo("cd web && npx vitest run src/order.test.ts -t 'adds \\(all\\)'");

    Files.writeString(
        folder.resolve("web/package.json"), "{\"scripts\":{\"test\":\"node --test\"}}");
    assertThat(command("", "adds", Map.of(), "web/src/order.test.ts"))
        .isEqualTo("cd web && node --test --test-name-pattern '^adds$' src/order.test.ts");
  }

  @Test
  void goRustAndDotnetAreRunByName() {
    assertThat(command("order", "TestTotal/of_none", Map.of(), "order/order_test.go"))
        .isEqualTo("go test ./order -run '^TestTotal$/^of_none$'");
    assertThat(command("r", "tests::adds", Map.of(), "src/lib.rs"))
        .isEqualTo("cargo test tests::adds -- --exact");
    assertThat(command("Shop.OrderTests", "Adds(a: 1)", Map.of(), "Shop/OrderTests.cs"))
        .isEqualTo("dotnet test --filter FullyQualifiedName~Shop.OrderTests.Adds");
  }

  @Test
  void whereTheRunnerIsNotKnownNothingIsSaid() {
    assertThat(command("a", "b", Map.of(), "")).isEqualTo("-");
  }
}
