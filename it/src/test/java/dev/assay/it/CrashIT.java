package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} at any moment: what was acknowledged is kept, what was started is ended. */
class CrashIT extends Scenario {

  private static final int LATEST_MILLIS = 1400;

  @BeforeEach
  void threeChecksAndAService() {
    workspace(
        """
        workspace: shop
        services:
          app:
            command: sh -c 'trap "" TERM; sleep 1000 & echo listening; wait'
            ready: { log: listening }
            grace: 100ms
        checks:
          first:
            suite: { command: sh suite.sh first, reports: ["reports/first.xml"] }
          second:
            suite: { command: sh suite.sh second, reports: ["reports/second.xml"] }
          third:
            suite: { command: sh suite.sh third, reports: ["reports/third.xml"] }
        stages: [ [first], [second], [third] ]
        """);
    write("suite.sh", "sleep 0.1\n" + COUNTING_SUITE);
  }

  /** The moments are drawn from the seed, over the whole of a run and its start. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingIsLostAndNothingIsLeftByACrash(long seed) {
    crash(new SplittableRandom(seed).nextInt(LATEST_MILLIS));
    List<Json> before = runs();

    if (seed % 2 == 0) {
      assay("mend").with(0);
      assertThat(processes()).as("after mend").isEmpty();
    }
    if (!before.isEmpty()) {
      assay("ledger", "verify").with(0).printing("sound");
    }
    boolean interrupted =
        before.stream().anyMatch(run -> run.asObject().findText("closed") == null);
    if (interrupted) {
      assay("ledger", "list").with(0).printing("interrupted");
    }
    Ended next = interrupted ? assay("run", "--resume") : assay("run");

    next.with(0).printing("SHIP");
    assertThat(processes()).as("after the next run").isEmpty();
    assay("ledger", "verify").with(0).printing("sound");
    assertThat(newestRun().text("decision")).isEqualTo("PASS");
    if (interrupted) {
      assertThat(runs()).hasSize(1);
    }
  }

  /** Lets a run begin and kills it so long after its start. */
  private void crash(int millis) {
    Running running = start("run");
    if (!running.endsWithin(Duration.ofMillis(millis))) {
      running.signal("KILL").ended();
    }
  }

  private List<Json> runs() {
    Ended list = assay("ledger", "list", "--json");
    return list.code() == 0 ? JsonReader.read(list.out()).asArray() : List.of();
  }

  @Test
  void whatWasLeftIsEndedByMendAndTheInterruptedRunGoesOn() {
    write("suite.sh", WAITING_SUITE);
    Running running = start("run");
    untilThereIs("first.waits");
    running.signal("KILL").ended().with(137);
    assertThat(processes()).as("a crash ends nobody").isNotEmpty();

    assay("mend").with(0).printing("ended sh");

    assertThat(processes()).isEmpty();
    assertThat(assay("mend").with(0).out()).isEqualTo("nothing to mend\n");
    assay("ledger", "list").with(0).printing("interrupted");
    write("go", "");
    assay("run", "--resume").with(0).printing("SHIP");
  }

  @Test
  void whatWasLeftIsEndedByTheNextRunAndTheInterruptedRunStaysSo() {
    write("suite.sh", WAITING_SUITE);
    Running running = start("run");
    untilThereIs("first.waits");
    running.signal("KILL").ended().with(137);
    assertThat(processes()).isNotEmpty();
    write("go", "");

    assay("run").with(0).saying("mended after an interrupted run: ended sh");

    assertThat(processes()).isEmpty();
    assertThat(runs()).hasSize(2);
    assertThat(runs().getLast().asObject().text("decision")).isEqualTo("NOT_RUN");
    assay("ledger", "list").with(0).printing("interrupted", "pass");
  }
}
