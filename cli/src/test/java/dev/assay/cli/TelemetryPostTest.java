package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Subject;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.verdict.Decision;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.telemetry.TelemetryForm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run is told to systems that keep telemetry; their part is played here. */
class TelemetryPostTest {

  private final List<String> asked = new ArrayList<>();
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private String answer = "{}";
  private HttpServer collector;

  @BeforeEach
  void start() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/", this::answer);
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    asked.add(
        exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("api-key")
            + " "
            + new String(sent, StandardCharsets.UTF_8).substring(0, 10));
    int status = statuses.isEmpty() ? 200 : statuses.poll();
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    if (status / 100 == 3) {
      exchange.getResponseHeaders().set("Location", "/elsewhere");
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private List<String> send(TelemetryForm form) throws InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/otlp");
    try (TelemetryPost post =
        new TelemetryPost(form, address, Map.of("api-key", "k1"), Duration.ofMillis(1))) {
      return post.send(run(), null);
    }
  }

  private static RunReport run() {
    Instant at = Instant.parse("2026-03-04T09:30:00Z");
    Subject subject = new Subject("local", "3f2a1bc9", "main", false, null);
    RunSummary summary =
        new RunSummary(
            "20260304-093000-7k2m",
            "shop",
            "d",
            subject,
            at,
            at.plusSeconds(3),
            Decision.PASS,
            Ending.COMPLETED,
            2);
    return new RunReport(
        summary,
        "0.1.0",
        1,
        at.plusSeconds(3),
        Ending.COMPLETED,
        Decision.PASS,
        0,
        List.of(),
        List.of());
  }

  @Test
  void traceAndMetricsGoToTheirPathsWithTheHeaders() throws Exception {
    assertThat(send(TelemetryForm.OTLP)).isEmpty();
    assertThat(asked)
        .containsExactly("/otlp/v1/traces k1 {\"resource", "/otlp/v1/metrics k1 {\"resource");
  }

  @Test
  void datadogGetsItsSeriesAndThenTheEvent() throws Exception {
    assertThat(send(TelemetryForm.DATADOG)).isEmpty();
    assertThat(asked)
        .extracting(each -> each.substring(0, each.indexOf(' ')))
        .containsExactly("/otlp/api/v2/series", "/otlp/api/v1/events");
  }

  @Test
  void whatMayBeTriedAgainIs() throws Exception {
    statuses.addAll(List.of(503, 429, 200));
    assertThat(send(TelemetryForm.OTLP)).isEmpty();
    assertThat(asked).hasSize(4);
  }

  @Test
  void whatGoesOnFailingIsToldAfterFourTries() {
    statuses.addAll(List.of(503, 503, 503, 503));
    answer = "over \n capacity";
    assertThatThrownBy(() -> send(TelemetryForm.OTLP))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("it answers 503: over capacity");
    assertThat(asked).hasSize(4);
  }

  @Test
  void aWrongKeyIsNotTriedAgain() {
    statuses.add(403);
    assertThatThrownBy(() -> send(TelemetryForm.DATADOG))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("DD_API_KEY");
    assertThat(asked).hasSize(1);
  }

  @Test
  void keysAreNotTakenElsewhereByARedirect() {
    statuses.add(307);
    assertThatThrownBy(() -> send(TelemetryForm.OTLP)).hasMessageContaining("it answers 307");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatWasNotTakenIsTold() throws Exception {
    answer = "{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"too old\"}}";
    assertThat(send(TelemetryForm.OTLP)).containsExactly("too old", "too old");
  }

  @Test
  void nobodyThereIsSaidInWords() {
    collector.stop(0);
    assertThatThrownBy(() -> send(TelemetryForm.OTLP)).hasMessageContaining("nobody listens there");
  }
}
