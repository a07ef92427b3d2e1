package dev.assay.network.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.value.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy with Java's own client and with bare sockets. */
class WebProxyTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private Origin origin;
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    origin = Origin.http();
  }

  @AfterEach
  void stop() throws Exception {
    origin.close();
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private InetSocketAddress proxy(WebProxyRules rules) {
    return proxy(WebProxy.Setup.OPEN.withRules(rules));
  }

  private InetSocketAddress proxy(WebProxy.Setup setup) {
    WebProxy proxy =
        WebProxy.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), setup);
    opened.add(proxy);
    return proxy.address();
  }

  private HttpClient client(InetSocketAddress proxy) {
    return client(proxy, HttpClient.newBuilder());
  }

  private HttpClient client(InetSocketAddress proxy, HttpClient.Builder builder) {
    HttpClient client = builder.proxy(ProxySelector.of(proxy)).connectTimeout(LONG).build();
    opened.add(client::shutdownNow);
    return client;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + origin.port() + path))
        .timeout(LONG);
  }

  private Socket socket(InetSocketAddress to) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.connect(to);
    opened.add(socket);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads until the empty line. */
  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Test
  void requestsAreForwardedWithoutWhatIsForTheProxy() throws Exception {
    HttpResponse<String> answer =
        client(proxy(WebProxyRules.OPEN))
            .send(request("/a?b=c").header("TE", "trailers").build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello from /a");
    assertThat(answer.headers().firstValue("via")).contains("1.1 assay");
    Origin.Seen seen = origin.seen.getFirst();
    assertThat(seen.uri()).isEqualTo("/a?b=c");
    assertThat(seen.headers().getFirst("Via")).isEqualTo("1.1 assay");
    assertThat(seen.headers().getFirst("Host")).isEqualTo("127.0.0.1:" + origin.port());
    assertThat(seen.headers()).doesNotContainKeys("Upgrade", "Http2-settings", "Te");
  }

  @Test
  void connectionsAreKeptOnBothSides() throws Exception {
    Socket socket = socket(proxy(WebProxyRules.OPEN));
    for (int i = 0; i < 3; i++) {
      write(
          socket,
          "GET http://127.0.0.1:" + origin.port() + "/" + i + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(head(socket)).startsWith("HTTP/1.1 200 OK").contains("Content-length: 13");
      assertThat(socket.getInputStream().readNBytes(13)).asString().isEqualTo("hello from /" + i);
    }
    assertThat(origin.seen.stream().map(Origin.Seen::port).distinct()).hasSize(1);
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    Socket socket = socket(proxy(WebProxyRules.OPEN));
    String one = "GET http://127.0.0.1:" + origin.port() + "/1 HTTP/1.1\r\nHost: x\r\n\r\n";
    write(socket, one + one.replace("/1 ", "/2 "));
    head(socket);
    assertThat(socket.getInputStream().readNBytes(13)).asString().isEqualTo("hello from /1");
    head(socket);
    assertThat(socket.getInputStream().readNBytes(13)).asString().isEqualTo("hello from /2");
  }

  @Test
  void largeBodiesPassBothWays() throws Exception {
    byte[] body = new byte[5_000_000];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * 7);
    }
    HttpClient client = client(proxy(WebProxyRules.OPEN));
    HttpResponse<byte[]> echo =
        client.send(
            request("/").POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
            BodyHandlers.ofByteArray());
    assertThat(echo.body()).isEqualTo(body);
    HttpResponse<byte[]> chunked =
        client.send(
            request("/")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body)))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(chunked.body()).isEqualTo(body);
    assertThat(client.send(request("/bytes/3000000").build(), BodyHandlers.ofByteArray()).body())
        .hasSize(3_000_000);
  }

  @Test
  void aSlowReaderHoldsTheServerUpAndLosesNothing() throws Exception {
    Socket socket = socket(proxy(WebProxyRules.OPEN));
    write(
        socket,
        "GET http://127.0.0.1:"
            + origin.port()
            + "/bytes/20000000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(head(socket)).contains("connection: close");
    long total = 0;
    byte[] buffer = new byte[100_000];
    int read;
    while ((read = socket.getInputStream().read(buffer)) >= 0) {
      total += read;
      if (total < 2_000_000) {
        Thread.onSpinWait();
      }
    }
    assertThat(total).isGreaterThan(20_000_000);
  }

  @Test
  void headAndOldClientsAreAnswered() throws Exception {
    InetSocketAddress proxy = proxy(WebProxyRules.OPEN);
    HttpResponse<String> head =
        client(proxy)
            .send(
                request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(200);
    Socket old = socket(proxy);
    write(old, "GET http://127.0.0.1:" + origin.port() + "/bytes/1000 HTTP/1.0\r\n\r\n");
    assertThat(head(old)).doesNotContainIgnoringCase("transfer-encoding");
    assertThat(old.getInputStream().readAllBytes()).hasSize(1000);
  }

  @Test
  void aClientThatHasEndedItsSideStillGetsItsAnswer() throws Exception {
    Socket socket = socket(proxy(WebProxyRules.OPEN));
    write(socket, "GET http://127.0.0.1:" + origin.port() + "/x HTTP/1.1\r\nHost: x\r\n\r\n");
    socket.shutdownOutput();
    assertThat(socket.getInputStream().readAllBytes()).asString().endsWith("hello from /x");
  }

  @Test
  void whoHasNoPasswordIsAskedForOne() throws Exception {
    WebProxyRules rules =
        WebProxyRules.OPEN.withCredentials(new Credentials("kim", Secret.of("s3cret")));
    InetSocketAddress proxy = proxy(rules);
    HttpResponse<String> refused =
        client(proxy).send(request("/").build(), BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(407);
    assertThat(refused.headers().firstValue("proxy-authenticate"))
        .contains("Basic realm=\"Assay\", charset=\"UTF-8\"");
    assertThat(origin.seen).isEmpty();
    Authenticator kim =
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("kim", "s3cret".toCharArray());
          }
        };
    HttpResponse<String> allowed =
        client(proxy, HttpClient.newBuilder().authenticator(kim))
            .send(
                request("/").POST(HttpRequest.BodyPublishers.ofString("a body")).build(),
                BodyHandlers.ofString());
    assertThat(allowed.body()).isEqualTo("a body");
    assertThat(origin.seen.getFirst().headers()).doesNotContainKey("Proxy-authorization");
  }

  @Test
  void aTunnelWantsThePasswordTooAndKeepsTheConnectionForIt() throws Exception {
    Socket socket =
        socket(proxy(WebProxyRules.OPEN.withCredentials(new Credentials("kim", Secret.of("pw")))));
    String target = "127.0.0.1:" + origin.port();
    write(socket, "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n");
    String head = head(socket);
    assertThat(head).startsWith("HTTP/1.1 407 ");
    int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
    socket.getInputStream().readNBytes(length);
    String basic = Base64.getEncoder().encodeToString("kim:pw".getBytes(StandardCharsets.UTF_8));
    write(
        socket,
        "CONNECT "
            + target
            + " HTTP/1.1\r\nHost: "
            + target
            + "\r\nProxy-Authorization: basic "
            + basic
            + "\r\n\r\n");
    assertThat(head(socket)).isEqualTo("HTTP/1.1 200 Connection established\r\n\r\n");
    write(socket, "GET /inside HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(socket.getInputStream().readAllBytes()).asString().endsWith("hello from /inside");
    assertThat(origin.seen.getFirst().headers()).doesNotContainKey("Via");
  }

  @Test
  void blockedHostsGetThePageOfTheCompany() throws Exception {
    InetSocketAddress proxy =
        proxy(
            WebProxyRules.OPEN.withBlock(
                BlockList.parse(List.of("*.example.com", "10.0.0.0/8", ":25")), Refusal.PAGE));
    HttpClient client = client(proxy);
    for (String uri :
        List.of("http://www.example.com/", "http://10.1.2.3/", "http://127.0.0.1:25/")) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(uri)).timeout(LONG).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(uri).isEqualTo(403);
      assertThat(answer.body()).contains("policy blocks");
    }
    Socket tunnel = socket(proxy);
    write(tunnel, "CONNECT mail.example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(head(tunnel)).startsWith("HTTP/1.1 403 Forbidden");
    assertThat(client.send(request("/").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aNameThatLeadsIntoABlockedNetworkIsBlocked() throws Exception {
    InetSocketAddress proxy =
        proxy(
            WebProxyRules.OPEN.withBlock(
                BlockList.parse(List.of("127.0.0.0/8", "::1")), Refusal.PAGE));
    HttpResponse<String> answer =
        client(proxy)
            .send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + origin.port() + "/"))
                    .timeout(LONG)
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsBlockedCanBeResetOrNeverAnswered() throws Exception {
    BlockList all = BlockList.parse(List.of("127.0.0.1"));
    Socket reset = socket(proxy(WebProxyRules.OPEN.withBlock(all, Refusal.RESET)));
    write(reset, "CONNECT 127.0.0.1:443 HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThatThrownBy(() -> reset.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    Socket mute = socket(proxy(WebProxyRules.OPEN.withBlock(all, Refusal.DROP)));
    write(mute, "CONNECT 127.0.0.1:443 HTTP/1.1\r\nHost: x\r\n\r\n");
    mute.setSoTimeout(300);
    assertThatThrownBy(() -> mute.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void aServerThatIsNotThereIsABadGateway() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    InetSocketAddress proxy = proxy(WebProxyRules.OPEN);
    HttpResponse<String> answer =
        client(proxy)
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nobody + "/"))
                    .timeout(LONG)
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(502);
    Socket tunnel = socket(proxy);
    write(tunnel, "CONNECT 127.0.0.1:" + nobody + " HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(head(tunnel)).startsWith("HTTP/1.1 502 ");
  }

  @Test
  void whatIsNoRequestForAProxyIsRefused() throws Exception {
    InetSocketAddress proxy = proxy(WebProxyRules.OPEN);
    for (String bad :
        List.of(
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n",
            "CONNECT nowhere HTTP/1.1\r\nHost: x\r\n\r\n",
            "\u0001\u0002 rubbish\r\n\r\n",
            "GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length:"
                + " 2\r\n\r\n",
            "GET http://127.0.0.1/" + "x".repeat(20_000) + " HTTP/1.1\r\n\r\n")) {
      Socket socket = socket(proxy);
      write(socket, bad);
      assertThat(head(socket)).as(bad.substring(0, 12)).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void bodiesThatAreTooLargeAreRefused() throws Exception {
    InetSocketAddress proxy = proxy(WebProxyRules.OPEN.withLargestBody(1000));
    HttpClient client = client(proxy);
    assertThat(
            client
                .send(
                    request("/")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1001]))
                        .build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(413);
    assertThat(
            client
                .send(
                    request("/").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[9])).build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
    assertThatThrownBy(
            () -> client.send(request("/bytes/2000").build(), BodyHandlers.ofByteArray()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void answersCanBeKeptBack() throws Exception {
    HttpClient client = client(proxy(WebProxyRules.OPEN.withAnswerAfter(Duration.ofMillis(300))));
    long begun = System.nanoTime();
    client.send(request("/").build(), BodyHandlers.ofString());
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void aTunnelKeepsAHalfClose() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket accepted = server.accept()) {
              byte[] all = accepted.getInputStream().readAllBytes();
              accepted.getOutputStream().write(all);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      Socket socket = socket(proxy(WebProxyRules.OPEN));
      write(socket, "CONNECT 127.0.0.1:" + server.getLocalPort() + " HTTP/1.1\r\nHost: x\r\n\r\n");
      head(socket);
      write(socket, "all of it");
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("all of it");
    }
  }
}
