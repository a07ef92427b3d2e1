package dev.assay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Capability;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    List<Problem> problems = new ArrayList<>();
    new SuiteCheckType()
        .validate(
            new SuiteConfiguration(
                maven == null ? null : Template.parse(maven),
                null,
                null,
                0,
                command == null ? null : CommandLine.parse(command),
                null,
                templates(reports),
                Map.of(),
                List.of(),
                place),
            problems::add);
    return problems;
  }

  private static List<Template> templates(String... texts) {
    return List.of(texts).stream().map(Template::parse).toList();
  }

  @Test
  void theServiceLoaderFindsTheRoom() {
    assertThat(ServiceLoader.load(Capability.class))
        .anySatisfy(room -> assertThat(room.name()).isEqualTo("suite"));
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
