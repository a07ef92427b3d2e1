package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a wrong file or command line gets: exit code 3, the place and the mend; and no run. */
class BrokenWorkspaceIT extends Scenario {

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(
            "an unknown key", "workspace: a\nchekcs: {}\n", "ASSAY-PLAN-007", "2:1", "'checks'"),
        Arguments.of(
            "a wrong type",
            "workspace: a\nservices:\n  app: [1]\n",
            "ASSAY-PLAN-008",
            "3:8",
            "a list"),
        Arguments.of(
            "a missing key",
            "workspace: a\nservices:\n  app: { grace: 1s }\n",
            "ASSAY-PLAN-009",
            "3:8",
            "command"),
        Arguments.of(
            "a duplicate key",
            "workspace: a\nworkspace: b\n",
            "ASSAY-PLAN-005",
            "2:1",
            "'workspace'"),
        Arguments.of("a tab", "workspace: a\nchecks:\n\tx: 1\n", "ASSAY-PLAN-004", "3:1", "tab"),
        Arguments.of(
            "an open bracket", "workspace: [a\nchecks: {}\n", "ASSAY-PLAN-004", "2:", "bracket"),
        Arguments.of("an empty file", "", "ASSAY-PLAN-014", "", "assay init"),
        Arguments.of(
            "an unknown variable",
            "workspace: a\nenvironments: { l: { url: \"${hots}\" } }\n",
            "ASSAY-PLAN-010",
            "2:",
            "hots"),
        Arguments.of(
            "a circle",
            "workspace: a\nservices:\n  a: { command: x, needs: b }\n  b: { command: x, needs: a }\n",
            "ASSAY-PLAN-011",
            "3:",
            "circle"),
        Arguments.of(
            "no such metric",
            "workspace: a\nenvironments: { l: { url: \"http://h\" } }\nchecks:\n  s:\n    http: [ { get: / } ]\n    expect: { latncy.p95: < 1 s }\n",
            "ASSAY-PLAN-012",
            "6:15",
            "latency"),
        Arguments.of(
            "a wrong unit",
            "workspace: a\nenvironments: { l: { url: \"http://h\" } }\nchecks:\n  s:\n    http: [ { get: / } ]\n    expect: { latency.p95: < 1 MB }\n",
            "ASSAY-PLAN-012",
            "6:",
            "MB"),
        Arguments.of(
            "no stage",
            "workspace: a\nenvironments: { l: { url: \"http://h\" } }\nchecks:\n  s: { http: [ { get: / } ] }\n  t: { http: [ { get: / } ] }\nstages: [ [s] ]\n",
            "ASSAY-PLAN-013",
            "5:3",
            "'t'"),
        Arguments.of(
            "a suite without runner",
            "workspace: a\nchecks:\n  u: { suite: { reports: [x] } }\n",
            "ASSAY-SUITE-",
            "3:",
            "runner"),
        Arguments.of(
            "an alias bomb",
            "workspace: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
            "ASSAY-PLAN-006",
            "",
            "aliases"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void isAnsweredWithItsPlaceAndItsMend(
      String kind, String yaml, String code, String place, String word) {
    workspace(yaml);

    Ended ended = assay("run").with(3);

    ended.saying("error " + code, "assay.yaml:" + place, word, "mend: ");
    assertThat(ended.out()).isEmpty();
    assertThat(file(".assay")).doesNotExist();
  }

  @Test
  void allProblemsOfAFileAreToldAtOnce() {
    workspace(
        "workspace: a\nchekcs: {}\nservices:\n  app: { comand: x }\n  b: { command: x, grace: soon }\n");

    assay("check")
        .with(3)
        .saying("assay.yaml:2:1", "assay.yaml:4:10", "did you mean 'command'?", "assay.yaml:5:27");
  }

  @Test
  void aFileThatIsNotUtf8IsAnswered() throws IOException {
    Files.write(file("assay.yaml"), "workspace: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assay("run").with(3).saying("ASSAY-PLAN-003", "assay.yaml:1:15");
  }

  @Test
  void aFileOfTenMegabytesIsAnswered() {
    workspace("workspace: a\n" + "# padding\n".repeat(1_000_000));

    assay("run").with(3).saying("ASSAY-PLAN-002");
  }

  @Test
  void aMissingFileIsAnswered() {
    assay("run").with(3).saying("ASSAY-PLAN-001", "assay.yaml", "assay init");
  }

  @Test
  void aFolderThatIsMissingIsAnswered() {
    assay("run", "nowhere/assay.yaml").with(3).saying("ASSAY-PLAN-001", "nowhere/assay.yaml");
    assertThat(file("nowhere")).doesNotExist();
  }

  @Test
  void anUnknownOptionIsAnsweredWithTheNearest() {
    workspace("workspace: a\n");

    assay("run", "--sed", "7").with(3).saying("ASSAY-CLI-001", "--sed", "--seed");
  }

  @Test
  void anUnknownCommandIsAnswered() {
    assay("rnu").with(3).saying("ASSAY-CLI-001", "rnu", "did you mean 'run'?");
  }

  @Test
  void aNumberThatIsNoneIsAnswered() {
    workspace("workspace: a\n");

    assay("run", "--seed", "many").with(3).saying("ASSAY-CLI-001", "many");
    assay("run", "--parallel", "0").with(3).saying("ASSAY-CLI-001", "--parallel");
  }
}
