package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Measured;
import dev.assay.load.LoadFixture.Run;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import dev.assay.testkit.TestContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How users come. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadModelTest {

  private static ScriptedServer ok() {
    return ScriptedServer.start(request -> Reply.status(200, "x"));
  }

  private static LoadFixture model(String lines) {
    return new LoadFixture().model(lines).get("/");
  }

  @Test
  void aRampStepsASpikeAndPoissonArrivalsAreCountedExactly() throws Exception {
    try (ScriptedServer server = ok()) {
      model("rate: 1/s\nto: 399/s\nfor: 1s").run(server.uri()).accountsFor(200);
      model("rate: 100/s\nto: 300/s\nin steps: 3\nfor: 900 ms").run(server.uri()).accountsFor(180);
      model("rate: 50/s\nspike: { to: 500/s, after: 200 ms, lasting: 300 ms }\nfor: 1s")
          .run(server.uri())
          .accountsFor(185);
      model("rate: 200/s\narrivals: poisson\nfor: 1s").run(server.uri()).accountsFor(200);
    }
  }

  @Test
  void aRecordedTraceIsReplayed(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("trace.csv"),
        """
        time,what
        2026-01-31T12:00:00.100Z,a
        2026-01-31T12:00:00.600Z,b
        2026-01-31T12:00:00.000Z,c
        2026-01-31T12:00:05.000Z,d
        """);
    try (ScriptedServer server = ok()) {
      LoadFixture trace = model("trace: trace.csv\nfor: 1s");
      trace.run(new TestContext(folder, folder, server.uri())).accountsFor(3);
    }
  }

  @Test
  void aBrokenTraceIsRefusedWithItsLine(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("trace.txt"), "0.1\n0.2\nsoon\n");
    assertThatThrownBy(() ->
            model("trace: trace.txt")
                .run(new TestContext(folder, folder, URI.create("http://127.0.0.1:9"))))
        .hasMessageContaining("trace.txt:3:1")
        .hasMessageContaining("soon");
  }

  @Test
  void usersBeginAnewWhenTheyAreThrough() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(request -> Reply.status(200, "x").after(Duration.ofMillis(100)))) {
      Run run = model("users: 5\nfor: 1s").run(server.uri());
      assertThat(server.connections()).isEqualTo(5);
      // Five users, a tenth of a second each: fifty passes, fewer on a busy machine, never more.
      assertThat(run.sum("requests")).isBetween(20L, 55L);
      assertThat(run.summary("in flight")).isZero();
      assertThat(run.summary("completed")).isEqualTo(run.sum("requests"));
      assertThat(run.findings()).isEmpty();
    }
  }

  @Test
  void usersThinkBetweenPasses() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run = model("users: 4\nfor: 1s\nthink time: 200 ms..300 ms").run(server.uri());
      assertThat(run.sum("requests")).isBetween(8L, 20L);
      // Thinking is no latency.
      assertThat(run.histogram("latency").getValueAtPercentile(50)).isLessThan(150_000_000L);
    }
  }

  @Test
  void usersMakeAsManyPassesAsAsked() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run = model("users: 7\npasses: 100").cores(2).run(server.uri());
      assertThat(server.requests()).isEqualTo(100);
      assertThat(run.summary("completed")).isEqualTo(100);
    }
  }

  @Test
  void usersComeAndGoAlongARamp() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(request -> Reply.status(200, "x").after(Duration.ofMillis(20)))) {
      model("users: 0\nusers to: 10\nfor: 1s").run(server.uri());
      assertThat(server.connections()).isEqualTo(10);
    }
  }

  @Test
  void moreUsersThanConnectionsShareThem() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(request -> Reply.status(200, "x").after(Duration.ofMillis(2)))) {
      Run run = model("users: 20\nfor: 1s").connections(3).run(server.uri());
      assertThat(server.connections()).isEqualTo(3);
      assertThat(run.sum("errors")).isZero();
      assertThat(run.summary("completed")).isGreaterThan(20);
    }
  }

  @Test
  void aRefusedTargetDoesNotMakeUsersSpin() throws Exception {
    Run run =
        model("users: 3\nfor: 1s")
            .run(URI.create("http://127.0.0.1:" + ScriptedServer.refusedPort()));
    // Each user tries at most every tenth of a second.
    assertThat(run.errors("connect")).isBetween(3L, 33L);
  }

  @Test
  void phasesFollowEachOtherAndAreToldApart() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run =
          new LoadFixture()
              .model(
                  """
                  phases:
                    - { name: warm, rate: 50/s, for: 400 ms, warm up: true }
                    - { name: calm, rate: 100/s, for: 500 ms, scenario: browse }
                    - { name: crowd, users: 2, passes: 10, for: 500 ms, scenario: buy }
                    - { name: beside, rate: 40/s, for: 500 ms, scenario: buy, alongside: true }
                  scenarios:
                    browse: [ { get: /list } ]
                    buy: [ { get: /list }, { post: /orders, body: x } ]
                  """)
              .get("/warm")
              .run(server.uri());
      assertThat(server.requests()).isEqualTo(20 + 50 + 2 * (10 + 20));
      assertThat(run.summary("intended")).isEqualTo(50 + 10 + 20);
      assertThat(run.summary("completed")).isEqualTo(80);
      assertThat(run.summary("warm up")).isEqualTo(20);
      Set<String> told =
          run.sink().measurements("requests").stream()
              .filter(one -> ((Measured.Count) one.value()).value() > 0)
              .map(one -> one.labels().get("phase") + " " + one.labels().get("step"))
              .collect(Collectors.toSet());
      assertThat(told)
          .containsExactlyInAnyOrder(
              "calm GET /list",
              "crowd GET /list (2)",
              "crowd POST /orders",
              "beside GET /list (2)",
              "beside POST /orders");
    }
  }

  @Test
  void moreArrivalsThanUsersMayBeUnderWayAreDropped() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(request -> Reply.status(200, "x").after(Duration.ofSeconds(1)))) {
      Run run = new LoadFixture().rate(50).with("max users: 4").get("/").cores(1).run(server.uri());
      assertThat(run.summary("dropped")).isGreaterThan(30);
      run.accountsFor(50);
    }
  }

  @Test
  void aUnixSocketIsReached(@TempDir Path folder) throws Exception {
    try (UnixServer server = UnixServer.start(folder.resolve("s.sock"))) {
      Run run =
          new LoadFixture()
              .rate(50)
              .url("unix:s.sock")
              .get("/a")
              .run(new TestContext(folder, folder, null));
      assertThat(run.sum("errors")).isZero();
      assertThat(run.sum("requests")).isEqualTo(50);
      assertThat(server.requests()).isEqualTo(50);
      run.accountsFor(50);
    }
  }
}
