package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.database.ServerDatabase;
import dev.assay.testkit.LedgerEntries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Systems that keep telemetry are told of runs in their own way, as webhooks are. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(180)
class HookFormsTest {

  /** What came. */
  private record Came(String path, String key, String body) {}

  @Parameter Keeping keeping;
  @TempDir private Path folder;
  private final BlockingQueue<Came> came = new LinkedBlockingQueue<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private HttpServer receiver;
  private FurnishedServer it;
  private String key = "";

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::take);
    receiver.start();
    it =
        new FurnishedServer(
            new ServerOptions(
                folder.resolve("data"),
                InetAddress.getLoopbackAddress(),
                0,
                keeping.database(folder.resolve("data")),
                "http://assay.example",
                null,
                true,
                false));
    key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    exchange.sendResponseHeaders(refused.remove(path) ? 503 : 200, -1);
    exchange.close();
    came.add(
        new Came(path, String.valueOf(exchange.getRequestHeaders().getFirst("api-key")), body));
  }

  @AfterEach
  void stop() {
    it.close();
    receiver.stop(0);
  }

  private Came next() throws InterruptedException {
    Came next = came.poll(60, TimeUnit.SECONDS);
    assertThat(next).as("something that came").isNotNull();
    return next;
  }

  private HttpResponse<String> ask(String method, String path, String body) {
    return it.owner.ask(
        method, "projects/shop/" + path, key, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Json.Obj json(HttpResponse<String> answer) {
    return JsonReader.read(answer.body()).asObject();
  }

  private String wanted(String form, String header) {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/in/";
    return "{\"url\":\"" + url + "\",\"form\":\"" + form + "\"" + header + "}";
  }

  /** Makes one that hears also of old runs; its id. */
  private String make(String form, String header) {
    HttpResponse<String> made = ask("POST", "webhooks", wanted(form, header));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    int _ =
        it.server
            .bean(ServerDatabase.class)
            .ofAll(all -> all.sql("UPDATE webhook SET created = 0").update());
    return json(made).text("id");
  }

  private void upload(String run) {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : LedgerEntries.everyKind()) {
      lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n');
    }
    assertThat(ask("POST", "runs/" + run + "/entries?from=0", lines.toString()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aCollectorGetsATraceAndMetricsOfARunThatEnds() throws Exception {
    String hook = make("otlp", ",\"header\":\"api-key: k-1\"");
    upload("r1");

    Came trace = next();
    assertThat(trace.path()).isEqualTo("/in/v1/traces");
    assertThat(trace.key()).isEqualTo("k-1");
    assertThat(trace.body()).contains("http://assay.example/projects/shop/runs/r1");
    assertThat(JsonReader.read(trace.body()).asObject().array("resourceSpans")).hasSize(1);
    Came metrics = next();
    assertThat(metrics.path()).isEqualTo("/in/v1/metrics");
    assertThat(JsonReader.read(metrics.body()).asObject().array("resourceMetrics")).hasSize(1);
    Json.Obj told = json(ask("GET", "webhooks", "")).array("webhooks").getFirst().asObject();
    assertThat(told.text("id")).isEqualTo(hook);
    assertThat(told.text("form")).isEqualTo("otlp");
    assertThat(told.text("header")).isEqualTo("api-key");
    assertThat(it.owner.get("/projects/shop/webhooks").body())
        .contains("OpenTelemetry")
        .doesNotContain("k-1");
  }

  @Test
  void whatIsNotTakenIsToldAgain() throws Exception {
    String _ = make("otlp", "");
    refused.add("/in/v1/metrics");
    upload("r1");

    assertThat(next().path()).isEqualTo("/in/v1/traces");
    assertThat(next().path()).isEqualTo("/in/v1/metrics");
    assertThat(next().path()).isEqualTo("/in/v1/traces");
    assertThat(next().path()).isEqualTo("/in/v1/metrics");
  }

  @Test
  void datadogWantsAKeyAndGetsSeriesAndAnEvent() throws Exception {
    HttpResponse<String> without = ask("POST", "webhooks", wanted("datadog", ""));
    assertThat(without.statusCode()).isEqualTo(422);
    assertThat(without.body()).contains("DD-API-KEY");
    String _ = make("datadog", ",\"header\":\"api-key: k-2\"");
    upload("r1");

    Came series = next();
    assertThat(series.path()).isEqualTo("/in/api/v2/series");
    assertThat(series.key()).isEqualTo("k-2");
    Came event = next();
    assertThat(event.path()).isEqualTo("/in/api/v1/events");
    assertThat(event.body()).contains("/projects/shop/runs/r1");
  }

  @Test
  void aChangeKeepsTheHeaderUnlessAnotherIsGiven() throws Exception {
    String hook = make("otlp", ",\"header\":\"api-key: k-3\"");
    assertThat(ask("PUT", "webhooks/" + hook, wanted("otlp", "")).statusCode()).isEqualTo(200);
    assertThat(ask("POST", "webhooks/" + hook + "/test", "").statusCode()).isEqualTo(202);
    assertThat(next()).isEqualTo(new Came("/in/v1/traces", "k-3", "{\"resourceSpans\":[]}"));
    assertThat(
            json(ask("PUT", "webhooks/" + hook, wanted("otlp", ",\"header\":\"\""))).find("header"))
        .isNull();
    assertThat(ask("POST", "webhooks/" + hook + "/test", "").statusCode()).isEqualTo(202);
    assertThat(next().key()).isEqualTo("null");
  }

  @Test
  void aHeaderThatCannotBeSentIsRefused() {
    for (String header :
        new String[] {"nothing", "Host: elsewhere", "a b: c", "x: caf\\u00e9", "webhook-id: 1"}) {
      HttpResponse<String> made =
          ask("POST", "webhooks", wanted("otlp", ",\"header\":\"" + header + "\""));
      assertThat(made.statusCode()).as(header).isEqualTo(422);
      assertThat(made.body()).contains("Name: value");
    }
  }

  @Test
  void ofAnErasedRunNothingIsTold() throws Exception {
    refused.add("/in/v1/traces");
    String _ = make("otlp", "");
    upload("r1");
    assertThat(next().path()).isEqualTo("/in/v1/traces");
    assertThat(ask("DELETE", "runs/r1?why=asked+for", "").statusCode()).isEqualTo(200);
    assertThat(json(ask("GET", "deliveries", "")).array("deliveries")).isEmpty();
    assertThat(came).isEmpty();
  }
}
