package dev.assay.network.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.network.link.Condition;
import dev.assay.network.link.Delay;
import dev.assay.network.link.DirectionCondition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy over a link. Times are bounded from below only: an emulated delay is never shorter. */
class LinkedWebProxyTest {

  private static final Condition SLOW =
      Condition.both(DirectionCondition.NONE.withDelay(Delay.constant(100_000_000L)));

  private Origin origin;

  @BeforeEach
  void start() throws IOException {
    origin = Origin.http();
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  private static WebProxy proxy(Condition condition) {
    return WebProxy.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        WebProxy.Setup.OPEN.over(new WebProxy.Way(condition, 7)));
  }

  private Duration timed(HttpClient client, String path, int size) throws Exception {
    long begun = System.nanoTime();
    var answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + origin.port() + path))
                .timeout(Duration.ofSeconds(60))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).hasSize(size);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Test
  void theFirstRequestCostsTwoRoundTripsAndTheNextOne() throws Exception {
    try (WebProxy proxy = proxy(SLOW);
        HttpClient client =
            HttpClient.newBuilder().proxy(ProxySelector.of(proxy.address())).build()) {
      assertThat(timed(client, "/", 12)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
      assertThat(timed(client, "/", 12))
          .isGreaterThanOrEqualTo(Duration.ofMillis(200))
          .isLessThan(Duration.ofMillis(5000));
    }
  }

  @Test
  void aRateLimitsAnswers() throws Exception {
    Condition narrow =
        Condition.NONE.withDown(DirectionCondition.NONE.withRate(4_000_000)); // 500 kB/s
    try (WebProxy proxy = proxy(narrow);
        HttpClient client =
            HttpClient.newBuilder().proxy(ProxySelector.of(proxy.address())).build()) {
      assertThat(timed(client, "/bytes/500000", 500_000))
          .isGreaterThanOrEqualTo(Duration.ofMillis(850));
    }
  }

  @Test
  void aTunnelOverALinkKeepsAHalfClose() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        WebProxy proxy = proxy(SLOW);
        Socket socket = new Socket()) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket accepted = server.accept()) {
              byte[] all = accepted.getInputStream().readAllBytes();
              accepted.getOutputStream().write(all);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      socket.setSoTimeout(20_000);
      socket.connect(proxy.address());
      String connect =
          "CONNECT 127.0.0.1:" + server.getLocalPort() + " HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(connect.getBytes(StandardCharsets.US_ASCII));
      String head = "";
      while (!head.endsWith("\r\n\r\n")) {
        int next = socket.getInputStream().read();
        assertThat(next).as("after '%s'", head).isNotEqualTo(-1);
        head += (char) next;
      }
      socket.getOutputStream().write(new byte[200_000]);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).hasSize(200_000);
    }
  }

  @Test
  void aConditionCanBeChangedWhileConnectionsLast() throws Exception {
    try (WebProxy proxy = proxy(Condition.OFFLINE);
        HttpClient client =
            HttpClient.newBuilder().proxy(ProxySelector.of(proxy.address())).build()) {
      proxy.change(Condition.NONE);
      timed(client, "/", 12);
      proxy.change(SLOW);
      assertThat(timed(client, "/", 12)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }
}
