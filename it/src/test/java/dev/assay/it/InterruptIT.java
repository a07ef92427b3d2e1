package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C and its kind: everything ends in order, is written down, and can go on later. */
class InterruptIT extends Scenario {

  @BeforeEach
  void twoChecksOneAfterTheOther() {
    workspace(
        """
        workspace: shop
        services:
          app:
            command: sh -c 'echo listening; exec sleep 1000'
            ready: { log: listening }
        checks:
          first:
            suite: { command: sh counting.sh first, reports: ["reports/first.xml"] }
          second:
            suite: { command: sh waiting.sh second, reports: ["reports/second.xml"] }
        stages: [ [first], [second] ]
        """);
    write("counting.sh", COUNTING_SUITE);
    write("waiting.sh", WAITING_SUITE);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void inTheMiddleOfACheckARunEndsIsRecordedAndGoesOnWhereItWas(String signal, int code) {
    Running running = start("run");
    untilThereIs("second.waits");
    Ended ended = running.signal(signal).ended();

    ended.with(code).saying("stopping");
    assertThat(processes()).isEmpty();
    Json.Obj run = newestRun();
    assertThat(run.text("ending")).isEqualTo("CANCELLED");
    assertThat(run.text("decision")).isEqualTo("NOT_RUN");
    assay("ledger", "list").with(0).printing(run.text("id"), "not run");
    assay("ledger", "verify").with(0).printing("sound");

    write("go", "");
    Ended resumed = assay("run", "--resume").with(0).printing("SHIP").saying("second begins");
    assertThat(resumed.err()).doesNotContain("first begins");

    assertThat(times("first")).isEqualTo(1);
    assertThat(times("second")).isEqualTo(1);
    assertThat(newestRun().text("id")).isEqualTo(run.text("id"));
    assertThat(newestRun().text("decision")).isEqualTo("PASS");
    assay("run", "--resume").with(3).saying("ASSAY-CLI-002", "no interrupted run");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void whileAServiceStartsARunEnds(String signal, int code) {
    workspace(
        """
        workspace: shop
        services:
          app:
            command: sh -c 'sleep 1000 & echo starting; wait'
            ready: { log: listening, within: 60s }
        checks:
          first:
            suite: { command: sh counting.sh first, reports: ["reports/first.xml"] }
        """);
    Running running = start("run");
    Wait.until(
        () -> processes().values().stream().anyMatch(command -> command.startsWith("sleep 1000")),
        () -> "the service never started:\n" + running.err());
    running.signal(signal).ended().with(code);

    assertThat(processes()).isEmpty();
    assertThat(times("first")).isZero();
    assertThat(newestRun().text("ending")).isEqualTo("CANCELLED");
    assertThat(newestRun().text("decision")).isEqualTo("NOT_RUN");
  }

  @Test
  void twoInterruptsAreNoMoreThanOne() {
    Running running = start("run");
    untilThereIs("second.waits");
    running.signal("INT").signal("INT").ended().with(130);

    assertThat(processes()).isEmpty();
    assertThat(newestRun().text("ending")).isEqualTo("CANCELLED");
  }

  @Test
  void aChangedWorkspaceIsNotResumed() {
    Running running = start("run");
    untilThereIs("second.waits");
    running.signal("INT").ended().with(130);
    workspace(read("assay.yaml") + "# changed\n");

    assay("run", "--resume").with(3).saying("ASSAY-RUN-011", "changed since run");
  }
}
