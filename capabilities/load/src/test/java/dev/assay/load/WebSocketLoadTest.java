package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Measured;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.load.LoadFixture.Run;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import dev.assay.testkit.ScriptedServer.Then;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets as steps of a flow, against a server made of Netty's own codec. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WebSocketLoadTest {

  private static final Duration SHORT = Duration.ofMillis(400);

  private final WebSocketPeer peer = WebSocketPeer.start();

  @AfterEach
  void stop() {
    peer.close();
  }

  private static LoadFixture load(String path) {
    return new LoadFixture()
        .rate(50)
        .lasting(SHORT)
        .step("{ websocket: " + path + ", name: chat }");
  }

  private Run run(LoadFixture fixture) throws Exception {
    return fixture.run(peer.uri());
  }

  private static String why(Run run) {
    return run.events("load.error").getFirst().message();
  }

  private void everyWebSocketCloses(int many, int code) throws InterruptedException {
    for (int i = 0; i < 500 && peer.closes.size() < many; i++) {
      Thread.sleep(10);
    }
    assertThat(peer.closes).hasSize(many).containsOnly(code);
  }

  @Test
  void aUserOpensOneSendsAwaitsAndCloses() throws Exception {
    Run run =
        run(load("/echo").step("{ send: hello, await: { text: hello } }").step("close: websocket"));
    assertThat(run.sum("errors")).isZero();
    for (String step : List.of("chat", "send", "close")) {
      assertThat(run.requestsOf(step)).as(step).isEqualTo(20);
    }
    run.accountsFor(20);
    assertThat(peer.opened).hasValue(20);
    assertThat(peer.texts).hasSize(20).containsOnly("hello");
    assertThat(run.sum("messages.sent")).isEqualTo(20);
    assertThat(run.sum("messages.received")).isEqualTo(20);
    assertThat(run.histogram("latency").getTotalCount()).isEqualTo(60);
    everyWebSocketCloses(20, 1000);
  }

  @Test
  void itIsClosedWithTheFlowThatOpenedIt() throws Exception {
    Run run = run(load("/echo").step("send: bye"));
    assertThat(run.sum("errors")).isZero();
    run.accountsFor(20);
    everyWebSocketCloses(20, 1000);
    assertThat(peer.texts).hasSize(20);
  }

  @Test
  void anAwaitedMessageIsFoundAmongOthersAndInFragments() throws Exception {
    Run run = run(load("/noisy").step("{ send: xyz, await: { text: \"~ ^xyz$\" } }"));
    assertThat(run.sum("errors")).isZero();
    assertThat(run.requestsOf("send")).isEqualTo(20);
    assertThat(run.sum("messages.received")).isEqualTo(60);
    run.accountsFor(20);
  }

  @Test
  void valuesOfMessagesAreExpectedAndSavedForLaterOnes() throws Exception {
    Run run =
        run(
            load("/greet")
                .step("{ receive: { json: { \"$.ok\": true } }, save: { user: $.user } }")
                .step("{ send: \"hi ${user}\", await: { text: \"~ kim\" } }"));
    assertThat(run.sum("errors")).isZero();
    assertThat(peer.texts).hasSize(20).containsOnly("hi kim");
    run.accountsFor(20);
  }

  @Test
  void whatComesWhileAUserPausesIsReadAndCounted() throws Exception {
    Run run = run(load("/ticks").step("pause: 500 ms").step("receive: { text: \"~ ^tick\" }"));
    assertThat(run.sum("errors")).isZero();
    assertThat(run.sum("messages.received")).isGreaterThan(20 * 2);
    long received =
        run.sink().measurements("messages.received").stream()
            .filter(m -> "chat".equals(m.labels().get("step")))
            .mapToLong(m -> ((Measured.Count) m.value()).value())
            .sum();
    assertThat(received).as("those that nobody awaited").isGreaterThan(20);
    run.accountsFor(20);
  }

  @Test
  void aFloodThatNobodyAwaitsIsReadAndForgotten() throws Exception {
    Run run =
        run(
            load("/flood")
                .rate(10)
                .step("pause: 500 ms")
                .step("{ send: done, await: { text: done } }"));
    assertThat(run.sum("errors")).isZero();
    assertThat(run.sum("messages.received")).isEqualTo(4 * 2001);
    run.accountsFor(4);
  }

  @Test
  void aPingIsAnswered() throws Exception {
    Run run = run(load("/ping").step("receive: { text: pong of 3 }"));
    assertThat(run.sum("errors")).isZero();
    run.accountsFor(20);
  }

  @Test
  void manyMessagesMayBeSentWithoutAnAnswer() throws Exception {
    Run run =
        run(
            load("/mute-but-closes")
                .rate(10)
                .step("repeat: 500\ndo:\n  - { send: \"" + "x".repeat(2000) + "\", name: say }")
                .step("close: websocket"));
    assertThat(run.sum("errors")).isZero();
    assertThat(run.requestsOf("say")).isEqualTo(4 * 500);
    assertThat(run.sum("messages.sent")).isEqualTo(4 * 500);
    assertThat(peer.texts).hasSize(4 * 500);
    run.accountsFor(4);
  }

  @Test
  void aRefusedHandshakeIsAnErrorOfItsStatus() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.status(403, "no"))) {
      Run run = load("/chat").step("send: x").run(server.uri());
      assertThat(run.errors("status")).isEqualTo(20);
      assertThat(why(run)).isEqualTo("status: status 403");
      assertThat(run.requestsOf("send")).isZero();
      run.accountsFor(20);
    }
  }

  @Test
  void aHandshakeWithAWrongKeyIsAnErrorOfTheProtocol() throws Exception {
    String answer =
        "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.of(answer))) {
      Run run = load("/chat").run(server.uri());
      assertThat(run.errors("protocol")).isEqualTo(20);
      assertThat(why(run)).contains("Sec-WebSocket-Accept");
      run.accountsFor(20);
    }
  }

  @Test
  void aHandshakeThatIsNotAnsweredTimesOut() throws Exception {
    Reply silence = new Reply(Duration.ZERO, List.of(), Then.SILENCE);
    try (ScriptedServer server = ScriptedServer.start(request -> silence)) {
      Run run = load("/chat").timeout(Duration.ofMillis(200)).run(server.uri());
      assertThat(run.errors("timeout")).isEqualTo(20);
      assertThat(why(run)).contains("not open within");
      run.accountsFor(20);
    }
  }

  @Test
  void aServerThatClosesWhileTheUserPausesEndsTheFlowAtOnce() throws Exception {
    long start = System.nanoTime();
    Run run = run(load("/closes-later").step("pause: 50s").step("send: x"));
    assertThat(run.errors("closed")).isEqualTo(20);
    assertThat(why(run))
        .isEqualTo("closed: the server closed the WebSocket with code 1012: restart");
    assertThat(run.requestsOf("send")).isZero();
    assertThat(run.summary("failed")).isEqualTo(20);
    run.accountsFor(20);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void aConnectionThatEndsWithoutACloseFrameIsAnErrorToo() throws Exception {
    Run run = run(load("/drops-later").step("pause: 50s"));
    assertThat(run.errors("closed")).isEqualTo(20);
    assertThat(why(run)).contains("without a close frame");
    run.accountsFor(20);
  }

  @Test
  void aServerThatClosesInsteadOfAnsweringSaysItsCode() throws Exception {
    Run run = run(load("/leave").step("{ send: x, await: { text: x }, name: say }"));
    assertThat(run.errors("closed")).isEqualTo(20);
    assertThat(run.requestsOf("say")).isEqualTo(20);
    assertThat(why(run)).isEqualTo("closed: the server closed the WebSocket with code 1011: busy");
    run.accountsFor(20);
  }

  @Test
  void aServerThatDropsTheConnectionInsteadOfAnsweringIsClosed() throws Exception {
    Run run = run(load("/drop").step("{ send: x, await: { text: x } }"));
    assertThat(run.errors("closed")).isEqualTo(20);
    run.accountsFor(20);
  }

  @Test
  void aMessageThatDoesNotComeTimesOut() throws Exception {
    LoadFixture fixture =
        load("/echo").step("{ send: x, await: { text: y }, timeout: 1s }").step("{ send: never }");
    Run run = run(fixture);
    assertThat(run.errors("timeout")).isEqualTo(20);
    assertThat(why(run)).contains("1 messages came within the time-out");
    assertThat(peer.texts).hasSize(20).containsOnly("x");
    run.accountsFor(20);
    everyWebSocketCloses(20, 1000);
  }

  @Test
  void aServerThatDoesNotCloseTimesOutTheStepThatCloses() throws Exception {
    Run run = run(load("/mute").step("{ close: websocket, timeout: 200 ms }"));
    assertThat(run.errors("timeout")).isEqualTo(20);
    assertThat(why(run)).contains("did not close");
    run.accountsFor(20);
  }

  @Test
  void aServerThatNeverClosesIsNotWaitedForLongAfterTheFlow() throws Exception {
    Run run = run(load("/mute").step("send: x"));
    assertThat(run.sum("errors")).isZero();
    run.accountsFor(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/garbage 1007", "/masked 1002"})
  void aServerThatBreaksARuleIsToldSo(String pathAndCode) throws Exception {
    String path = pathAndCode.split(" ")[0];
    int code = Integer.parseInt(pathAndCode.split(" ")[1]);
    Run run = run(load(path).step("{ send: x, await: {} }"));
    assertThat(run.errors("protocol")).isEqualTo(20);
    run.accountsFor(20);
    everyWebSocketCloses(20, code);
  }

  @Test
  void aSubprotocolIsOfferedAndMustBeChosen() throws Exception {
    String chat = "headers: { Sec-WebSocket-Protocol: \"chat, other\" }";
    Run run = run(new LoadFixture().rate(50).lasting(SHORT).step("websocket: /echo\n" + chat));
    assertThat(run.sum("errors")).isZero();
    String strange = "headers: { Sec-WebSocket-Protocol: strange }";
    Run refused =
        run(new LoadFixture().rate(50).lasting(SHORT).step("websocket: /echo\n" + strange));
    assertThat(refused.errors("protocol") + refused.errors("status") + refused.errors("closed"))
        .isEqualTo(20);
  }

  @Test
  void usersOfAClosedPhaseKeepOneEach() throws Exception {
    Run run =
        run(
            new LoadFixture()
                .model("users: 25\nfor: 1s")
                .step("websocket: \"/count?room=7\"")
                .step("repeat: 3\ndo:\n  - { send: x, await: { json: { $.count: \"> 0\" } } }")
                .step("pause: 50 ms"));
    assertThat(run.sum("errors")).isZero();
    assertThat(peer.most.get()).isGreaterThanOrEqualTo(25);
    assertThat(peer.opened.get()).isGreaterThan(50);
    assertThat(peer.targets).containsOnly("/count?room=7");
  }

  @Test
  void requestsAndMessagesMayAlternate() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(request -> Reply.status(200, "hello"))) {
      Run run =
          run(
              load("/echo")
                  .step("get: \"" + server.uri() + "/\"")
                  .step("{ send: x, await: { text: x } }")
                  .step("get: \"" + server.uri() + "/again\""));
      assertThat(run.sum("errors")).isZero();
      assertThat(server.requests()).isEqualTo(40);
      run.accountsFor(20);
    }
  }

  @Test
  void itsAddressMayBeWrittenInFull() throws Exception {
    URI uri = peer.uri();
    Run run = run(load("\"ws://127.0.0.1:" + uri.getPort() + "/echo\"").step("send: x"));
    assertThat(run.sum("errors")).isZero();
    assertThat(peer.opened).hasValue(20);
  }

  @Test
  void whatCannotWorkIsRefused() {
    assertThat(codes("get: /", "send: x")).containsExactly("ASSAY-LOAD-015");
    assertThat(codes("websocket: /", "{ receive: {}, await: {} }"))
        .containsExactly("ASSAY-LOAD-015");
    assertThat(codes("websocket: /", "close: door")).containsExactly("ASSAY-LOAD-015");
    assertThat(codes("websocket: /", "{ send: x, expect: { status: 200 } }"))
        .containsExactly("ASSAY-LOAD-015");
    assertThat(codes("websocket: /", "{ receive: { json: { count: 1 } } }")).hasSize(1);
    assertThat(codes("websocket: /", "{ receive: {}, save: { a: \"header:x\" } }")).hasSize(1);
    assertThat(codes("websocket: /", "choose: [ { do: [ { send: x } ] } ]")).isEmpty();
  }

  private static List<String> codes(String... steps) {
    LoadFixture fixture = new LoadFixture();
    for (String step : steps) {
      fixture.step(step);
    }
    try {
      fixture.configuration();
      return List.of();
    } catch (ProblemException refused) {
      return refused.problems().stream().map(Problem::code).toList();
    }
  }
}
