package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Measured;
import dev.assay.load.LoadFixture.Run;
import dev.assay.load.TlsServer.Manner;
import dev.assay.load.http2.Http2Server;
import dev.assay.network.Conditions;
import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import dev.assay.testkit.ScriptedServer.Then;
import dev.assay.testkit.TestContext;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users on networks of their own. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadNetworkTest {

  private static final long MILLI = 1_000_000L;

  /** 50 ms there and back again. */
  private static final Condition FAR =
      Condition.both(DirectionCondition.NONE.withDelay(Delay.constant(25 * MILLI)));

  /** 8 Mbit/s to the user. */
  private static final Condition NARROW =
      Condition.NONE.withDown(DirectionCondition.NONE.withRate(8e6));

  private static TestContext on(URI target) {
    Map<String, Condition> known =
        Map.of("far", FAR, "narrow", NARROW, "offline", Condition.OFFLINE);
    return new TestContext(Path.of("."), Path.of("."), target)
        .offering(Conditions.class, new Conditions(known));
  }

  private static ScriptedServer ok() {
    return ScriptedServer.start(request -> Reply.status(200, "x"));
  }

  @Test
  void everyArrivalOpensAConnectionOverItsOwnLink() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run = new LoadFixture().rate(20).with("through: far").get("/").run(on(server.uri()));

      run.accountsFor(20);
      assertThat(server.connections()).isEqualTo(20);
      assertThat(run.sum("errors")).isZero();
      // a round trip for the handshake and one for the request
      assertThat(run.histogram("connect.time").getMinValue()).isGreaterThanOrEqualTo(49 * MILLI);
      assertThat(run.histogram("service.time").getMinValue()).isGreaterThanOrEqualTo(49 * MILLI);
      assertThat(run.histogram("latency").getMinValue()).isGreaterThanOrEqualTo(99 * MILLI);
    }
  }

  @Test
  void aUserWhoComesAgainKeepsItsConnection() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run =
          new LoadFixture()
              .model("users: 3\npasses: 12")
              .with("through: far")
              .get("/")
              .run(on(server.uri()));

      assertThat(server.requests()).isEqualTo(12);
      assertThat(server.connections()).isEqualTo(3);
      assertThat(run.sum("errors")).isZero();
    }
  }

  @Test
  void aLinkOfOnesOwnIsNotNarrowedByOthers() throws Exception {
    String body = "x".repeat(50_000); // 50 ms and more at 8 Mbit/s
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.status(200, body))) {
      LoadFixture crowd = new LoadFixture().model("users: 10\npasses: 10");
      Run own = crowd.with("through: narrow").get("/").run(on(server.uri()));
      Run shared =
          new LoadFixture()
              .model("users: 10\npasses: 10")
              .cores(1)
              .with("through: { condition: narrow, users per link: 10 }")
              .get("/")
              .run(on(server.uri()));

      assertThat(own.histogram("service.time").getMinValue()).isGreaterThanOrEqualTo(49 * MILLI);
      // the last of ten on one link has waited for the other nine
      assertThat(shared.histogram("service.time").getMaxValue())
          .isGreaterThanOrEqualTo(490 * MILLI);
      assertThat(own.sum("errors") + shared.sum("errors")).isZero();
    }
  }

  @Test
  void usersAreSpreadOverAMixOfNetworks() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run =
          new LoadFixture()
              .rate(200)
              .with("through: { mix: { far: 50 %, narrow: 50 % } }")
              .get("/")
              .run(on(server.uri()));

      long far =
          run.histogram("connect.time").getCountBetweenValues(49 * MILLI, Long.MAX_VALUE / 2);
      assertThat(run.sum("requests")).isEqualTo(200);
      // 200 draws of one in two are outside of these once in a million times
      assertThat(far).isBetween(60L, 140L);
      assertThat(requests(run, "far")).isEqualTo(far);
      assertThat(requests(run, "narrow")).isEqualTo(200 - far);
    }
  }

  private static long requests(Run run, String network) {
    return run.sink().measurements("requests").stream()
        .filter(requests -> network.equals(requests.labels().get("network")))
        .mapToLong(requests -> ((Measured.Count) requests.value()).value())
        .sum();
  }

  @Test
  void usersWhoComeAgainAreRecordedForTheNetworkThatTheyKeep() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run =
          new LoadFixture()
              .model("users: 6\npasses: 60")
              .with("through: { mix: { far: 50 %, narrow: 50 % } }")
              .get("/")
              .run(on(server.uri()));

      assertThat(run.sum("requests")).isEqualTo(60);
      assertThat(requests(run, "far") + requests(run, "narrow")).isEqualTo(60);
    }
  }

  @Test
  void nobodyIsConnectedWhoIsOffline() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run =
          new LoadFixture()
              .rate(5)
              .timeout(Duration.ofMillis(300))
              .with("through: offline")
              .get("/")
              .run(on(server.uri()));

      run.accountsFor(5);
      assertThat(run.errors("connect") + run.errors("timeout")).isEqualTo(5);
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void aServerThatClosesAfterItsAnswerIsHeardToTheEnd() throws Exception {
    String body = "y".repeat(30_000);
    try (ScriptedServer server =
        ScriptedServer.start(request -> Reply.status(200, body).then(Then.CLOSE))) {
      Run run = new LoadFixture().rate(10).with("through: narrow").get("/").run(on(server.uri()));

      run.accountsFor(10);
      assertThat(run.sum("errors")).isZero();
      assertThat(run.sum("bytes.received")).isGreaterThan(300_000);
    }
  }

  @Test
  void http2IsSpokenOverALink() throws Exception {
    try (Http2Server server = Http2Server.start()) {
      Run run =
          new LoadFixture()
              .rate(10)
              .with("protocol: h2\nthrough: far")
              .get("/")
              .run(on(server.uri()));

      run.accountsFor(10);
      assertThat(server.connections()).isEqualTo(10);
      assertThat(run.sum("errors")).isZero();
      assertThat(run.histogram("latency").getMinValue()).isGreaterThanOrEqualTo(99 * MILLI);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"boringssl", "jdk"})
  void tlsIsSpokenOverALink(String provider, @TempDir Path folder) throws Exception {
    TestCertificates certificates = new TestCertificates(folder);
    certificates.issue("server", "dns:localhost,ip:127.0.0.1");
    try (TlsServer server = new TlsServer(certificates, new Manner())) {
      Run run =
          new LoadFixture()
              .rate(10)
              .timeout(Duration.ofSeconds(20))
              .with("tls: { insecure: true, provider: " + provider + " }\nthrough: far")
              .get("/")
              .run(on(URI.create("https://localhost:" + server.port())));

      run.accountsFor(10);
      assertThat(run.sum("errors")).isZero();
      // TLS 1.3 takes a round trip of its own
      assertThat(run.histogram("tls.time").getMinValue()).isGreaterThanOrEqualTo(49 * MILLI);
      assertThat(run.histogram("latency").getMinValue()).isGreaterThanOrEqualTo(149 * MILLI);
    }
  }

  @Test
  void webSocketsAreOpenedOverALink() throws Exception {
    WebSocketPeer peer = WebSocketPeer.start();
    try {
      Run run =
          new LoadFixture()
              .rate(10)
              .with("through: far")
              .step("websocket: /echo")
              .step("{ send: hello, await: { text: hello } }")
              .step("close: websocket")
              .run(on(peer.uri()));

      run.accountsFor(10);
      assertThat(run.sum("errors")).isZero();
      assertThat(run.sum("messages.received")).isEqualTo(10);
      assertThat(
              run.histogram("stream.first").getTotalCount()
                  + run.histogram("latency").getTotalCount())
          .isPositive();
    } finally {
      peer.close();
    }
  }

  @Test
  void aMixThatIsNotWholeIsRefused() {
    assertThatThrownBy(() ->
            new LoadFixture()
                .with("through: { mix: { far: 50 %, narrow: 40 % } }")
                .get("/")
                .configuration())
        .hasMessageContaining("90 %")
        .hasMessageContaining("100 %");
  }
}
