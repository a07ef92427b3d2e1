package dev.assay.chaos.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.chaos.toolkit.RunSettings.Dry;
import dev.assay.chaos.toolkit.RunSettings.Rollbacks;
import dev.assay.chaos.toolkit.RunSettings.Strategy;
import dev.assay.testkit.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases of chaostoolkit-lib's tests/test_run.py and test_experiment.py. */
class ToolkitRunTest {

  private static final String HELLO =
      """
      title: Hello world!
      description: Say hello world.
      steady-state-hypothesis:
        title: World needs politeness
        probes:
          - type: probe
            name: has-world
            tolerance: %d
            provider: { type: process, path: echo, arguments: hello }
      method:
        - type: action
          name: say-hello
          provider: { type: process, path: echo, arguments: world }
          pauses: { after: %s }
      """;

  private static final String SIMPLE = HELLO.formatted(0, "0.2");

  private static final String ROLLBACK =
      """
      rollbacks:
        - type: action
          name: back
          provider: { type: process, path: echo, arguments: [back] }
      """;

  @TempDir private Path folder;
  private ToolkitFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new ToolkitFixture(folder);
  }

  @Test
  void theSteadyStateIsLookedAtBeforeAndAfterTheMethod() {
    ToolkitJournal journal = fixture.run(SIMPLE);

    assertThat(journal.status()).isEqualTo("completed");
    assertThat(journal.deviated()).isFalse();
    assertThat(Hypothesis.met(journal.before().asObject())).isTrue();
    assertThat(Hypothesis.met(journal.after().asObject())).isTrue();
    assertThat(journal.during()).isEmpty();
    assertThat(journal.run()).hasSize(1);
    assertThat(journal.run().getFirst().asObject().object("output").text("stdout"))
        .isEqualTo("world\n");
  }

  @Test
  void aStrategyLeavesLooksOut() {
    ToolkitJournal before =
        fixture.with(Strategy.BEFORE_METHOD_ONLY, Duration.ofSeconds(1), false).run(SIMPLE);
    ToolkitJournal after =
        fixture.with(Strategy.AFTER_METHOD_ONLY, Duration.ofSeconds(1), false).run(SIMPLE);
    ToolkitJournal during =
        fixture.with(Strategy.DURING_METHOD_ONLY, Duration.ofMillis(20), false).run(SIMPLE);

    assertThat(before.after()).isEqualTo(Json.Null.VALUE);
    assertThat(before.before()).isNotEqualTo(Json.Null.VALUE);
    assertThat(after.before()).isEqualTo(Json.Null.VALUE);
    assertThat(after.after()).isNotEqualTo(Json.Null.VALUE);
    assertThat(during.before()).isEqualTo(Json.Null.VALUE);
    assertThat(during.after()).isEqualTo(Json.Null.VALUE);
    assertThat(during.during()).isNotEmpty();
  }

  @Test
  void theMethodIsNotRunWhereTheSteadyStateDoesNotHoldBefore() {
    ToolkitJournal journal = fixture.run(HELLO.formatted(1, "0.2") + ROLLBACK);

    assertThat(journal.status()).isEqualTo("failed");
    assertThat(journal.deviated()).isFalse();
    assertThat(journal.after()).isEqualTo(Json.Null.VALUE);
    assertThat(journal.run()).isEmpty();
    assertThat(journal.rollbacks()).isEmpty();
  }

  @Test
  void aFileThatTheMethodRemovesIsADeviationAndTheDefaultRunsNoRollbacks() throws IOException {
    Files.createFile(folder.resolve("there"));
    String experiment = removing("");

    ToolkitJournal journal = fixture.run(experiment + ROLLBACK);

    assertThat(journal.status()).isEqualTo("failed");
    assertThat(journal.deviated()).isTrue();
    assertThat(journal.rollbacks()).isEmpty();
  }

  @Test
  void rollbacksFollowTheirStrategy() throws IOException {
    for (Rollbacks strategy : List.of(Rollbacks.ALWAYS, Rollbacks.DEVIATED)) {
      Files.createFile(folder.resolve("there"));
      assertThat(fixture.with(strategy).run(removing("") + ROLLBACK).rollbacks()).hasSize(1);
    }
    assertThat(fixture.with(Rollbacks.DEVIATED).run(SIMPLE + ROLLBACK).rollbacks()).isEmpty();
    assertThat(fixture.with(Rollbacks.NEVER).run(SIMPLE + ROLLBACK).rollbacks()).isEmpty();
    assertThat(fixture.with(Rollbacks.DEFAULT).run(SIMPLE + ROLLBACK).rollbacks()).hasSize(1);
    assertThat(fixture.with(Rollbacks.ALWAYS).run(HELLO.formatted(1, "0") + ROLLBACK).rollbacks())
        .hasSize(1);
  }

  private static String removing(String pauses) {
    return """
    title: a
    description: b
    steady-state-hypothesis:
      title: it is there
      probes:
        - { type: probe, name: there, tolerance: true, provider: { type: python, module: os.path, func: exists, arguments: { path: there } } }
    method:
      - { type: action, name: remove, provider: { type: process, path: rm, arguments: [there] }%s }
      - { type: action, name: second, provider: { type: process, path: echo } }
    """
        .formatted(pauses);
  }

  @Test
  void aLookThatFailsEndsTheMethodAtOnceOnlyIfAskedTo() throws IOException {
    Files.createFile(folder.resolve("there"));
    ToolkitJournal fast =
        fixture
            .with(Strategy.CONTINUOUSLY, Duration.ofMillis(20), true)
            .with(Rollbacks.ALWAYS)
            .run(removing(", pauses: { after: 3 }") + ROLLBACK);
    Files.createFile(folder.resolve("there"));
    ToolkitJournal slow =
        fixture
            .with(Strategy.CONTINUOUSLY, Duration.ofMillis(20), false)
            .run(removing(", pauses: { after: 0.5 }"));

    assertThat(fast.status()).isEqualTo("failed");
    assertThat(fast.deviated()).isTrue();
    assertThat(fast.run()).hasSize(1);
    assertThat(fast.rollbacks()).hasSize(1);
    assertThat(slow.status()).isEqualTo("failed");
    assertThat(slow.run()).hasSize(2);
    assertThat(slow.during()).hasSizeGreaterThan(1);
  }

  @Test
  void aProcessOfTheMethodThatEndsWithAnErrorHasSucceeded() {
    ToolkitJournal journal =
        fixture.run(
            """
            title: a
            description: b
            method:
              - { type: action, name: fails, provider: { type: process, path: "false" } }
            """);

    Json.Obj run = journal.run().getFirst().asObject();
    assertThat(journal.status()).isEqualTo("completed");
    assertThat(run.text("status")).isEqualTo("succeeded");
    assertThat(run.object("output").whole("status")).isEqualTo(1);
  }

  @Test
  void aProcessThatTakesTooLongHasFailedAndTheExperimentGoesOn() {
    ToolkitJournal journal =
        fixture.run(
            """
            title: a
            description: b
            method:
              - { type: action, name: long, provider: { type: process, path: sleep, arguments: ["60"], timeout: 0.2 } }
              - { type: action, name: next, provider: { type: process, path: echo, arguments: { "-n": null, one: 1 } } }
            """);

    assertThat(journal.status()).isEqualTo("completed");
    assertThat(journal.run().getFirst().asObject().text("status")).isEqualTo("failed");
    assertThat(journal.run().getLast().asObject().object("output").text("stdout"))
        .isEqualTo("one 1");
  }

  @Test
  void aStatusOnlyMattersToATolerance() {
    try (ScriptedServer server = server(404)) {
      String url = server.uri().resolve("/x").toString();
      ToolkitJournal method =
          fixture.run(
              "{title: a, description: b, method: [{type: probe, name: p, provider: {type: http, url: '"
                  + url
                  + "'}}]}");
      ToolkitJournal gate =
          fixture.run(
              "{title: a, description: b, method: [], steady-state-hypothesis: {title: c, probes:"
                  + " [{type: probe, name: p, tolerance: [200, 500], provider: {type: http, url: '"
                  + url
                  + "'}}]}}");

      assertThat(method.status()).isEqualTo("completed");
      assertThat(method.run().getFirst().asObject().object("output").whole("status"))
          .isEqualTo(404);
      assertThat(gate.status()).isEqualTo("failed");
    }
  }

  private static ScriptedServer server(int status) {
    return ScriptedServer.start(request -> ScriptedServer.Reply.status(status, "said"));
  }

  @Test
  void nobodyThatAnswersIsAFailedActivity() {
    ToolkitJournal journal =
        fixture.run(
            "{title: a, description: b, method: [{type: probe, name: p, provider: {type: http, url:"
                + " 'http://127.0.0.1:"
                + ScriptedServer.refusedPort()
                + "/', timeout: 3}}]}");

    assertThat(journal.status()).isEqualTo("completed");
    assertThat(journal.run().getFirst().asObject().text("status")).isEqualTo("failed");
    assertThat(journal.run().getFirst().asObject().array("exception").toString())
        .contains("failed to connect");
  }

  @Test
  void whatEndsPythonWithAStackTraceAborts() {
    ToolkitJournal journal =
        fixture.run(
            """
            title: a
            description: b
            method:
              - { type: probe, name: p, provider: { type: http, url: "no scheme" } }
            """
                + ROLLBACK);

    assertThat(journal.status()).isEqualTo("aborted");
    assertThat(journal.run()).isEmpty();
    assertThat(journal.rollbacks()).as("the default strategy rolls back").hasSize(1);
  }

  @Test
  void anActivityCanReferToAnother() {
    ToolkitJournal journal =
        fixture.run(SIMPLE + "  - ref: say-hello\n".indent(0) + "rollbacks:\n  - ref: has-world\n");

    assertThat(journal.status()).isEqualTo("completed");
    assertThat(journal.run()).hasSize(2);
    assertThat(journal.run().getLast().asObject().object("activity").text("name"))
        .isEqualTo("say-hello");
    assertThat(journal.rollbacks()).hasSize(1);
  }

  @Test
  void anActivityInTheBackgroundRunsBesideTheNextAndStandsInItsPlace() {
    ToolkitJournal journal =
        fixture.run(
            """
            title: a
            description: b
            method:
              - { type: action, name: slow, background: true, provider: { type: process, path: sh, arguments: [-c, "while [ ! -e go ]; do sleep 0.05; done"], timeout: 20 } }
              - { type: action, name: quick, provider: { type: process, path: touch, arguments: [go] } }
            """);

    assertThat(journal.run().stream().map(one -> one.asObject().object("activity").text("name")))
        .containsExactly("slow", "quick");
    assertThat(journal.run().getFirst().asObject().text("status")).isEqualTo("succeeded");
  }

  @Test
  void aDryRunRunsNothingAndDoesNotPause() {
    String experiment = HELLO.formatted(1, "600");

    ToolkitJournal activities = fixture.with(Dry.ACTIVITIES).run(experiment);
    ToolkitJournal actions = fixture.with(Dry.ACTIONS).run(HELLO.formatted(0, "600"));
    ToolkitJournal pause = fixture.with(Dry.PAUSE).run(HELLO.formatted(0, "600"));

    assertThat(activities.status()).isEqualTo("completed");
    assertThat(activities.run().getFirst().asObject().find("output")).isNull();
    assertThat(actions.run().getFirst().asObject().find("output")).isNull();
    assertThat(actions.before().asObject().array("probes").getFirst().asObject().find("output"))
        .isNotNull();
    assertThat(pause.run().getFirst().asObject().object("output").text("stdout"))
        .isEqualTo("world\n");
  }

  @Test
  void configurationComesFromTheEnvironmentAProbeOrTheCommandLine() {
    ToolkitJournal journal =
        fixture
            .variable("PROJECT_NAME", "Cats in space")
            .with(Map.of("given", Json.of("from outside")))
            .run(
                """
                title: "${project}: do cats live in the Internet?"
                description: b
                configuration:
                  project: { type: env, key: PROJECT_NAME }
                  wait: { type: env, key: WAIT, default: "0.01", env_var_type: float }
                  given: inside
                  looked:
                    type: probe
                    name: look
                    provider: { type: process, path: echo, arguments: [ found ] }
                secrets:
                  group: { token: { type: env, key: PROJECT_NAME } }
                method:
                  - type: action
                    name: say
                    pauses: { before: "${wait}" }
                    provider: { type: process, path: echo, arguments: [ "${given}", "${looked}", "$token" ] }
                """);

    assertThat(journal.json(text -> text).object("experiment").text("title"))
        .isEqualTo("Cats in space: do cats live in the Internet?");
    assertThat(journal.run().getFirst().asObject().object("output").text("stdout"))
        .isEqualTo("from outside found Cats in space\n");
  }

  @Test
  void anInterruptedExperimentSaysSoAndTheDefaultRunsNoRollbacks() {
    String experiment =
        """
        title: a
        description: b
        method:
          - { type: action, name: stop, provider: { type: python, module: chaoslib.exit, func: %s } }
          - { type: action, name: never, provider: { type: process, path: echo } }
        """;

    ToolkitJournal graceful = fixture.run(experiment.formatted("exit_gracefully") + ROLLBACK);
    fixture.with(Rollbacks.ALWAYS);
    ToolkitJournal always = fixture.run(experiment.formatted("exit_gracefully") + ROLLBACK);
    ToolkitJournal ungraceful = fixture.run(experiment.formatted("exit_ungracefully") + ROLLBACK);

    assertThat(graceful.status()).isEqualTo("interrupted");
    assertThat(graceful.run()).isEmpty();
    assertThat(graceful.rollbacks()).isEmpty();
    assertThat(always.status()).isEqualTo("interrupted");
    assertThat(always.rollbacks()).hasSize(1);
    assertThat(ungraceful.rollbacks()).isEmpty();
  }

  @Test
  void aStopFromOutsideEndsWhatRunsAndStillRollsBackWhereThatWasAsked() {
    fixture.with(Rollbacks.ALWAYS);
    Thread stopper =
        Thread.ofVirtual()
            .start(() -> {
              while (!Files.exists(folder.resolve("begun"))) {
                Thread.onSpinWait();
              }
              fixture.context().cancel();
            });
    ToolkitJournal journal =
        fixture.run(
            """
            title: a
            description: b
            method:
              - { type: action, name: long, provider: { type: process, path: sh, arguments: [-c, "touch begun; sleep 600"] } }
            """
                + ROLLBACK);

    assertThat(stopper.isInterrupted()).isFalse();
    assertThat(journal.status()).isEqualTo("interrupted");
    assertThat(journal.rollbacks()).hasSize(1);
  }

  @Test
  void theJournalHasTheShapeOfTheToolkits() {
    Json.Obj journal = fixture.run(SIMPLE).json(text -> text.replace("world", "***"));

    assertThat(journal.members().keySet())
        .containsExactly(
            "chaoslib-version",
            "platform",
            "node",
            "experiment",
            "start",
            "status",
            "deviated",
            "steady_states",
            "run",
            "rollbacks",
            "end",
            "duration");
    assertThat(journal.object("steady_states").members().keySet())
        .containsExactly("before", "after", "during");
    Json.Obj run = journal.array("run").getFirst().asObject();
    assertThat(run.members().keySet())
        .containsExactly("activity", "output", "status", "start", "end", "duration");
    assertThat(run.text("start")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
    assertThat(run.object("output").text("stdout")).as("secrets are masked").isEqualTo("***\n");
    assertThat(
            journal
                .object("steady_states")
                .object("before")
                .array("probes")
                .getFirst()
                .asObject()
                .members())
        .containsEntry("tolerance_met", Json.of(true));
  }
}
