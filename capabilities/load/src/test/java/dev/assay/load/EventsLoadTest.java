package dev.assay.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.load.LoadFixture.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of server-sent events as steps of a flow, against the JDK's HTTP server. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EventsLoadTest {

  private static final long BETWEEN = 20_000_000L;

  private ExecutorService threads;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    server.setExecutor(threads);
    server.createContext("/three", exchange -> stream(exchange, 3));
    server.createContext("/endless", exchange -> stream(exchange, 100_000));
    server.createContext(
        "/plain",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("hi".getBytes(UTF_8));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void stream(HttpExchange exchange, int events) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(": hello\n\n".getBytes(UTF_8));
      for (int i = 0; i < events; i++) {
        LockSupport.parkNanos(BETWEEN);
        out.write(("id: " + i + "\ndata: {\"n\":" + i + "}\r\n\r\n").getBytes(UTF_8));
        out.flush();
      }
    }
  }

  private Run run(String step) throws Exception {
    int port = server.getAddress().getPort();
    return new LoadFixture()
        .rate(50)
        .lasting(Duration.ofMillis(400))
        .step(step)
        .run(URI.create("http://127.0.0.1:" + port));
  }

  @Test
  void theFirstByteOfAResponseThatComesInPiecesIsMeasuredApartFromItsEnd() throws Exception {
    Run run = run("get: /three");

    Histogram first = run.histogram("first.byte");
    Histogram whole = run.histogram("service.time");
    assertThat(first.getTotalCount()).isEqualTo(whole.getTotalCount()).isEqualTo(20);
    // Two more pieces follow the first, each after its pause.
    assertThat(whole.getMean() - first.getMean()).isGreaterThan(BETWEEN);
  }

  @Test
  void aResponseInOnePieceHasItsFirstByteAtItsEnd() throws Exception {
    Run run = run("get: /plain");

    assertThat(run.histogram("first.byte").getTotalCount()).isEqualTo(20);
    assertThat(run.histogram("first.byte").getMaxValue())
        .isLessThanOrEqualTo(run.histogram("service.time").getMaxValue());
  }

  private static String why(Run run) {
    return run.events("load.error").getFirst().message();
  }

  @Test
  void soManyEventsAreReadAndTimed() throws Exception {
    Run run = run("{ get: /endless, events: { count: 5 } }");
    assertThat(run.sum("errors")).isZero();
    assertThat(run.sum("requests")).isEqualTo(20);
    assertThat(run.sum("messages.received")).isEqualTo(100);
    assertThat(run.histogram("stream.first").getTotalCount()).isEqualTo(20);
    assertThat(run.histogram("stream.between").getTotalCount()).isEqualTo(80);
    assertThat(run.histogram("stream.first").getMinValue()).isGreaterThan(BETWEEN * 9 / 10);
    assertThat(run.histogram("latency").getMinValue()).isGreaterThan(5 * BETWEEN * 9 / 10);
    run.accountsFor(20);
  }

  @Test
  void aStreamIsReadToItsEndWhereNoCountIsWritten() throws Exception {
    Run run = run("{ get: /three, events: {} }");
    assertThat(run.sum("errors")).isZero();
    assertThat(run.sum("messages.received")).isEqualTo(60);
    run.accountsFor(20);
  }

  @Test
  void aStreamThatEndsTooEarlyIsAnError() throws Exception {
    Run run = run("{ get: /three, events: { count: 5 } }");
    assertThat(run.errors("check")).isEqualTo(20);
    assertThat(why(run)).isEqualTo("check: the stream ended after 3 of 5 events");
    run.accountsFor(20);
  }

  @Test
  void eventsThatDoNotComeInTimeAreATimeOut() throws Exception {
    Run run = run("{ get: /endless, events: { count: 1000, within: 300 ms } }");
    assertThat(run.errors("timeout")).isEqualTo(20);
    assertThat(why(run)).contains("events came within the time-out");
    run.accountsFor(20);
  }

  @Test
  void anAnswerOfAnotherKindIsAnError() throws Exception {
    Run run = run("{ get: /plain, events: { count: 1 } }");
    assertThat(run.errors("check")).isEqualTo(20);
    assertThat(why(run)).contains("content-type");
    run.accountsFor(20);
  }
}
