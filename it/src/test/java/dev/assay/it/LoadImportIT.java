package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code assay load import}, and the run of what it wrote. */
class LoadImportIT extends Scenario {

  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Map<String, String> orders = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger(100);
  private final AtomicInteger seen = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  /** A shop that refuses every session, token and order but those it gave to that very user. */
  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    threads.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    List<String> cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
    String session = String.join("; ", cookies).replaceAll(".*sid=([^;]*).*", "$1");
    if (call.equals("GET /login")) {
      String fresh = "s" + ids.incrementAndGet();
      tokens.put(fresh, "nonce-" + ids.incrementAndGet());
      exchange.getResponseHeaders().set("Set-Cookie", "sid=" + fresh + "; Path=/; HttpOnly");
      answer(
          exchange,
          200,
          "text/html",
          "<input type=\"hidden\" name=\"csrf\" value=\"" + tokens.get(fresh) + "\">");
    } else if (call.equals("POST /login")) {
      String wanted = "csrf=" + tokens.get(session) + "&password=p w&user=kim";
      answerIf(same(wanted, body), exchange, 204, call + " " + body, "");
    } else if (call.equals("POST /orders")) {
      String id = String.valueOf(ids.incrementAndGet());
      orders.put(session, id);
      boolean good = body.contains("\"note\":\"${5} each\"") && tokens.containsKey(session);
      answerIf(good, exchange, 201, call + " " + body, "{\"id\":" + id + "}");
    } else {
      boolean own = call.equals("GET /orders/" + orders.get(session));
      answerIf(own, exchange, 200, call, "{}");
    }
  }

  private static boolean same(String wanted, String body) {
    String[] fields = URLDecoder.decode(body, StandardCharsets.UTF_8).split("&");
    java.util.Arrays.sort(fields);
    return String.join("&", fields).equals(wanted);
  }

  private void answerIf(boolean good, HttpExchange exchange, int status, String call, String text)
      throws IOException {
    if (!good) {
      refused.add(call);
    }
    answer(exchange, good ? status : 403, "application/json", text);
  }

  private void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    seen.incrementAndGet();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String entry(
      String method, String path, String type, String body, int status, String mime, String text) {
    String data =
        body.isEmpty()
            ? ""
            : ",\"postData\":{\"mimeType\":\"" + type + "\",\"text\":" + quoted(body) + "}";
    return """
    {"startedDateTime":"2026-01-01T00:00:00Z","time":1,
     "request":{"method":"%s","url":"https://recorded.example.com%s","headers":[
       {"name":"Cookie","value":"sid=old-session"},{"name":"sec-fetch-mode","value":"cors"}]%s},
     "response":{"status":%d,"headers":[{"name":"Set-Cookie","value":"sid=old-session; Path=/"}],
       "content":{"mimeType":"%s","text":%s}}}
    """
        .formatted(method, path, data, status, mime, quoted(text));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @Test
  void aRecordingIsReplayedWithWhatTheServerGivesNow() {
    String form = "application/x-www-form-urlencoded";
    write(
        "shop.har",
        "{\"log\":{\"version\":\"1.2\",\"entries\":["
            + String.join(
                ",",
                entry(
                    "GET",
                    "/login",
                    "",
                    "",
                    200,
                    "text/html",
                    "<input type=\"hidden\" name=\"csrf\" value=\"nonce-1\">"),
                entry(
                    "POST",
                    "/login",
                    form,
                    "user=kim&password=recorded-secret&csrf=nonce-1",
                    204,
                    "",
                    ""),
                entry(
                    "POST",
                    "/orders",
                    "application/json",
                    "{\"note\":\"${5} each\"}",
                    201,
                    "application/json",
                    "{\"id\":7}"),
                entry("GET", "/orders/7", "", "", 200, "application/json", "{\"id\":7}"))
            + "]}}");

    assay("load", "import", "har", "shop.har", "--url", url())
        .with(0)
        .printing("wrote assay.yaml: 4 requests in one pass");
    String yaml = read("assay.yaml");
    assertThat(yaml).contains("${secret.password}").doesNotContain("recorded-secret");
    write("assay.yaml", yaml.replace("for: 30s", "for: 2s").replace("warm up: 2s", "warm up: 0s"));
    environment("SHOP_PASSWORD", "p w");
    Ended ended = assay("run");

    // a machine that is busy makes the verdict inconclusive, never the requests wrong
    assertThat(ended.code()).as(ended.out() + ended.err()).isIn(0, 2);
    assertThat(refused).isEmpty();
    assertThat(seen.get()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void commandLinesAreReplayed() {
    write("calls.txt", "curl " + url() + "/login; curl -X POST '" + url() + "/orders' -d x=1");

    assay("load", "import", "curl", "calls.txt", "-o", "-")
        .with(0)
        .printing("workspace: calls", "url: " + url(), "- get: /login", "form: { x: \"1\" }");
  }

  @Test
  void nothingIsReplacedUnlessAskedFor() throws IOException {
    write("calls.txt", "curl http://127.0.0.1/ -F f=@photo.png");
    workspace("workspace: mine\n");

    assay("load", "import", "curl", "calls.txt").with(3).saying("ASSAY-CLI-004", "--force");
    assertThat(read("assay.yaml")).isEqualTo("workspace: mine\n");

    assay("load", "import", "curl", "calls.txt", "--force")
        .with(0)
        .saying("to do: put the file 'photo.png' beside the workspace");
    assertThat(read("assay.yaml")).contains("workspace: calls");
    try (var files = Files.list(folder())) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void aMistakeIsShownAtItsPlace() {
    write("broken.har", "{\"log\": {\n  \"entries\": [ {\"request\": 7} ]\n}}\n");

    assay("load", "import", "har", "broken.har")
        .with(3)
        .saying("ASSAY-LOAD-303", "broken.har:2:28", "'log.entries[0].request' is not an object");
    assay("load", "import", "openapi", "missing.yaml").with(3).saying("ASSAY-LOAD-309");
    assay("load", "import", "wsdl", "broken.har").with(3).saying("ASSAY-CLI-001");
    assay("explain", "ASSAY-LOAD-305").with(0).printing("$ref");
  }
}
