package dev.assay.observe.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.assay.api.problem.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is written for Prometheus and read from it. */
@Timeout(120)
class PrometheusRulesRefereeTest {

  @TempDir private Path folder;

  private static Slo slo(String address) {
    URI prometheus = URI.create(address);
    return new Slo(
        "api",
        "The API",
        "api",
        new Slo.Ratio(
            new SliSource.OfPrometheus(prometheus, "sum(http_requests_total{code!~\"5..\"})"),
            false,
            new SliSource.OfPrometheus(prometheus, "sum(http_requests_total)"),
            true),
        new Slo.Window(Duration.ofDays(30), Slo.Window.Unit.FIXED, 1, null, ZoneOffset.UTC),
        Slo.Method.OCCURRENCES,
        0.999,
        Duration.ofMinutes(1),
        0.999,
        Map.of(),
        Place.NONE);
  }

  @Test
  void promtoolTakesTheRules() throws Exception {
    boolean installed =
        List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
            .anyMatch(each -> Files.isExecutable(Path.of(each, "promtool")));
    assumeTrue(installed, "promtool (Debian: prometheus) is not installed");
    Path file = folder.resolve("rules.yml");
    Files.writeString(file, PrometheusRules.write(List.of(slo("http://127.0.0.1:9090"))));

    Process process =
        new ProcessBuilder("promtool", "check", "rules", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("SUCCESS: 8 rules found");
  }

  @Test
  void theGrowthOfCountersIsCountedAlsoOverARestart() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/api/v1/query_range",
        exchange -> {
          boolean good = exchange.getRequestURI().getQuery().contains("code!~");
          String values =
              good
                  ? "[100,\"90\"],[160,\"180\"],[220,\"45\"]"
                  : "[100,\"100\"],[160,\"200\"],[220,\"50\"]";
          byte[] body =
              ("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":["
                      + values
                      + "]}]}}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try (HttpClient http = HttpClient.newHttpClient()) {
      List<Tally> tallies =
          new PrometheusEvents(http)
              .read(
                  slo("http://127.0.0.1:" + server.getAddress().getPort()),
                  Instant.ofEpochSecond(0),
                  Instant.ofEpochSecond(300));

      assertThat(tallies)
          .containsExactly(
              new Tally(Instant.ofEpochSecond(160), 90, 100, ""),
              new Tally(Instant.ofEpochSecond(220), 45, 50, ""));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aSourceThatIsAwayIsSaidToBe() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() ->
              new PrometheusEvents(http)
                  .read(slo("http://127.0.0.1:1"), Instant.EPOCH, Instant.ofEpochSecond(60)))
          .hasMessageContaining("ASSAY-OBSERVE-012");
    }
  }
}
