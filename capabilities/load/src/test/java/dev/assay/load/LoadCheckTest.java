package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.Clock;
import dev.assay.load.LoadFixture.Run;
import dev.assay.load.engine.LoadEngine;
import dev.assay.load.engine.SocketKind;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import dev.assay.testkit.ScriptedServer.Then;
import dev.assay.testkit.TestContext;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadCheckTest {

  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  private static ScriptedServer answering(Reply reply) {
    return ScriptedServer.start(request -> reply);
  }

  private static ScriptedServer ok() {
    return answering(Reply.status(200, "hello"));
  }

  private static LoadFixture load() {
    return new LoadFixture();
  }

  @ParameterizedTest
  @EnumSource(SocketKind.class)
  void sendsExactlyRateTimesDurationOnEveryKindOfSocket(SocketKind sockets) throws Exception {
    assumeTrue(sockets.missing() == null, () -> sockets + ": " + sockets.missing());
    try (ScriptedServer server = ok()) {
      Run run = load().rate(333).lasting(TWO_SECONDS).sockets(sockets).get("/").run(server.uri());

      assertThat(server.requests()).isEqualTo(666);
      assertThat(run.sum("requests")).isEqualTo(666);
      assertThat(run.sum("errors")).isZero();
      assertThat(run.summary("completed")).isEqualTo(666);
      assertThat(run.summary("sent")).isEqualTo(666);
      run.accountsFor(666);
    }
  }

  @Test
  void sharesOneScheduleOutOverSeveralLoops() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run =
          load()
              .rate(11_000)
              .lasting(Duration.ofMillis(300))
              .cores(2)
              .connections(33)
              .get("/")
              .run(server.uri());

      assertThat(server.requests()).isEqualTo(3300);
      assertThat(server.connections()).isLessThanOrEqualTo(33);
      assertThat(run.histogram("lateness").getTotalCount()).isEqualTo(3300);
      run.accountsFor(3300);
    }
  }

  @Test
  void everyDistributionDecodesAndSumsToTheRequests() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run = load().rate(400).lasting(TWO_SECONDS).get("/").run(server.uri());

      assertThat(run.histogram("latency").getTotalCount()).isEqualTo(800);
      assertThat(run.histogram("service.time").getTotalCount()).isEqualTo(800);
      assertThat(run.histogram("lateness").getTotalCount()).isEqualTo(800);
      assertThat(run.histogram("connect.time").getTotalCount()).isEqualTo(server.connections());
      assertThat(run.errorsTotal()).isEqualTo(800);
      assertThat(run.sum("bytes.received")).isEqualTo(800L * (37 + 5));
      assertThat(run.sum("bytes.sent")).isPositive().matches(sum -> sum % 800 == 0);
    }
  }

  @Test
  void intervalsAreWholeSecondsWithoutAGap() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run = load().rate(100).lasting(Duration.ofSeconds(3)).get("/").run(server.uri());

      List<Measurement> requests = run.sink().measurements("requests");
      for (int i = 1; i < requests.size(); i++) {
        assertThat(requests.get(i).from()).isEqualTo(requests.get(i - 1).to());
      }
      assertThat(requests)
          .allSatisfy(m ->
              assertThat(Duration.between(m.from(), m.to()).toNanos() % 1_000_000_000L).isZero());
      assertThat(run.sink().measurements("throughput")).hasSizeLessThanOrEqualTo(3);
      assertThat(run.context().progress()).isNotEmpty().first().asString().contains("/s  p50 ");
    }
  }

  @Test
  void aStalledServerIsSeenInTheTail() throws Exception {
    long stall = 1_000_000_000L;
    ScriptedServer[] self = new ScriptedServer[1];
    try (ScriptedServer server =
        ScriptedServer.start(request -> {
          if (request.number() == 300) {
            self[0].stall(Duration.ofNanos(stall));
          }
          return Reply.status(200, "");
        })) {
      self[0] = server;
      Run run =
          load().rate(300).lasting(Duration.ofSeconds(4)).connections(8).get("/").run(server.uri());

      Histogram latency = run.histogram("latency");
      Histogram service = run.histogram("service.time");
      long half = stall / 2;
      assertThat(latency.getMaxValue()).isGreaterThan(stall * 9 / 10);
      // Half of a second's arrivals came in the first half of the stall and waited for the rest.
      assertThat(above(latency, half)).isGreaterThan(120);
      // What was already sent when it began saw it: one request for each connection.
      assertThat(above(service, half)).isBetween(1L, 16L);
      run.accountsFor(1200);
    }
  }

  private static long above(Histogram histogram, long nanos) {
    return histogram.getTotalCount() - histogram.getCountBetweenValues(0, nanos);
  }

  @Test
  void warmUpIsSentAndNotMeasured() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run =
          load()
              .rate(200)
              .warmUp(Duration.ofMillis(500))
              .lasting(Duration.ofSeconds(1))
              .get("/")
              .run(server.uri());

      assertThat(server.requests()).isEqualTo(300);
      assertThat(run.sum("requests")).isEqualTo(200);
      assertThat(run.summary("warm up")).isEqualTo(100);
      run.accountsFor(200);
    }
  }

  @Test
  void aRefusedConnectionIsAnErrorAndNoLatency() throws Exception {
    Run run =
        load()
            .rate(200)
            .lasting(Duration.ofSeconds(1))
            .url("http://127.0.0.1:" + ScriptedServer.refusedPort())
            .get("/")
            .run((java.net.URI) null);

    assertThat(run.errors("connect")).isEqualTo(200);
    assertThat(run.sum("latency")).isZero();
    assertThat(run.sum("error.latency")).isEqualTo(200);
    assertThat(run.events("load.error").getFirst().message()).contains("refused");
    run.accountsFor(200);
  }

  @Test
  void aResetIsAnErrorOfItsKind() throws Exception {
    try (ScriptedServer server = answering(Reply.of("HTTP/1.1 200 OK\r\n").then(Then.RESET))) {
      Run run = load().rate(50).get("/").run(server.uri());
      assertThat(run.errors("reset")).isEqualTo(50);
      run.accountsFor(50);
    }
  }

  @Test
  void garbageIsAnErrorOfTheProtocol() throws Exception {
    try (ScriptedServer server = answering(Reply.of("220 mail.example ESMTP\r\n"))) {
      Run run = load().rate(50).get("/").run(server.uri());
      assertThat(run.errors("protocol")).isEqualTo(50);
      assertThat(run.sum("latency")).isZero();
      run.accountsFor(50);
    }
  }

  @Test
  void aHeaderWithoutEndIsGivenUp() throws Exception {
    String bomb = "X: " + "a".repeat(8192) + "\r\n";
    String[] pieces = new String[12];
    java.util.Arrays.fill(pieces, bomb);
    pieces[0] = "HTTP/1.1 200 OK\r\n";
    try (ScriptedServer server = answering(Reply.of(pieces))) {
      Run run = load().rate(20).get("/").run(server.uri());
      assertThat(run.errors("protocol")).isEqualTo(20);
      run.accountsFor(20);
    }
  }

  @Test
  void aCloseInTheMiddleOfABodyIsAnErrorOfItsKind() throws Exception {
    Reply half = Reply.of("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf").then(Then.CLOSE);
    try (ScriptedServer server = answering(half)) {
      Run run = load().rate(50).get("/").run(server.uri());
      assertThat(run.errors("closed")).isEqualTo(50);
      run.accountsFor(50);
    }
  }

  @Test
  void aTimeOutIsAnErrorAndCountsAsTheLatencyItHad() throws Exception {
    try (ScriptedServer server = answering(Reply.of().then(Then.SILENCE))) {
      Run run =
          load()
              .rate(20)
              .connections(64)
              .timeout(Duration.ofMillis(300))
              .get("/")
              .run(server.uri());

      assertThat(run.errors("timeout")).isEqualTo(20);
      assertThat(run.histogram("latency").getTotalCount()).isEqualTo(20);
      assertThat(run.histogram("latency").getMaxValue()).isGreaterThan(290_000_000L);
      run.accountsFor(20);
    }
  }

  @Test
  void anUnexpectedStatusIsAnErrorThatKeepsItsLatency() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(request -> Reply.status(request.number() % 2 == 0 ? 201 : 200, ""))) {
      Run run = load().rate(100).get("/", "201").run(server.uri());

      assertThat(run.errors("status")).isEqualTo(50);
      assertThat(run.sum("latency")).isEqualTo(100);
      assertThat(run.events("load.error").getFirst().message()).isEqualTo("status: status 200");
      assertThat(server.connections()).isLessThanOrEqualTo(16);
      run.accountsFor(100);
    }
  }

  @Test
  void arrivalsBeyondConnectionsAndQueueAreDroppedAndCountAsErrors() throws Exception {
    try (ScriptedServer server = answering(Reply.status(200, "").after(Duration.ofMillis(200)))) {
      Run run = load().rate(200).connections(2).maxWaiting(3).get("/").run(server.uri());

      assertThat(run.sum("dropped")).isPositive().isEqualTo(run.summary("dropped"));
      assertThat(run.errors("dropped")).isEqualTo(run.sum("dropped"));
      assertThat(run.sum("errors")).isEqualTo(run.sum("dropped"));
      assertThat(run.sum("requests") + run.sum("dropped")).isEqualTo(200);
      assertThat(run.errorsTotal()).isEqualTo(200);
      assertThat(server.connections()).isLessThanOrEqualTo(2);
      run.accountsFor(200);
    }
  }

  @Test
  void withoutAQueueConnectionsAreStillOpenedOnDemand() throws Exception {
    try (ScriptedServer server = answering(Reply.status(200, "").after(Duration.ofMillis(100)))) {
      Run run = load().rate(100).connections(3).maxWaiting(0).get("/").run(server.uri());

      assertThat(run.sum("requests")).isPositive();
      assertThat(run.sum("requests") + run.sum("dropped")).isEqualTo(100);
      assertThat(server.connections()).isEqualTo(3);
      run.accountsFor(100);
    }
  }

  @Test
  void aBodyOfTenGigabytesIsNeitherKeptNorWaitedForLongerThanTheTimeOut() throws Exception {
    String[] pieces = new String[100];
    java.util.Arrays.fill(pieces, "x".repeat(100_000));
    pieces[0] = "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n";
    try (ScriptedServer server = answering(Reply.of(pieces).then(Then.SILENCE))) {
      Run run = load().rate(10).timeout(Duration.ofSeconds(1)).get("/").run(server.uri());
      assertThat(run.errors("timeout")).isEqualTo(10);
      run.accountsFor(10);
    }
  }

  @Test
  void aGeneratorThatWasLateSaysThatItsMeasurementIsInvalid() throws Exception {
    try (ScriptedServer server = ok()) {
      TestContext plain = new TestContext(Path.of("."), Path.of("."), server.uri());
      RecordingSink sink = new RecordingSink("check");
      // A clock that leaps while requests go out is what a loop sees that was not given the CPU.
      Clock real = plain.clock();
      Clock leaping =
          new Clock() {
            @Override
            public Instant now() {
              return real.now();
            }

            @Override
            public long nanos() {
              return real.nanos() + (server.requests() >= 50 ? 400_000_000L : 0);
            }
          };
      CheckContext context =
          (CheckContext)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {CheckContext.class},
                  (proxy, method, arguments) ->
                      method.getName().equals("clock") ? leaping : method.invoke(plain, arguments));
      new LoadCheckType().prepare(load().rate(200).get("/").configuration()).run(context, sink);

      Finding finding = sink.of(Finding.class).getFirst();
      assertThat(finding.rule()).isEqualTo("load.generator-late");
      assertThat(finding.severity()).isEqualTo(Finding.Severity.INVALID);
      assertThat(finding.message()).startsWith("invalid generator: it took up 200 of 200 arrivals");
      assertThat(Long.parseLong(finding.labels().get("later than 50 ms"))).isBetween(50L, 100L);
      assertThat(server.requests()).isEqualTo(200);
    }
  }

  @Test
  void whatStillWaitsWhenTheTimeAfterTheEndIsOverIsDropped() throws Exception {
    try (ScriptedServer server = answering(Reply.of().then(Then.SILENCE))) {
      Run run =
          load()
              .rate(100)
              .connections(1)
              .timeout(Duration.ofMillis(400))
              .get("/")
              .run(server.uri());

      assertThat(run.errors("timeout")).isBetween(1L, 5L);
      assertThat(run.errors("dropped")).isEqualTo(100 - run.errors("timeout"));
      run.accountsFor(100);
    }
  }

  @Test
  void connectionsAreKeptAndNeverMoreThanAllowed() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run = load().rate(1000).connections(4).get("/").run(server.uri());
      assertThat(server.connections()).isLessThanOrEqualTo(4);
      assertThat(run.sum("errors")).isZero();
    }
  }

  @Test
  void connectionCloseIsRespected() throws Exception {
    Reply last =
        Reply.of("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            .then(Then.CLOSE);
    try (ScriptedServer server = answering(last)) {
      Run run = load().rate(100).get("/").run(server.uri());
      assertThat(run.sum("errors")).isZero();
      assertThat(server.connections()).isEqualTo(100);
      run.accountsFor(100);
    }
  }

  @Test
  void aRequestThatEndsItsConnectionIsTheLastOnItWhateverTheServerSays() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run = load().rate(100).header("Connection", "close").get("/").run(server.uri());
      assertThat(run.sum("errors")).isZero();
      assertThat(server.connections()).isEqualTo(100);
      run.accountsFor(100);
    }
  }

  @Test
  void aBodyThatEndsWithTheConnectionIsAResponse() throws Exception {
    try (ScriptedServer server =
        answering(Reply.of("HTTP/1.1 200 OK\r\n\r\n", "some ", "text").then(Then.CLOSE))) {
      Run run = load().rate(50).get("/").run(server.uri());
      assertThat(run.sum("errors")).isZero();
      run.accountsFor(50);
    }
  }

  @Test
  void everyWayToFrameABodyKeepsTheConnection() throws Exception {
    List<Reply> ways =
        List.of(
            Reply.of(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r",
                "\nhel",
                "lo\r\n0\r\nX-Sum: 1",
                "\r\n\r\n"),
            Reply.of("HTTP/1.1 204 No Content\r\n\r\n"),
            Reply.of("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n"),
            Reply.of(
                "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"),
            Reply.status(200, "y".repeat(200_000)));
    try (ScriptedServer server =
        ScriptedServer.start(request -> ways.get(request.number() % ways.size()))) {
      Run run = load().rate(100).connections(1).get("/").run(server.uri());
      assertThat(run.sum("errors")).isZero();
      assertThat(server.connections()).isEqualTo(1);
      run.accountsFor(100);
    }
  }

  @Test
  void theAnswerToHeadHasNoBody() throws Exception {
    try (ScriptedServer server =
        answering(Reply.of("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n"))) {
      Run run = load().rate(50).connections(1).step("head: /").run(server.uri());
      assertThat(run.sum("errors")).isZero();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void bytesThatNobodyAskedForNeverAnswerTheNextRequest() throws Exception {
    try (ScriptedServer server =
        answering(Reply.of("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nextra"))) {
      Run run = load().rate(50).get("/").run(server.uri());
      assertThat(run.sum("errors")).isZero();
      assertThat(server.connections()).isEqualTo(50);
    }
  }

  @Test
  void stepsRunInOrderOnOneConnectionAndAFailedOneEndsTheFlow() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            request -> Reply.status(request.head().startsWith("GET /second") ? 500 : 200, "x"))) {
      Run run = load().rate(50).get("/first").get("/second").get("/third").run(server.uri());

      assertThat(run.requestsOf("GET /first")).isEqualTo(50);
      assertThat(run.requestsOf("GET /second")).isEqualTo(50);
      assertThat(run.requestsOf("GET /third")).isZero();
      assertThat(run.summary("failed")).isEqualTo(50);
      run.accountsFor(50);
    }
  }

  @Test
  void aFlowGoesOnAfterTheServerClosedItsConnection() throws Exception {
    Reply last =
        Reply.of("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            .then(Then.CLOSE);
    try (ScriptedServer server = answering(last)) {
      Run run = load().rate(50).connections(4).get("/a").get("/b").run(server.uri());
      assertThat(run.sum("errors")).isZero();
      assertThat(server.connections()).isEqualTo(100);
      assertThat(run.summary("completed")).isEqualTo(50);
    }
  }

  @Test
  void aFlowThatCannotGoOnFailsAndIsAccountedFor() throws Exception {
    ScriptedServer[] self = new ScriptedServer[1];
    ScriptedServer server =
        ScriptedServer.start(request -> {
          if (request.number() == 20) {
            Thread.ofVirtual().start(() -> self[0].close());
          }
          return Reply.of("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
              .then(Then.CLOSE);
        });
    self[0] = server;
    try (server) {
      Run run = load().rate(50).get("/a").get("/b").run(server.uri());
      assertThat(run.summary("failed")).isPositive();
      run.accountsFor(50);
    }
  }

  @Test
  void cancellationStopsAtOnceAndLeavesNoThread() throws Exception {
    try (ScriptedServer server = answering(Reply.of().then(Then.SILENCE))) {
      TestContext context = new TestContext(Path.of("."), Path.of("."), server.uri());
      RecordingSink sink = new RecordingSink("check");
      Thread canceller =
          Thread.ofVirtual()
              .start(() -> {
                while (server.requests() < 10) {
                  Thread.onSpinWait();
                }
                context.cancel();
              });
      assertThatThrownBy(
              () -> load().rate(50).lasting(Duration.ofHours(1)).get("/").run(context, sink))
          .isInstanceOf(CancelledException.class);
      canceller.join();

      Event summary =
          sink.of(Event.class).stream()
              .filter(e -> e.kind().equals("load.summary"))
              .findFirst()
              .orElseThrow();
      assertThat(summary.message()).contains("abandoned when it was stopped");
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(t -> t.isAlive() && t.getName().startsWith(LoadEngine.THREADS));
    }
  }

  @Test
  void theSameCheckSendsTheSameBytesAgain() throws Exception {
    List<String> heads = new java.util.concurrent.CopyOnWriteArrayList<>();
    try (ScriptedServer server =
        ScriptedServer.start(request -> {
          heads.add(request.head());
          return Reply.status(200, "");
        })) {
      LoadFixture fixture =
          load().rate(20).header("X-Team", "shop").header("accept", "text/html").get("/ä?q=1");
      fixture.run(server.uri());
      fixture.run(server.uri());
    }
    assertThat(heads).hasSize(40);
    assertThat(java.util.Set.copyOf(heads)).hasSize(1);
    assertThat(heads.getFirst())
        .startsWith("GET /%C3%A4?q=1 HTTP/1.1\r\nHost: 127.0.0.1:")
        .contains("X-Team: shop\r\n")
        .contains("accept: text/html\r\n")
        .doesNotContain("*/*");
  }
}
