package dev.assay.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server of plain bytes, for answers that no HTTP server would give. */
final class RawServer implements AutoCloseable {

  /** Talks with one client after its request's headers were read; the socket is closed after it. */
  interface Script {
    void talk(Socket client) throws Exception;
  }

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);

  private final boolean eager;

  private RawServer(ServerSocket server, boolean eager, Script script) {
    this.server = server;
    this.eager = eager;
    Thread.ofVirtual().start(() -> serve(script));
  }

  static RawServer start(Script script) throws IOException {
    return new RawServer(loopback(), false, script);
  }

  /** A server that talks first, without reading anything. */
  static RawServer startEager(Script script) throws IOException {
    return new RawServer(loopback(), true, script);
  }

  private static ServerSocket loopback() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Sends a text and closes. */
  static Script text(String answer) {
    return client -> client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends a text and then nothing more until the client goes. */
  static Script stall(String answer) {
    return client -> {
      client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      client.getOutputStream().flush();
      while (client.getInputStream().read() >= 0) {
        // whatever comes is ignored
      }
    };
  }

  private void serve(Script script) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> talk(client, script));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void talk(Socket client, Script script) {
    try (client) {
      int ends = 0;
      while (ends < 4 && !eager) {
        int c = client.getInputStream().read();
        if (c < 0) {
          return;
        }
        ends = c == '\r' || c == '\n' ? ends + 1 : 0;
      }
      asked.countDown();
      script.talk(client);
    } catch (Exception gone) {
      // the client left, which is what some tests are about
    }
  }

  /** Opens once a request has arrived. */
  CountDownLatch asked() {
    return asked;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
