package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Services that do not do what they should, and children that will not go. */
class ServiceIT extends Scenario {

  private void service(String keys) {
    workspace(
        """
        workspace: shop
        services:
          app:
        %s
        checks:
          unit:
            suite: { command: sh suite.sh unit, reports: ["reports/*.xml"] }
        """
            .formatted(keys.indent(4).stripTrailing()));
    write("suite.sh", COUNTING_SUITE);
  }

  @Test
  void aProgramThatIsMissingIsNamed() {
    service("command: no-such-program --port ${port.app}");

    assay("run")
        .with(4)
        .saying("ASSAY-RUN-001", "assay.yaml:4:", "no-such-program", "mend: install it");
    assertThat(times("unit")).isZero();
  }

  @Test
  void aServiceThatNeverBecomesReadyIsShownWithItsLastOutput() {
    service(
        """
        command: sh -c 'echo waiting for the database; exec sleep 1000'
        ready: { log: listening, within: 400ms }
        """);

    assay("run").with(4).saying("ASSAY-RUN-002", "400 ms", "waiting for the database", "within");
    assertThat(newestRun().text("decision")).isEqualTo("NOT_RUN");
  }

  @Test
  void aServiceThatEndsAtOnceIsShownWithItsExitCodeAndItsLastOutput() {
    service(
        """
        command: sh -c 'echo no config; exit 78'
        ready: { log: listening }
        """);

    assay("run").with(4).saying("ASSAY-RUN-003", "exit code 78", "no config");
  }

  @Test
  void aServiceWhoseAddressIsTakenIsNotStarted() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      service(
          """
          command: sh -c 'touch started; exec sleep 1000'
          ready: { port: "%d" }
          """
              .formatted(other.getLocalPort()));

      assay("run").with(4).saying("ASSAY-RUN-004", Integer.toString(other.getLocalPort()));
    }
    assertThat(file("started")).doesNotExist();
  }

  @Test
  void aSecretThatIsMissingIsNamedBeforeAnythingStarts() {
    workspace(
        """
        workspace: shop
        environments:
          local: { secrets: { token: { env: SHOP_TOKEN } } }
        services:
          app: { command: "sh -c 'touch started; exec sleep 1000'" }
        checks:
          unit: { suite: { command: "true", reports: [x] } }
        """);

    assay("run").with(4).saying("ASSAY-RUN-005", "assay.yaml:3:", "SHOP_TOKEN", "token");
    assertThat(file("started")).doesNotExist();
  }

  @Test
  void aServiceThatIgnoresBeingAskedIsKilledAfterItsGrace() {
    service(
        """
        command: sh service.sh
        ready: { log: listening }
        grace: 300ms
        """);
    write(
        "service.sh",
        """
        trap 'echo heard >> heard' TERM
        echo listening
        while :; do sleep 0.1; done
        """);

    assay("run").with(0);

    assertThat(file("heard")).exists();
    assertThat(processes()).isEmpty();
  }

  @Test
  void aServiceThatForksADaemonLeavesNone() {
    service(
        """
        command: sh service.sh
        ready: { log: listening }
        grace: 300ms
        """);
    write(
        "service.sh",
        """
        ( setsid sh -c 'echo $$ > daemon.pid; while :; do sleep 0.1; done' & )
        while [ ! -s daemon.pid ]; do sleep 0.02; done
        echo listening
        exec sleep 1000
        """);

    assay("run").with(0);

    assertThat(processes()).doesNotContainKey(Long.parseLong(read("daemon.pid").strip())).isEmpty();
  }

  @Test
  void aSuiteThatForksADaemonLeavesNone() {
    workspace(
        """
        workspace: shop
        checks:
          unit:
            suite: { command: sh suite.sh unit, reports: ["reports/*.xml"] }
        """);
    write(
        "suite.sh",
        """
        ( setsid sh -c 'trap "" TERM; echo $$ > daemon.pid; while :; do sleep 0.1; done' & )
        while [ ! -s daemon.pid ]; do sleep 0.02; done
        """
            + COUNTING_SUITE);

    assay("run").with(0);

    assertThat(processes()).doesNotContainKey(Long.parseLong(read("daemon.pid").strip())).isEmpty();
  }

  @Test
  void aServiceThatIsNotReadyIsEndedWithItsChildrenBeforeTheRunEnds() {
    service(
        """
        command: sh -c 'sleep 1000 & sleep 1000 & wait'
        ready: { log: listening, within: 300ms }
        """);

    assay("run").with(4).saying("it printed nothing");
    assertThat(processes()).isEmpty();
  }

  @Test
  void aServiceThatEndsDuringTheRunIsToldAbout() {
    service(
        """
        command: sh -c 'echo listening; while [ ! -e unit.waits ]; do sleep 0.05; done; exit 3'
        ready: { log: listening }
        """);
    write("suite.sh", WAITING_SUITE);

    Running running = start("run");
    running.untilItSays("service app exited: ended by itself with exit code 3");
    write("go", "");

    running.ended().noStackTrace();
    assertThat(assay("ledger", "show", "--json").with(0).out()).contains("service.exited");
  }
}
