package dev.assay.network.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Upgrades, with Java's own WebSocket client and a server of a few lines. */
class WebSocketTest {

  private ServerSocket server;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      String lower = head.toString().toLowerCase(Locale.ROOT);
      if (!lower.contains("upgrade: websocket") || !lower.contains("connection: upgrade")) {
        out.write(
            "HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        return;
      }
      String key = head.toString().replaceAll("(?si).*Sec-WebSocket-Key: (\\S+).*", "$1");
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      out.write(
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Accept: "
                  + Base64.getEncoder().encodeToString(digest)
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      byte[] greeting = "hello".getBytes(StandardCharsets.US_ASCII);
      out.write(0x81); // a whole text message
      out.write(greeting.length);
      out.write(greeting);
      in.transferTo(OutputStream.nullOutputStream());
    } catch (Exception e) {
      // the client sees it
    }
  }

  private CompletableFuture<String> message(WebProxyRules rules) {
    WebProxy proxy =
        WebProxy.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            WebProxy.Setup.OPEN.withRules(rules));
    HttpClient client = HttpClient.newBuilder().proxy(ProxySelector.of(proxy.address())).build();
    CompletableFuture<String> heard = new CompletableFuture<>();
    client
        .newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/"),
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                heard.complete(data.toString());
                return null;
              }
            })
        .whenComplete((socket, failure) -> {
          if (failure != null) {
            heard.completeExceptionally(failure);
          }
        });
    return heard
        .orTimeout(20, TimeUnit.SECONDS)
        .whenComplete((text, failure) -> {
          client.shutdownNow();
          Thread.ofVirtual().start(proxy::close);
        });
  }

  @Test
  void webSocketsPass() {
    assertThat(message(WebProxyRules.OPEN).join()).isEqualTo("hello");
  }

  @Test
  void aStrippingProxyLeavesTheServerAPlainRequest() {
    assertThatThrownBy(message(WebProxyRules.OPEN.withUpgrades(Upgrades.STRIP))::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class)
        .satisfies(failure ->
            assertThat(
                    ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode())
                .isEqualTo(426));
  }

  @Test
  void anUpgradeInAbsoluteFormPassesToo() throws Exception {
    try (WebProxy proxy =
            WebProxy.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), WebProxy.Setup.OPEN);
        Socket socket = new Socket()) {
      socket.setSoTimeout(20_000);
      socket.connect(proxy.address());
      socket
          .getOutputStream()
          .write(
              ("GET http://127.0.0.1:"
                      + server.getLocalPort()
                      + "/ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version:"
                      + " 13\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String all = "";
      while (!all.endsWith("hello")) {
        int next = socket.getInputStream().read();
        assertThat(next).as("after '%s'", all).isNotEqualTo(-1);
        all += (char) next;
      }
      assertThat(all).startsWith("HTTP/1.1 101 ").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
  }
}
