package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Capability;
import dev.assay.api.value.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteCheckTypeTest {

  @TempDir Path workspace;
  private Place place = Place.NONE;

  @BeforeEach
  void aWorkspace() throws IOException {
    Path file = Files.writeString(workspace.resolve("assay.yaml"), "");
    Files.createDirectories(workspace.resolve("app"));
    Files.writeString(workspace.resolve("app/pom.xml"), "<project/>");
    Files.createDirectories(workspace.resolve("docs"));
    place = new Place(file.toString(), 3, 5, "");
  }

  private List<Problem> problems(
      @Nullable String maven, @Nullable String command, String... reports) {
    Suites suite = Suites.none().reports(reports);
    if (maven != null) {
      suite.runner("maven", maven);
    }
    if (command != null) {
      suite.command(CommandLine.parse(command));
    }
    return problems(suite);
  }

  private List<Problem> problems(Suites suite) {
    List<Problem> problems = new ArrayList<>();
    new SuiteCheckType().validate(suite.at(place).build(), problems::add);
    return problems;
  }

  @Test
  void theServiceLoaderFindsTheRoom() {
    assertThat(ServiceLoader.load(Capability.class))
        .anySatisfy(room -> assertThat(room.name()).isEqualTo("suite"));
  }

  @Test
  void aSuiteNeedsItsOwnToolAndNoOther() throws IOException {
    Files.createDirectories(workspace.resolve("go"));
    Files.writeString(workspace.resolve("go/go.mod"), "module x\n");

    assertThat(programs(Suites.of("path", "go"))).containsExactly("go");
    assertThat(programs(Suites.of("maven", "app"))).containsExactly("mvn");
    assertThat(programs(Suites.none().command(CommandLine.parse("npm test"))))
        .containsExactly("npm");
    Files.writeString(workspace.resolve("app/mvnw"), "");
    assertThat(programs(Suites.of("maven", "app"))).isEmpty();
    assertThat(programs(Suites.of("maven", "nowhere"))).isEmpty();
  }

  private List<String> programs(Suites suite) {
    return new SuiteCheckType()
        .requirements(suite.at(place).build(), workspace).stream()
            .map(Capability.Requirement::program)
            .toList();
  }

  @Test
  void aGoodSuiteHasNoProblem() {
    assertThat(problems("app", null)).isEmpty();
    assertThat(problems("${module}", null)).isEmpty();
    assertThat(problems(null, "npm test", "reports/*.xml")).isEmpty();
  }

  @Test
  void noRunnerAndTwoRunnersAreProblems() {
    assertThat(problems(null, null)).extracting(Problem::code).containsExactly("ASSAY-SUITE-001");
    assertThat(problems("app", "npm test", "*.xml"))
        .extracting(Problem::code)
        .containsExactly("ASSAY-SUITE-001");
  }

  @Test
  void aCommandNeedsReports() {
    assertThat(problems(null, "npm test"))
        .extracting(Problem::code)
        .containsExactly("ASSAY-SUITE-003");
  }

  @Test
  void aMisspeltFolderIsAnsweredWithTheNearest() {
    assertThat(problems("ap", null))
        .singleElement()
        .satisfies(problem -> assertThat(problem.mend()).isEqualTo("did you mean 'app'?"));
  }

  @Test
  void aFolderWithoutAPomIsAProblem() {
    assertThat(problems("docs", null))
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("no pom.xml"));
  }

  @Test
  void aFolderThatSpeaksOfSeveralToolsNamesTheChoices() throws IOException {
    Files.writeString(workspace.resolve("app/go.mod"), "module app");
    assertThat(problems(Suites.of("path", "app")))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo("ASSAY-SUITE-008");
          assertThat(problem.what()).contains("`maven` (pom.xml), `go` (go.mod)");
          assertThat(problem.mend()).contains("suite: { maven: app }");
        });
  }

  @Test
  void aFolderThatSpeaksOfNoToolIsAProblem() {
    assertThat(problems(Suites.of("path", "docs")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.code()).isEqualTo("ASSAY-SUITE-008"));
  }

  @Test
  void wordsForAnotherToolArePointedOut() {
    assertThat(problems(Suites.of("maven", "app").options("-x")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.mend()).isEqualTo("write `goals`"));
    assertThat(problems(Suites.of("maven", "app").goals("-o verify").workers("2"))).hasSize(1);
    assertThat(problems(Suites.of("maven", "app").goals("-o test").workers("2"))).isEmpty();
    assertThat(problems(Suites.of("maven", "app").workers("many"))).hasSize(1);
    assertThat(problems(Suites.script("true", "*.xml").workers("2"))).hasSize(1);
  }

  @Test
  void aWrongQuarantineIsToldWhenTheFileIsRead() throws IOException {
    Files.writeString(workspace.resolve("q.yaml"), "- test: a\n  ownr: me\n");
    assertThat(problems(Suites.of("maven", "app").quarantine("q.yaml")))
        .extracting(problem -> problem.where().text())
        .contains("q.yaml:2:3");
  }

  @Test
  void nothingPassesWithoutATest() {
    var suite = Suites.maven("app", 0, null);
    assertThat(new SuiteCheckType().implied(suite))
        .anySatisfy(implied -> {
          assertThat(implied.key()).isEqualTo("tests");
          assertThat(implied.comparison()).isEqualTo("> 0");
          assertThat(implied.always()).isTrue();
        });
  }
}
