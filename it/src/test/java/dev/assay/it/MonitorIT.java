package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of a monitor, with a shop that is broken and mended meanwhile. */
@Timeout(300)
class MonitorIT extends Scenario {

  private static final Path EXAMPLE =
      Path.of(System.getProperty("assay.root", "..")).resolve("examples/monitor");

  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  @SuppressWarnings("NullAway.Init") // JUnit calls what sets it
  private HttpServer shop;

  @BeforeEach
  void example() throws IOException {
    shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    shop.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(broken.get() ? 503 : 200, -1);
          exchange.close();
        });
    shop.createContext(
        "/hook",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    shop.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
    shop.start();
    for (String name : new String[] {"assay.yaml", "alerting.yml", "slos/shop.yaml"}) {
      write(
          name,
          Files.readString(EXAMPLE.resolve(name))
              .replace("8099", Integer.toString(shop.getAddress().getPort())));
    }
  }

  @AfterEach
  void close() {
    shop.stop(0);
  }

  private boolean told(String status) {
    return told.stream().anyMatch(each -> each.contains("\"status\":\"" + status + "\""));
  }

  @Test
  void aBrokenShopIsAnAlertAndAMendedOneIsItsEnd() {
    Running monitor = start("monitor", "assay.yaml", "--alerting", "alerting.yml", "--json");
    Wait.until(() -> told("firing"), () -> "nobody was told: " + monitor.err());
    assertThat(told.peek())
        .contains("\"alertname\":\"shop-up\"")
        .contains("\"service\":\"shop\"")
        .contains("\"run\":")
        .contains("\"evidence\":")
        .contains("expected status = 200, got 503");

    broken.set(false);
    Wait.until(
        () ->
            told.stream()
                .anyMatch(each ->
                    each.contains("}],\"commonAnnotations\"")
                        && each.contains("\"status\":\"resolved\"")),
        () -> "nobody was told that it is over: " + told);
    monitor.signal("TERM");
    assertThat(monitor.endsWithin(Duration.ofSeconds(90))).isTrue();

    assay("slo", "assay.yaml").with(1).printing("MISSED", "The shop answers", "FIRING");
    assay("ledger", "list").with(0).printing("no run yet");
    assay("ledger", "list", "--monitors").with(0).printing("pass", "fail");
    assay("ledger", "show", "monitor:shop-up").with(0).printing("run-opened/1", "PASS");
  }

  @Test
  void aMonitorThatHangsHoldsUpNoOther() {
    java.util.concurrent.CountDownLatch released = new java.util.concurrent.CountDownLatch(1);
    shop.createContext(
        "/slow",
        exchange -> {
          try {
            released.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    broken.set(false);
    write(
        "two.yaml",
        """
        workspace: two
        environments: { local: { url: "http://127.0.0.1:%d" } }
        checks:
          up: { http: [ { get: /health } ] }
          slow: { http: [ { get: /slow } ] }
        monitors:
          slow: { check: slow, every: 1s }
          up: { check: up, every: 1s }
        """
            .formatted(shop.getAddress().getPort()));

    Running monitor = start("monitor", "two.yaml", "--place", "frankfurt");
    Wait.until(
        () -> monitor.out().lines().filter(line -> line.contains("ms  up ")).count() >= 2,
        () -> "the other stood still: " + monitor.out() + monitor.err());
    Wait.until(
        () -> monitor.out().contains("OVERLAP      slow"),
        () -> "it was not said that it overlaps: " + monitor.out());
    assertThat(monitor.out()).doesNotContain("ms  slow ");
    released.countDown();
    monitor.signal("TERM");
    assertThat(monitor.endsWithin(Duration.ofSeconds(90))).isTrue();
    assay("ledger", "verify").with(0);
    assay("ledger", "list", "--monitors", "--json").with(0).printing("\"place\": \"frankfurt\"");
  }

  @Test
  void whatIsWrongInAnObjectiveIsToldAtItsPlace() {
    write(
        "slos/shop.yaml",
        read("slos/shop.yaml").replace("check: up, count: all", "check: up, count: al"));

    assay("slo", "assay.yaml")
        .with(3)
        .saying("shop.yaml:", "'al' is nothing to count", "did you mean 'all'");
  }
}
