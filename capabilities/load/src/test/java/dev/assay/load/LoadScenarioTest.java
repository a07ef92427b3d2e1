package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.load.LoadFixture.Run;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import dev.assay.testkit.ScriptedServer.Request;
import dev.assay.testkit.TestContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What users do: loops, branches, pauses, values kept, data fed, cookies, redirects. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadScenarioTest {

  private final List<Request> seen = Collections.synchronizedList(new ArrayList<>());

  private ScriptedServer server(Function<Request, Reply> script) {
    return ScriptedServer.start(request -> {
      seen.add(request);
      return script.apply(request);
    });
  }

  private ScriptedServer ok() {
    return server(request -> Reply.status(200, "{\"id\": 7, \"more\": false}"));
  }

  private static String line(Request request) {
    return request.head().lines().findFirst().orElseThrow().replace(" HTTP/1.1", "");
  }

  private List<String> lines() {
    synchronized (seen) {
      return seen.stream().map(LoadScenarioTest::line).toList();
    }
  }

  private static Reply with(int status, String header, String body) {
    return Reply.of(
        "HTTP/1.1 "
            + status
            + " X\r\n"
            + header
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static LoadFixture load(int arrivals) {
    return new LoadFixture().rate(arrivals).lasting(Duration.ofSeconds(1)).connections(1);
  }

  @Test
  void aValueOfOneResponseGoesIntoTheNextRequest() throws Exception {
    try (ScriptedServer server =
        server(request ->
            line(request).equals("GET /first")
                ? with(200, "ETag: \"a b\"", "{\"items\":[{\"id\":\"x/1\"}],\"token=9z\":0}")
                : Reply.status(200, "{}"))) {
      Run run =
          load(3)
              .step(
                  """
                  get: /first
                  save: { id: "$.items[0].id", etag: "header:etag", token: "regex:token=([0-9a-z]+)" }
                  """)
              .step(
                  """
                  post: "/orders/${id}?t=${token}"
                  headers: { If-Match: "${etag}" }
                  json: { id: "${id}", quote: "${etag}", fixed: 2 }
                  """)
              .run(server.uri());
      assertThat(run.sum("errors")).isZero();
      run.accountsFor(3);
      assertThat(lines().get(1)).isEqualTo("POST /orders/x%2F1?t=9z");
      assertThat(seen.get(1).head())
          .contains("If-Match: \"a b\"\r\n")
          .contains("Content-Length: " + seen.get(1).body().length());
      assertThat(seen.get(1).body())
          .isEqualTo("{\"fixed\":2,\"id\":\"x/1\",\"quote\":\"\\\"a b\\\"\"}");
    }
  }

  @Test
  void aValueThatIsNotThereFailsTheFlow() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run =
          load(4)
              .step("{ get: /a, save: { x: \"$.nothing\" } }")
              .step("{ get: \"/b/${x}\" }")
              .run(server.uri());
      assertThat(run.errors("check")).isEqualTo(4);
      assertThat(run.requestsOf("GET /b/${x}")).isZero();
      assertThat(run.events("load.error").getFirst().message())
          .isEqualTo("check: nothing to save at $.nothing");
      run.accountsFor(4);
    }
  }

  @Test
  void whatIsExpectedOfHeadersAndBodyIsChecked() throws Exception {
    try (ScriptedServer server =
        server(request -> with(200, "Content-Type: text/plain", "{\"n\": 2.50, \"s\": \"a\"}"))) {
      LoadFixture met =
          load(5)
              .step(
                  """
                  get: /
                  expect:
                    status: 200
                    headers: { content-type: "~ plain", x-powered-by: absent }
                    body: { "$.n": "= 2.5", "$.s": a }
                    text: "~ n.: 2"
                  """);
      assertThat(met.run(server.uri()).sum("errors")).isZero();

      Run header =
          load(5).step("{ get: /, expect: { headers: { content-type: json } } }").run(server.uri());
      assertThat(header.errors("check")).isEqualTo(5);
      assertThat(header.events("load.error").getFirst().message())
          .isEqualTo("check: expected header content-type = json, got text/plain");
      // What was answered is in the latency, whatever was thought of the answer.
      assertThat(header.histogram("latency").getTotalCount()).isEqualTo(5);

      Run body =
          load(5).step("{ get: /, expect: { body: { \"$.n\": \"> 3\" } } }").run(server.uri());
      assertThat(body.errors("check")).isEqualTo(5);
      assertThat(body.events("load.error").getFirst().message())
          .isEqualTo("check: expected body $.n > 3");
    }
  }

  @Test
  void stepsAreRepeatedAndBranchesAreTaken() throws Exception {
    try (ScriptedServer server =
        server(request ->
            Reply.status(200, "{\"more\": " + (seen.size() % 7 != 0) + ", \"stock\": 3}"))) {
      Run run =
          load(1)
              .step(
                  """
                  repeat: 3
                  do:
                    - get: /again
                  """)
              .step("{ get: /stock, save: { stock: \"$.stock\", more: \"$.more\" } }")
              .step(
                  """
                  if: { "${stock}": "> 2" }
                  then: [ { get: /yes } ]
                  else: [ { get: /no } ]
                  """)
              .step(
                  """
                  while: { "${more}": true }
                  do: [ { get: /page, save: { more: "$.more" } } ]
                  """)
              .step(
                  "if: { \"${stock}\": \"= 4\" }\nthen: [ { get: /four } ]\nelse: [ { get: /end } ]")
              .run(server.uri());
      assertThat(lines())
          .containsExactly(
              "GET /again",
              "GET /again",
              "GET /again",
              "GET /stock",
              "GET /yes",
              "GET /page",
              "GET /page",
              "GET /end");
      assertThat(run.sum("errors")).isZero();
      run.accountsFor(1);
    }
  }

  @Test
  void aLoopThatWouldNeverEndIsBounded() throws Exception {
    try (ScriptedServer server = ok()) {
      load(1).step("while: { \"1\": \"= 1\" }\nat most: 5\ndo: [ { get: /x } ]").run(server.uri());
      assertThat(lines()).hasSize(5);
    }
  }

  @Test
  void branchesAreChosenByTheirWeightsAndTheSeed() throws Exception {
    List<String> first = chosen(42);
    List<String> again = chosen(42);
    assertThat(again).isEqualTo(first);
    assertThat(chosen(43)).isNotEqualTo(first);
    Map<String, Long> counts =
        first.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(counts.get("GET /often")).isBetween(330L, 390L);
    assertThat(counts.get("GET /seldom")).isBetween(10L, 70L);
  }

  private List<String> chosen(long seed) throws Exception {
    seen.clear();
    try (ScriptedServer server = ok()) {
      load(400)
          .step(
              """
              choose:
                - { weight: 9, do: [ { get: /often } ] }
                - { weight: 1, do: [ { get: /seldom } ] }
              """)
          .run(new TestContext(Path.of("."), Path.of("."), server.uri(), seed));
      return List.copyOf(lines());
    }
  }

  @Test
  void aPauseGivesTheConnectionBackAndIsNoLatency() throws Exception {
    try (ScriptedServer server = ok()) {
      Run run = load(20).get("/a").step("pause: 500 ms").get("/b").run(server.uri());
      run.accountsFor(20);
      assertThat(run.sum("errors")).isZero();
      // While one user pauses, the others use the only connection.
      assertThat(server.connections()).isEqualTo(1);
      assertThat(lines().subList(0, 5)).containsOnly("GET /a");
      assertThat(run.histogram("latency").getMaxValue()).isLessThan(400_000_000L);
    }
  }

  @Test
  void eachPassTakesOneRecordOfAFeeder(@TempDir Path folder) throws Exception {
    StringBuilder csv = new StringBuilder("id,name\n");
    IntStream.range(0, 40).forEach(i -> csv.append(i).append(",\"n ").append(i).append("\"\n"));
    Files.writeString(folder.resolve("people.csv"), csv);
    try (ScriptedServer server = ok()) {
      new LoadFixture()
          .rate(100)
          .connections(4)
          .cores(2)
          .with("feeders: { people: { csv: people.csv } }")
          .step("{ get: \"/p/${people.id}/${people.name}\" }")
          .step("{ get: \"/q/${people.id}\" }")
          .run(new TestContext(folder, folder, server.uri()));
      Map<String, Long> counts =
          lines().stream()
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
      assertThat(counts.get("GET /p/7/n%207")).isEqualTo(3);
      assertThat(counts.get("GET /q/7")).isEqualTo(3);
      assertThat(counts.get("GET /q/39")).isEqualTo(2);
    }
  }

  @Test
  void aFeederThatMustRunOutIsRefusedBeforeAnythingIsSent(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("people.csv"), "id\n1\n2\n");
    try (ScriptedServer server = ok()) {
      assertThatThrownBy(() ->
              load(3)
                  .with("feeders: { people: { csv: people.csv, take: in order } }")
                  .step("{ get: \"/${people.id}\" }")
                  .run(new TestContext(folder, folder, server.uri())))
          .hasMessageContaining("people")
          .hasMessageContaining("2");
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void usersOfAClosedModelStopWhenTheFeederIsEmptyAndSaySo(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("people.csv"), "id\n1\n2\n3\n4\n5\n");
    try (ScriptedServer server = ok()) {
      Run run =
          new LoadFixture()
              .model("users: 2\nfor: 20s")
              .with("feeders: { people: { csv: people.csv, take: in order } }")
              .step("{ get: \"/${people.id}\" }")
              .run(new TestContext(folder, folder, server.uri()));
      assertThat(lines())
          .containsExactlyInAnyOrder("GET /1", "GET /2", "GET /3", "GET /4", "GET /5");
      assertThat(run.events("load.feeder-empty")).hasSize(1);
      assertThat(run.findings()).isEmpty();
    }
  }

  @Test
  void generatedDataIsTheSameForTheSameSeed() throws Exception {
    Map<Long, List<String>> sent = new LinkedHashMap<>();
    for (long seed : new long[] {5, 5, 6}) {
      seen.clear();
      try (ScriptedServer server = ok()) {
        load(20)
            .with("feeders: { made: { generate: { key: \"uuid()\", n: \"number(1, 9)\" } } }")
            .step("{ get: \"/${made.key}/${made.n}\" }")
            .run(new TestContext(Path.of("."), Path.of("."), server.uri(), seed));
      }
      List<String> lines = List.copyOf(lines());
      assertThat(lines).hasSize(20).doesNotHaveDuplicates();
      if (sent.containsKey(seed)) {
        assertThat(lines).isEqualTo(sent.get(seed));
      }
      sent.values()
          .forEach(before -> assertThat(lines.equals(before)).isEqualTo(sent.containsKey(seed)));
      sent.put(seed, lines);
    }
  }

  @Test
  void eachUserKeepsItsOwnCookies() throws Exception {
    try (ScriptedServer server =
        server(request ->
            line(request).equals("GET /login")
                ? with(
                    200,
                    "Set-Cookie: sid="
                        + request.number()
                        + "; Path=/; HttpOnly\r\n"
                        + "Set-Cookie: deep=1; Path=/deep\r\nSet-Cookie: safe=1; Secure",
                    "x")
                : Reply.status(200, "x"))) {
      load(3).with("cookies: true").get("/login").get("/deep/a").get("/b").run(server.uri());
      Map<String, List<Request>> by =
          seen.stream().collect(Collectors.groupingBy(LoadScenarioTest::line));
      List<String> sids = by.get("GET /b").stream().map(request -> cookie(request.head())).toList();
      assertThat(sids).hasSize(3).doesNotHaveDuplicates().allMatch(one -> one.matches("sid=\\d+"));
      assertThat(by.get("GET /deep/a"))
          .allSatisfy(request -> assertThat(cookie(request.head())).endsWith("; deep=1"));
      assertThat(by.get("GET /login"))
          .allSatisfy(request -> assertThat(request.head()).doesNotContain("Cookie"));
    }
  }

  private static String cookie(String head) {
    return head.lines()
        .filter(line -> line.startsWith("Cookie: "))
        .map(line -> line.substring(8))
        .findFirst()
        .orElse("");
  }

  @Test
  void redirectsAreFollowedAsFarAsAllowed() throws Exception {
    try (ScriptedServer server =
        server(request ->
            switch (line(request)) {
              case "POST /a" -> with(302, "Location: b?x=1", "");
              case "GET /b?x=1" -> with(307, "location: http://elsewhere.invalid/", "");
              case "GET /loop" -> with(301, "Location: /loop", "");
              case "GET /ok" -> with(301, "Location: /end", "");
              default -> Reply.status(200, "x");
            })) {
      Run ok = load(2).with("follow redirects: 2").get("/ok", "200").run(server.uri());
      assertThat(ok.sum("errors")).isZero();
      assertThat(ok.sum("requests")).isEqualTo(2);

      Run away =
          load(2).with("follow redirects: 3").step("{ post: /a, body: hello }").run(server.uri());
      assertThat(away.errors("check")).isEqualTo(2);
      assertThat(away.events("load.error").getFirst().message())
          .contains("elsewhere.invalid", "which is no server that a step of this check names");

      Run loop = load(1).with("follow redirects: 4").get("/loop", "200").run(server.uri());
      assertThat(loop.errors("status")).isEqualTo(1);
      assertThat(lines().stream().filter("GET /loop"::equals)).hasSize(5);
    }
  }

  @Test
  void stepsOfOneFlowGoToSeveralServers() throws Exception {
    try (ScriptedServer one = ok();
        ScriptedServer other = ScriptedServer.start(request -> Reply.status(200, "y"))) {
      Run run =
          load(10)
              .get("/a")
              .get("http://127.0.0.1:" + other.uri().getPort() + "/other")
              .get("/b")
              .run(one.uri());
      assertThat(run.sum("errors")).isZero();
      assertThat(one.requests()).isEqualTo(20);
      assertThat(other.requests()).isEqualTo(10);
      run.accountsFor(10);
    }
  }

  @Test
  void formsPartsAndFilesAreSentAsBodies(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a.txt"), "file's text");
    try (ScriptedServer server = ok()) {
      load(1)
          .with("feeders: { made: { generate: { id: sequence(7) } } }")
          .step("{ post: /form, form: { a b: \"c&d ${made.id}\", e: f } }")
          .step("{ post: /file, file: a.txt }")
          .step(
              """
              post: /parts
              multipart:
                - { name: n, value: "v${made.id}" }
                - { name: f, file: a.txt, type: text/plain }
              """)
          .run(new TestContext(folder, folder, server.uri()));
      assertThat(seen.get(0).body()).isEqualTo("a+b=c%26d+7&e=f");
      assertThat(seen.get(0).head()).contains("application/x-www-form-urlencoded");
      assertThat(seen.get(1).body()).isEqualTo("file's text");
      assertThat(seen.get(2).head()).contains("multipart/form-data; boundary=assay-");
      assertThat(seen.get(2).body())
          .contains("name=\"n\"\r\n\r\nv7\r\n")
          .contains(
              "name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nfile's text");
    }
  }

  @Test
  void requestsAreAuthenticated() throws Exception {
    try (ScriptedServer server = ok()) {
      load(1).with("auth: { basic: { user: kim, password: \"p:w\" } }").get("/").run(server.uri());
      load(1).with("auth: { bearer: abc }").get("/").run(server.uri());
      assertThat(seen.get(0).head()).contains("Authorization: Basic a2ltOnA6dw==\r\n");
      assertThat(seen.get(1).head()).contains("Authorization: Bearer abc\r\n");
    }
  }

  @Test
  void aStepHasItsOwnTimeOut() throws Exception {
    try (ScriptedServer server =
        server(request -> Reply.status(200, "x").after(Duration.ofMillis(600)))) {
      Run run =
          load(2)
              .connections(4)
              .step("{ get: /slow }")
              .step("{ get: /hasty, timeout: 200 ms }")
              .run(server.uri());
      assertThat(run.errors("timeout")).isEqualTo(2);
      assertThat(run.requestsOf("GET /slow")).isEqualTo(2);
      run.accountsFor(2);
    }
  }

  @Test
  void whatAStepCannotBeIsRefused() {
    assertThatThrownBy(() -> load(1).step("{ repeat: 3, do: [] }").run((URI) null))
        .hasMessageContaining("ASSAY-LOAD-015");
    assertThatThrownBy(() -> load(1).step("pause: 1s").run((URI) null))
        .hasMessageContaining("ASSAY-LOAD-002");
    assertThatThrownBy(() -> load(1).step("{ get: /, save: { a: \"$..b\" } }").run((URI) null))
        .hasMessageContaining("ASSAY-LOAD-016");
    assertThatThrownBy(() -> load(1).get("/").with("feeders: { a: { } }").run((URI) null))
        .hasMessageContaining("ASSAY-LOAD-022");
    assertThatThrownBy(() -> load(1).get("/${people.id}").run((URI) null))
        .hasMessageContaining("people.id");
  }
}
