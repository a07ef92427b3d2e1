package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.load.LoadFixture.Run;
import dev.assay.load.engine.SocketKind;
import dev.assay.load.http2.Http2Server;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import dev.assay.testkit.ScriptedServer.Then;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadHttp2Test {

  private static LoadFixture load() {
    return new LoadFixture().with("protocol: h2");
  }

  @ParameterizedTest
  @EnumSource(SocketKind.class)
  void sendsExactlyRateTimesDurationOverOneConnection(SocketKind sockets) throws Exception {
    try (Http2Server server = Http2Server.start()) {
      Run run = load().rate(500).connections(1).sockets(sockets).get("/").run(server.uri());

      assertThat(server.requests()).isEqualTo(500);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(run.sum("requests")).isEqualTo(500);
      assertThat(run.sum("errors")).isZero();
      assertThat(run.histogram("latency").getTotalCount()).isEqualTo(500);
      assertThat(run.histogram("service.time").getTotalCount()).isEqualTo(500);
      assertThat(run.histogram("connect.time").getTotalCount()).isEqualTo(1);
      assertThat(run.sum("bytes.sent")).isPositive();
      assertThat(run.sum("bytes.received")).isPositive();
      run.accountsFor(500);
    }
  }

  @Test
  void severalLoopsShareTheConnectionsOut() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      Run run =
          load()
              .rate(11_000)
              .lasting(Duration.ofMillis(200))
              .connections(3)
              .cores(2)
              .get("/")
              .run(server.uri());

      assertThat(server.requests()).isEqualTo(2200);
      assertThat(server.connections()).isBetween(2, 3);
      run.accountsFor(2200);
    }
  }

  @Test
  void aServerThatAllowsFewStreamsIsNeverAskedForMore() throws Exception {
    try (Http2Server server = Http2Server.start(null, 2)) {
      Run run =
          load()
              .model("users: 20\nfor: 1s")
              .connections(2)
              .with("streams: 50")
              .get("/")
              .run(server.uri());

      assertThat(run.sum("errors")).isZero();
      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.mostAtOnce()).isEqualTo(2);
      assertThat(run.summary("completed")).isGreaterThan(20);
    }
  }

  @Test
  void atMostStreamsRequestsAreUnderWayOnAConnection() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      Run run =
          load()
              .rate(40)
              .connections(1)
              .timeout(Duration.ofMillis(300))
              .with("streams: 3")
              .get("/silence")
              .run(server.uri());

      assertThat(server.mostAtOnce()).isLessThanOrEqualTo(3);
      assertThat(run.errors("timeout")).isPositive();
      run.accountsFor(40);
    }
  }

  @Test
  void aStalledServerIsSeenInTheTail() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      server.stallAt(300, Duration.ofMillis(800));
      Run run =
          load()
              .rate(300)
              .lasting(Duration.ofSeconds(3))
              .connections(1)
              .with("streams: 10")
              .get("/")
              .run(server.uri());

      Histogram latency = run.histogram("latency");
      assertThat(latency.getMaxValue()).isGreaterThan(790_000_000L);
      // Of the 240 arrivals that were due in the stall each waited for the rest of it.
      long late = latency.getCountBetweenValues(100_000_000L, Long.MAX_VALUE / 2);
      assertThat(late).isGreaterThan(180);
      run.accountsFor(900);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/refuse", "/reset"})
  void aResetFailsOnlyItsOwnRequest(String path) throws Exception {
    try (Http2Server server = Http2Server.start()) {
      Run run =
          load()
              .rate(100)
              .connections(1)
              .step(
                  """
                  choose:
                    - { weight: 1, do: [ { get: /, name: good } ] }
                    - { weight: 1, do: [ { get: %s, name: bad } ] }
                  """
                      .formatted(path))
              .run(server.uri());

      assertThat(server.connections()).isEqualTo(1);
      assertThat(run.errors("reset")).isEqualTo(run.requestsOf("bad")).isPositive();
      assertThat(run.requestsOf("good") + run.requestsOf("bad")).isEqualTo(100);
      assertThat(run.sum("errors")).isEqualTo(run.errors("reset"));
      assertThat(run.events("load.error").getFirst().message())
          .contains(path.equals("/refuse") ? "REFUSED_STREAM" : "INTERNAL_ERROR");
      run.accountsFor(100);
    }
  }

  @Test
  void aRequestThatTimesOutLeavesItsConnectionToTheOthers() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      Run run =
          load()
              .rate(60)
              .connections(1)
              .with("streams: 40")
              .timeout(Duration.ofMillis(200))
              .step(
                  """
                  choose:
                    - { weight: 1, do: [ { get: /, name: good } ] }
                    - { weight: 1, do: [ { get: /silence, name: bad } ] }
                  """)
              .run(server.uri());

      assertThat(server.connections()).isEqualTo(1);
      assertThat(run.errors("timeout")).isEqualTo(run.requestsOf("bad")).isPositive();
      assertThat(run.sum("errors")).isEqualTo(run.errors("timeout"));
      assertThat(server.cancelled()).isEqualTo(run.errors("timeout"));
      run.accountsFor(60);
    }
  }

  @Test
  void aServerThatGoesAwayPolitelyCostsNoRequest() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      server.goAwayAfter(50);
      Run run = load().rate(400).connections(2).get("/").run(server.uri());

      assertThat(run.sum("errors")).isZero();
      assertThat(server.connections()).isGreaterThan(3);
      run.accountsFor(400);
    }
  }

  @Test
  void aConnectionThatBreaksFailsWhatIsOnIt() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      Run run = load().rate(100).connections(1).get("/close").run(server.uri());

      assertThat(run.errors("closed") + run.errors("reset")).isEqualTo(100);
      run.accountsFor(100);
    }
  }

  @Test
  void anUnacceptedStatusIsAnErrorAndEndsTheFlow() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      Run run = load().rate(50).get("/status/503").get("/never").run(server.uri());

      assertThat(run.errors("status")).isEqualTo(50);
      assertThat(run.requestsOf("GET /never")).isZero();
      run.accountsFor(50);
    }
  }

  @Test
  void valuesOfTheResponseAreExpectedSavedAndSentAgain() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      Run run =
          load()
              .rate(50)
              .header("X-Check", "yes")
              .step(
                  """
                  post: /echo
                  json: { id: a-7, more: [ 1, 2 ] }
                  expect: { status: 200, headers: { x-begin: yes }, body: { "$.more[1]": 2 } }
                  save: { id: "$.id", begin: "header:x-begin" }
                  """)
              .step(
                  """
                  post: /echo/${id}
                  headers: { X-Id: "${id}", X-Begin: "${begin}" }
                  body: "id=${id};begin=${begin}"
                  expect: { text: "id=a-7;begin=yes", headers: { x-path: /echo/a-7 } }
                  """)
              .run(server.uri());

      assertThat(run.events("load.error")).isEmpty();
      assertThat(run.sum("requests")).isEqualTo(100);
      assertThat(server.lastHeaders())
          .containsEntry("x-id", "a-7")
          .containsEntry("x-begin", "yes")
          .containsEntry("x-check", "yes")
          .containsEntry("content-length", "16")
          .containsEntry("user-agent", "assay-load");
      run.accountsFor(50);
    }
  }

  @Test
  void cookiesAreKeptAndSentToTheirServer() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      Run run =
          load()
              .rate(20)
              .with("cookies: true")
              .step("get: /cookie")
              .step("get: /second")
              .run(server.uri());

      assertThat(run.sum("errors")).isZero();
      assertThat(server.lastHeaders()).containsEntry("cookie", "sid=7");
      run.accountsFor(20);
    }
  }

  @Test
  void aBodyLargerThanTheServersWindowArrivesWhole(@TempDir Path folder) throws Exception {
    Path large = folder.resolve("large.bin");
    java.nio.file.Files.write(large, new byte[1_000_000]);
    try (Http2Server server = Http2Server.start()) {
      Run run =
          load().rate(10).connections(2).step("post: /echo\nfile: " + large).run(server.uri());

      assertThat(run.sum("errors")).isZero();
      assertThat(run.sum("bytes.sent")).isGreaterThan(10_000_000);
      assertThat(run.sum("bytes.received")).isGreaterThan(10_000_000);
      run.accountsFor(10);
    }
  }

  @Test
  void aServerThatSpeaksHttp11IsAClearProtocolError() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(request -> Reply.status(400, "what?").then(Then.CLOSE))) {
      Run run = load().rate(20).get("/").run(server.uri());

      assertThat(run.errors("protocol")).isEqualTo(20);
      assertThat(run.events("load.error").getFirst().message()).contains("does not speak HTTP/2");
      run.accountsFor(20);
    }
  }

  @Test
  void aServerThatNeverSendsItsSettingsIsGivenUp() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.of().then(Then.SILENCE))) {
      Run run = load().rate(20).timeout(Duration.ofMillis(300)).get("/").run(server.uri());

      assertThat(run.errors("connect")).isEqualTo(20);
      run.accountsFor(20);
    }
    Run refused =
        load()
            .rate(20)
            .url("http://127.0.0.1:" + ScriptedServer.refusedPort())
            .get("/")
            .run((URI) null);
    assertThat(refused.errors("connect")).isEqualTo(20);
    refused.accountsFor(20);
  }

  @Test
  void withTlsTheProtocolIsAgreedOnByAlpn(@TempDir Path folder) throws Exception {
    TestKeys keys = TestKeys.make(folder);
    try (Http2Server server = Http2Server.start(keys.server("h2"), 100)) {
      Run run =
          load()
              .rate(200)
              .connections(1)
              .with("tls: { trust: " + keys.certificate() + " }")
              .get("/")
              .run(URI.create("https://localhost:" + server.port()));

      assertThat(run.events("load.error")).isEmpty();
      assertThat(server.connections()).isEqualTo(1);
      run.accountsFor(200);
    }
  }

  @Test
  void aServerThatDoesNotOfferHttp2InTlsIsAClearError(@TempDir Path folder) throws Exception {
    TestKeys keys = TestKeys.make(folder);
    try (Http2Server server = Http2Server.start(keys.server(null), 100)) {
      Run run =
          load()
              .rate(20)
              .with("tls: { trust: " + keys.certificate() + " }")
              .get("/")
              .run(URI.create("https://localhost:" + server.port()));

      assertThat(run.errors("protocol")).isEqualTo(20);
      assertThat(run.events("load.error").getFirst().message()).contains("h2 by ALPN");
      run.accountsFor(20);
    }
  }

  @Test
  void headersOfHttp11ConnectionsAreRefusedBeforeTheStart() {
    assertThatThrownBy(() ->
            load().header("Connection", "close").get("/").run(URI.create("http://127.0.0.1:1")))
        .hasMessageContaining("must not be in HTTP/2");
  }

  @Test
  void eventsAreReadOnAStreamAndTheRestOfAnEndlessOneIsCancelled() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      Run run =
          load()
              .rate(100)
              .lasting(Duration.ofMillis(500))
              .connections(1)
              .step("{ get: /endless/5, name: endless, events: { count: 3 } }")
              .step("{ get: /events/4, name: four, events: { within: 5s } }")
              .run(server.uri());

      assertThat(run.errorsTotal()).isEqualTo(100);
      assertThat(run.sum("errors.by.kind")).isZero();
      assertThat(run.sum("messages.received")).isEqualTo(50 * (3 + 4));
      assertThat(server.connections()).isEqualTo(1);
      // The last may still be on their way.
      assertThat(server.cancelled()).isBetween(40, 50);
    }
  }
}
