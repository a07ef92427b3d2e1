package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.testkit.Chromium;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the interface takes what programs send that is not quite right. */
@Timeout(180)
class MannersTest {

  private static final byte[] REPORT =
      "<testsuite name=\"s\"><testcase classname=\"A\" name=\"a\"/></testsuite>"
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] NOTHING = new byte[0];

  @TempDir private static Path folder;
  private static FurnishedServer it;
  private static String key;
  private static Visitor stranger;

  @BeforeAll
  static void start() {
    it = new FurnishedServer(folder.resolve("data"));
    key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    stranger = new Visitor(it.server.local());
  }

  @AfterAll
  static void stop() {
    stranger.close();
    it.close();
  }

  private static HttpResponse<String> ask(
      String method, String path, byte[] body, String... headers) {
    Map<String, String> all = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
    return it.owner.ask(method, "projects/shop" + path, key, body, all);
  }

  private static byte[] packed(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static Json.Obj problem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    Json.Obj problem = JsonReader.read(answer.body()).asObject();
    assertThat(problem.whole("status")).isEqualTo(status);
    assertThat(problem.text("type")).isEqualTo("urn:assay:problem:" + problem.text("code"));
    assertThat(problem.text("mend")).isNotBlank();
    return problem;
  }

  @Test
  void aPackedBodyIsUnpackedAndAnotherPackingIsRefused() throws IOException {
    String gzip = "Content-Encoding";
    assertThat(ask("POST", "/ingest", packed(REPORT), gzip, "gzip").statusCode()).isEqualTo(201);
    byte[] wanted = "{\"name\":\"CI\",\"scopes\":[\"read\"]}".getBytes(StandardCharsets.UTF_8);
    assertThat(ask("POST", "/keys", packed(wanted), gzip, "GZIP").statusCode()).isEqualTo(201);
    HttpResponse<String> brotli = ask("POST", "/ingest", REPORT, gzip, "br");
    problem(brotli, 415);
    assertThat(brotli.headers().firstValue("Accept-Encoding")).contains("gzip, identity");
    assertThat(problem(ask("POST", "/ingest", REPORT, gzip, "gzip"), 400).text("detail"))
        .contains("cannot be unpacked");
    byte[] cut = java.util.Arrays.copyOf(packed(REPORT), 30);
    problem(ask("POST", "/ingest", cut, gzip, "gzip"), 400);
    byte[] bomb = packed(new byte[1 << 20]);
    assertThat(problem(ask("POST", "/keys", bomb, gzip, "gzip"), 413).text("detail"))
        .contains("64 KiB");
  }

  @Test
  void whatIsMisspelledInAnAddressIsNotPassedOver() {
    assertThat(problem(ask("GET", "/runs?brnch=main", NOTHING), 400).text("mend"))
        .contains("did you mean 'branch'?");
    assertThat(problem(ask("GET", "/runs?decision=passs", NOTHING), 400).text("mend"))
        .contains("pass", "not run");
    assertThat(problem(ask("GET", "/runs?began=monitor", NOTHING), 400).text("mend"))
        .contains("did you mean 'monitors'?");
    assertThat(problem(ask("GET", "/runs?cursor=none", NOTHING), 400).text("mend"))
        .contains("next");
    assertThat(problem(ask("GET", "/audit/export?format=xml", NOTHING), 400).text("mend"))
        .contains("jsonl");
  }

  @Test
  void runsAreFilteredByTheWordsThatAnswersHave() {
    ask("POST", "/ingest", REPORT);
    String passed = ask("GET", "/runs?decision=pass", NOTHING).body();
    assertThat(passed).contains("\"decision\":\"pass\"");
    assertThat(ask("GET", "/runs?decision=PASS", NOTHING).body()).isEqualTo(passed);
    assertThat(ask("GET", "/runs?decision=not%20run", NOTHING).body()).isEqualTo("{\"runs\":[]}");
  }

  @Test
  void whoAsksForTheHeadOnlyGetsTheHeadersOfTheWhole() {
    ask("POST", "/ingest", REPORT);
    HttpResponse<String> whole = ask("GET", "/runs", NOTHING);
    HttpResponse<String> head = ask("HEAD", "/runs", NOTHING);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    String etag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(head.headers().firstValue("ETag")).contains(etag);
    assertThat(head.headers().firstValue("Content-Length"))
        .contains(String.valueOf(whole.body().getBytes(StandardCharsets.UTF_8).length));
    assertThat(ask("HEAD", "/runs", NOTHING, "If-None-Match", etag).statusCode()).isEqualTo(304);
  }

  @Test
  void oneKeyOfAReportIsNotTakenForAnother() {
    String once = "Idempotency-Key";
    String first = ask("POST", "/ingest?commit=a", REPORT, once, "b-1").body();
    assertThat(ask("POST", "/ingest?commit=a", REPORT, once, "b-1").body()).isEqualTo(first);
    byte[] other = "<testsuite><testcase name=\"b\"/></testsuite>".getBytes(StandardCharsets.UTF_8);
    problem(ask("POST", "/ingest?commit=a", other, once, "b-1"), 422);
    problem(ask("POST", "/ingest?commit=b", REPORT, once, "b-1"), 422);
  }

  @Test
  void aKeyIsAKeyHoweverItsSchemeIsWritten() throws IOException {
    String asked = "GET /api/v1/key HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ";
    assertThat(raw(asked + "bearer " + key + "\r\n\r\n")).startsWith("HTTP/1.1 200");
    assertThat(raw(asked + "Bearer none\r\n\r\n"))
        .startsWith("HTTP/1.1 401")
        .contains("WWW-Authenticate: Bearer error=\"invalid_token\"");
  }

  @Test
  void whatIsNoTextIsRefused() {
    byte[] latin =
        "{\"name\":\"gr\u00fcn\",\"scopes\":[\"read\"]}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(problem(ask("POST", "/keys", latin), 400).text("detail")).contains("UTF-8");
  }

  @Test
  void whatIsErasedIsInNoByteOfTheFolder() throws Exception {
    byte[] report =
        "<testsuite><testcase name='Zq7Name' classname='Zq7Class'><failure message='Zq7Said'/></testcase></testsuite>"
            .getBytes(StandardCharsets.UTF_8);
    Json.Obj made =
        JsonReader.read(ask("POST", "/ingest?branch=Zq7Branch&commit=Zq7Commit", report).body())
            .asObject();
    Chromium.await(() -> it.owner.get("/projects/shop/failures").body().contains("Zq7Said"));
    assertThat(bytes()).contains("Zq7");
    assertThat(ask("DELETE", "/runs/" + made.text("run") + "?why=asked", NOTHING).statusCode())
        .isEqualTo(200);
    assertThat(bytes()).doesNotContain("Zq7");
  }

  private static String bytes() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  /** What an HTTP client would not send. */
  private static String raw(String request) throws IOException {
    URI place = URI.create(it.server.local());
    try (Socket socket = new Socket(place.getHost(), place.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatReachesNoPageIsAnsweredInTheWordsOfTheProduct() throws IOException {
    String end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    for (String path : new String[] {"/api/v1/projects/shop/runs/%ff%fe", "/api/v1/..%2f..%2fx"}) {
      assertThat(raw("GET " + path + end))
          .startsWith("HTTP/1.1 400")
          .contains("application/problem+json", "ASSAY-SERVER-090", "mend")
          .doesNotContainIgnoringCase("tomcat", "<html");
    }
    assertThat(raw("GET /projects/%ff" + end))
        .startsWith("HTTP/1.1 400")
        .contains("That was not understood")
        .doesNotContain("HTTP Status");
  }

  @Test
  void whereSomebodyIsSentIsNotSaidByTheHeaderHost() throws IOException {
    String sent = "GET /projects/shop HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assertThat(raw(sent)).startsWith("HTTP/1.1 302").doesNotContain("evil.example");
  }

  @Test
  void whoAsksTooOftenFromOneAddressIsLeftWaitingAndNobodyElse() {
    String flood = "192.0.2.9";
    HttpResponse<String> refused = untilRefused("/api/v1/projects", flood);
    assertThat(problem(refused, 429).text("detail"))
        .isEqualTo("Without a key an address may ask 2000 times at once, and 100 times a second.");
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(untilRefused("/login", flood).body()).contains("Too often");
    assertThat(from("/api/v1/projects", "192.0.2.10").statusCode()).isEqualTo(401);
    assertThat(from("/health", flood).statusCode()).isEqualTo(200);
    Map<String, String> there = Map.of("X-Forwarded-For", flood);
    assertThat(it.owner.ask("GET", "projects/shop/runs", key, NOTHING, there).statusCode())
        .isEqualTo(200);
  }

  private static HttpResponse<String> untilRefused(String path, String address) {
    HttpResponse<String> answer = from(path, address);
    for (int i = 0; i < 20_000 && answer.statusCode() != 429; i++) {
      answer = from(path, address);
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    return answer;
  }

  private static HttpResponse<String> from(String path, String address) {
    return stranger.get(path, Map.of("X-Forwarded-For", address));
  }
}
