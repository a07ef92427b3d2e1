package dev.assay.gateway.channel;

import com.sun.net.httpserver.HttpServer;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A real HTTP server in a provider's place, which keeps what it is asked. */
final class ProviderDouble implements AutoCloseable {

  /** A request. */
  record Asked(String method, String path, Map<String, String> headers, String body) {
    Json.Obj json() {
      return JsonReader.read(body).asObject();
    }
  }

  /** An answer. */
  record Said(int status, String body, Map<String, String> headers) {
    static Said of(int status, String body) {
      return new Said(status, body, Map.of());
    }
  }

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final CountDownLatch released = new CountDownLatch(1);
  final CountDownLatch arrived = new CountDownLatch(1);
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Function<Asked, Said> answers = _ -> Said.of(500, "");
  private volatile boolean hangs;

  ProviderDouble() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(name, values.getFirst()));
          Asked one =
              new Asked(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  headers,
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          asked.add(one);
          arrived.countDown();
          if (hangs) {
            try {
              released.await();
            } catch (InterruptedException ended) {
              Thread.currentThread().interrupt();
            }
          }
          Said said = answers.apply(one);
          byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
          said.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
          exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  void answers(Function<Asked, Said> how) {
    answers = how;
  }

  void answers(int status, String body) {
    answers = _ -> Said.of(status, body);
  }

  void hangs() {
    hangs = true;
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
