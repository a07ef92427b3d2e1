package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Experiments of a workspace and of the Chaos Toolkit; and what is refused with nothing touched.
 */
class ExperimentIT extends Scenario {

  private static final String LOAD =
      """
      checks:
        steady:
          load:
            rate: 120/s
            for: 2s
            timeout: 1s
            flow: [ { get: /hello, expect: { status: 200 } } ]
          expect: { errors: < 1 % }
        fresh:
          load:
            rate: 120/s
            for: 2s
            timeout: 1s
            headers: { connection: close }
            flow: [ { get: /hello, expect: { status: 200 } } ]
          expect: { errors: < 1 % }
      """;

  private static String experiment(String lines) {
    return "workspace: shop\n"
        + GREETER
        + LOAD
        + "  crash:\n    chaos:\n      steady: steady\n      window: 2s\n"
        + lines.indent(6)
        + "stages: [ [crash], [steady, fresh] ]\n";
  }

  @Test
  void aServiceThatIsKilledComesBackAndTheReportDrawsIt() {
    workspace(
        experiment(
            """
            new connections: fresh
            recover within: 30s
            faults:
              - { at: 1s, for: 1s, kill: app }
            """));

    Ended ended = assay("run", "--only", "crash", "--plain").with(0);

    ended.saying("crash");
    String run = newestRun().text("id");
    String page = read(".assay/runs/" + run + "/report.html");
    assertThat(page).contains("Game day", "kill app", "kill · app", "Recovery of fresh");
    Json.Obj report = JsonReader.read(read(".assay/runs/" + run + "/report.json")).asObject();
    Json.Obj crash = report.array("checks").getFirst().asObject();
    assertThat(events(crash))
        .contains("fault.begin", "fault.effective", "fault.end", "steady.lost", "steady.recovered");
    assertThat(metrics(crash)).contains("recovery", "recovery.new", "resilience", "steady");
  }

  private static List<String> events(Json.Obj check) {
    return check.array("events").stream().map(one -> one.asObject().text("kind")).toList();
  }

  private static List<String> metrics(Json.Obj check) {
    return check.array("metrics").stream().map(one -> one.asObject().text("metric")).toList();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("no such service", "faults: [ { at: 1s, kill: ap } ]", "ASSAY-PLAN-", "'app'"),
        Arguments.of(
            "no such link",
            "faults: [ { at: 1s, latency: { link: front, by: 1s } } ]",
            "ASSAY-PLAN-",
            "front"),
        Arguments.of("nothing broken", "lasts: 2s", "CHAOS-041", "faults"),
        Arguments.of(
            "too wide",
            "blast radius: 1\nfaults: [ { at: 1s, kill: app }, { at: 2s, read only: /tmp } ]",
            "ASSAY-CHAOS-042",
            "service:app"),
        Arguments.of(
            "two times", "faults: [ { at: 1s, every: 5s, kill: app } ]", "CHAOS-041", "'every'"),
        Arguments.of(
            "no comparison",
            "abort: { errors: many }\nfaults: [ { at: 1s, kill: app } ]",
            "ASSAY-CHAOS-041",
            "many"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void anExperimentThatIsNotRightIsRefusedBeforeAnythingStarts(
      String kind, String lines, String code, String word) {
    workspace(experiment(lines));

    assay("run").with(3).saying(code, word, "mend: ");

    assertThat(file(".assay")).doesNotExist();
  }

  @Test
  void theDiskOfTheMachineIsNotFilled() {
    workspace(experiment("faults: [ { at: 1s, disk: { of: /, leave: 1 MiB } } ]"));

    assay("run", "--only", "crash").with(3).saying("ASSAY-CHAOS-012", "mend: ");
  }

  @Test
  void anEnvironmentThatIsNotMarkedForItIsNotTouched() {
    workspace(
        """
        workspace: shop
        environments:
          stage: { url: "http://192.0.2.1" }
          calm: { url: "http://127.0.0.1:9", chaos: refused }
        checks:
          steady: { load: { rate: 1/s, for: 1s, flow: [ { get: / } ] } }
          crash: { chaos: { experiment: experiment.json } }
        """);
    write("experiment.json", toolkit("\"rollbacks\": []"));

    assay("run", "--only", "crash").with(3).saying("ASSAY-CHAOS-043", "chaos: allowed");
    assay("run", "--only", "crash", "--env", "calm").with(3).saying("refuses chaos");

    assertThat(file("touched")).doesNotExist();
  }

  private static String toolkit(String end) {
    return """
    {"title": "It is touched", "description": "A file",
     "steady-state-hypothesis": {"title": "There is sh", "probes": [
       {"type": "probe", "name": "sh", "tolerance": true,
        "provider": {"type": "python", "module": "os.path", "func": "exists",
                     "arguments": {"path": "/bin/sh"}}}]},
     "method": [{"type": "action", "name": "touch",
                 "provider": {"type": "process", "path": "touch", "arguments": ["touched"]}}],
     %s}
    """
        .formatted(end);
  }

  @Test
  void anExperimentOfTheToolkitRunsAsItIsAndLeavesItsJournal() {
    write(
        "experiment.json",
        toolkit(
            """
            "rollbacks": [{"type": "action", "name": "remove",
              "provider": {"type": "process", "path": "rm", "arguments": ["touched"]}}]\
            """));

    assay("chaos", "validate", "experiment.json").with(0).printing("1 probes", "1 rollbacks");
    assay("chaos", "run", "experiment.json").with(0);

    Json.Obj journal = JsonReader.read(read("journal.json")).asObject();
    assertThat(journal.text("status")).isEqualTo("completed");
    assertThat(journal.array("run")).hasSize(1);
    assertThat(journal.array("rollbacks")).hasSize(1);
    assertThat(file("touched")).doesNotExist();
  }

  @Test
  void anExperimentOfTheToolkitWithoutAWayBackIsRefused() {
    write("experiment.json", toolkit("\"tags\": []"));

    assay("chaos", "validate", "experiment.json").with(3).saying("ASSAY-CHAOS-065", "'touch'");
    assay("chaos", "run", "experiment.json").with(3).saying("ASSAY-CHAOS-065", "rollbacks: []");
    assertThat(Files.exists(file("touched"))).isFalse();

    assay("chaos", "run", "experiment.json", "--rollback-strategy", "never").with(0);
    assertThat(file("touched")).exists();
  }

  @Test
  void allThatCannotBeCarriedOutIsNamedBeforeTheFirstActivity() {
    write(
        "experiment.yaml",
        """
        title: a
        description: b
        method:
          - { type: action, name: touch, provider: { type: process, path: touch, arguments: [touched] } }
          - { type: action, name: pods, provider: { type: python, module: chaosk8s.pod.actions, func: terminate_pods } }
          - { type: action, name: gone, provider: { type: process, path: no-such-program } }
        rollbacks: []
        """);

    assay("chaos", "run", "experiment.yaml")
        .with(3)
        .saying("ASSAY-CHAOS-062", "terminate_pods", "experiment.yaml:5:", "no-such-program");

    assertThat(file("touched")).doesNotExist();
  }
}
