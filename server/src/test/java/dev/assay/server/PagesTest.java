package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.project.ProjectList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What pages and the interface say of runs, of which all are made of reports of other tools. */
@Timeout(180)
class PagesTest {

  private static final String PASSWORD = "correct horse battery";

  @TempDir private static Path folder;
  private static RunningServer server;
  private static Visitor owner;
  private static String key;
  private static String good;
  private static String bad;

  @BeforeAll
  static void start() {
    server =
        RunningServer.start(
            new ServerOptions(
                folder.resolve("data"), InetAddress.getLoopbackAddress(), 0, null, null));
    server.bean(Members.class).add("owner", PASSWORD, true);
    server.bean(ProjectList.class).make("shop", "The shop");
    server.bean(ProjectList.class).make("bare", "Bare");
    key =
        server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    owner = new Visitor(server.address());
    owner.post("/login", "/login", Map.of("username", "owner", "password", PASSWORD));
    good = run(ingest("?branch=main&commit=aaaaaaaaaaaaaaaa", junit(0)));
    bad = run(ingest("?branch=topic&commit=bbbbbbbbbbbbbbbb", junit(2)));
  }

  @AfterAll
  static void stop() {
    owner.close();
    server.close();
  }

  private static byte[] junit(int failures) {
    StringBuilder xml = new StringBuilder("<testsuite name=\"shop\" tests=\"60\" failures=\"");
    xml.append(failures).append("\">");
    for (int i = 0; i < 60; i++) {
      xml.append("<testcase classname=\"shop.OrderTest\" name=\"case").append(i);
      xml.append("\" time=\"0.").append(10 + i).append("\">");
      if (i < failures) {
        xml.append("<failure type=\"java.lang.AssertionError\" message=\"the total is wrong\"/>");
      }
      xml.append("</testcase>");
    }
    return xml.append("</testsuite>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> ingest(String query, byte[] body) {
    return owner.ask("POST", "projects/shop/ingest" + query, key, body);
  }

  private static Json.Obj json(HttpResponse<String> answer) {
    try {
      return JsonReader.read(answer.body()).asObject();
    } catch (dev.assay.api.json.JsonException wrong) {
      throw new AssertionError(answer.body(), wrong);
    }
  }

  private static String run(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return (String) text(json(answer), "run");
  }

  private static Object text(Json.Obj json, String name) {
    return ((Json.Text) java.util.Objects.requireNonNull(json.find(name))).value();
  }

  @Test
  void aReportOfAnotherToolBecomesARunThatIsJudged() {
    assertThat(owner.ask("projects/shop/runs/" + good, key).body())
        .contains("\"decision\":\"pass\"");
    assertThat(owner.ask("projects/shop/runs/" + bad, key).body())
        .contains("\"decision\":\"fail\"");

    HttpResponse<String> none = ingest("", "<html></html>".getBytes(StandardCharsets.UTF_8));
    assertThat(none.statusCode()).isEqualTo(422);
    assertThat(none.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    String empty = "<testsuite name=\"none\" tests=\"0\"></testsuite>";
    assertThat(ingest("", empty.getBytes(StandardCharsets.UTF_8)).body())
        .doesNotContain("\"decision\":\"pass\"");
  }

  @Test
  void howLongTheTestsOfAReportTookIsInTheHistoryOfTheirCheck() {
    assertThat(owner.ask("projects/shop/trend?id=reports", key).body()).contains("test.time");
    assertThat(owner.get("/projects/shop/check?id=reports").body()).contains("test.time");
  }

  @Test
  void theListOfRunsSaysWhichChecksDidNotPass() {
    Json.Obj exported = json(owner.get("/projects/shop?format=json"));
    Map<Object, Object> held = new HashMap<>();
    for (Json run : exported.array("runs")) {
      held.put(text(run.asObject(), "run"), text(run.asObject(), "heldBy"));
    }
    assertThat(held).containsEntry(bad, "reports").containsEntry(good, "");
    String page = owner.get("/projects/shop").body();
    String cell = "data-label=\"What did not pass\">";
    assertThat(cell(page, bad, cell)).isEqualTo("reports");
    assertThat(cell(page, good, cell)).isEmpty();
  }

  /** What stands in a cell of the row of a run. */
  private static String cell(String page, String run, String cell) {
    int at = page.indexOf(cell, page.indexOf("/runs/" + run + "\"")) + cell.length();
    return page.substring(at, page.indexOf("</td>", at)).strip();
  }

  @Test
  void aZipOfReportsIsOneRunAndItsNamesAreNoPaths() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../../TEST-evil.xml"));
      zip.write(junit(0));
      zip.putNextEntry(new ZipEntry("results/1-result.json"));
      zip.write(
          ("{\"uuid\":\"1\",\"name\":\"pays\",\"status\":\"passed\",\"start\":1,\"stop\":5,"
                  + "\"labels\":[{\"name\":\"suite\",\"value\":\"Checkout\"}]}")
              .getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("scan.sarif"));
      zip.write(
          ("{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"x\"}},"
                  + "\"results\":[{\"level\":\"error\",\"message\":{\"text\":\"bad\"}}]}]}")
              .getBytes(StandardCharsets.UTF_8));
    }
    String run = run(ingest("", bytes.toByteArray()));

    String page = owner.get("/projects/shop/runs/" + run + "?text=pays").body();
    assertThat(page).contains("pays", "Hold");
    assertThat(folder.resolve("TEST-evil.xml")).doesNotExist();
  }

  @Test
  void theSameRequestMakesTheSameRun() {
    Map<String, String> headers = Map.of("Idempotency-Key", "build-17");
    HttpResponse<String> first = owner.ask("POST", "projects/shop/ingest", key, junit(0), headers);
    HttpResponse<String> again = owner.ask("POST", "projects/shop/ingest", key, junit(0), headers);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void aRunShowsItsReasonsAndItsOutcomesPageByPage() {
    String page = owner.get("/projects/shop/runs/" + bad).body();
    assertThat(page)
        .contains("failed is 2, expected = 0", "case0", "the total is wrong", "before=3-");

    String filtered = owner.get("/projects/shop/runs/" + bad + "?result=failed").body();
    assertThat(filtered).contains("case1").doesNotContain("case2<");
    Json.Obj first = json(owner.ask("projects/shop/runs/" + bad + "/outcomes?limit=40", key));
    String next = (String) text(first, "next");
    Json.Obj rest =
        json(owner.ask("projects/shop/runs/" + bad + "/outcomes?limit=40&cursor=" + next, key));
    assertThat(rest.find("next")).isNull();
    assertThat(((Json.Array) rest.find("outcomes")).items()).hasSize(20);
  }

  @Test
  void runsAreFilteredAndExported() {
    assertThat(owner.get("/projects/shop?branch=topic").body()).contains(bad).doesNotContain(good);
    assertThat(owner.get("/projects/shop?stage=1").body()).contains(bad).doesNotContain(good);
    assertThat(owner.get("/projects/shop?environment=nowhere").body()).contains("None of the");
    HttpResponse<String> csv = owner.get("/projects/shop?format=csv&text=" + good);
    assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow()).contains("runs.csv");
    assertThat(csv.body().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("verdict,people,run");
    assertThat(owner.get("/projects/shop?format=json").body()).contains("\"run\":\"" + good + "\"");
  }

  @Test
  void failuresThatAreOneAreOneAndHaveAnOwner() {
    // that its page was looked at means that the run was read
    owner.get("/projects/shop/runs/" + bad);
    String failures = owner.get("/projects/shop/failures").body();
    assertThat(failures).contains("AssertionError: the total is wrong");
    String place = failures.split("href=\"/projects/shop/failures/")[1].split("\"")[0];
    String path = "/projects/shop/failures/" + place;

    owner.post(path, path + "/owner", Map.of("owner", "team-orders"));

    assertThat(owner.get(path).body()).contains("team-orders", "2 tests failed so", bad);
    assertThat(owner.ask("projects/shop/failures", key).body()).contains("team-orders");
  }

  @Test
  void testsAreListedAndPutInQuarantineForATime() {
    owner.get("/projects/shop/runs/" + bad);
    assertThat(owner.get("/projects/shop/tests?order=failing").body())
        .contains("shop.OrderTest#case0");
    String until = LocalDate.now(java.time.ZoneOffset.UTC).plusDays(20).toString();
    String page =
        owner
            .post(
                "/projects/shop/tests",
                "/projects/shop/quarantine",
                Map.of(
                    "test", "shop.OrderTest#case0",
                    "owner", "kim",
                    "reason", "ticket 4711",
                    "expires", until))
            .body();
    assertThat(page).contains("ticket 4711", until);
    assertThat(owner.ask("projects/shop/quarantine", key).body()).contains("ticket 4711");
    String late =
        owner
            .post(
                "/projects/shop/tests",
                "/projects/shop/quarantine",
                Map.of("test", "x", "owner", "kim", "reason", "y", "expires", "2001-01-01"))
            .body();
    assertThat(late).contains("A quarantine ends, within a year from now.");

    HttpResponse<String> lifted =
        owner.ask(
            "DELETE", "projects/shop/quarantine?test=shop.OrderTest%23case0", key, new byte[0]);
    assertThat(lifted.statusCode()).isEqualTo(200);
    assertThat(owner.get("/projects/shop/tests").body()).contains("No test is in quarantine");
  }

  @Test
  void aCheckHasItsWholeLifeOnOnePage() {
    owner.get("/projects/shop/runs/" + good);
    owner.get("/projects/shop/runs/" + bad);

    assertThat(owner.get("/projects/shop/checks").body())
        .contains("/projects/shop/check?id=reports");
    assertThat(owner.get("/projects/shop/check?id=reports").body())
        .contains(good, bad, "It passed in");
    assertThat(owner.get("/projects/shop/check?id=none").statusCode()).isEqualTo(404);
  }

  @Test
  void twoRunsAreCompared() {
    String page = owner.get("/projects/shop/compare?run=" + bad + "&with=" + good).body();

    assertThat(page).contains("Tests that fail and did not", "shop.OrderTest › case0");
    assertThat(owner.ask("projects/shop/compare?run=" + bad + "&with=" + good, key).body())
        .contains("case1");
    assertThat(owner.get("/projects/shop/compare?run=" + bad + "&with=" + bad).statusCode())
        .isEqualTo(422);
  }

  @Test
  void pagesWithoutARunTeachTheNextCommand() {
    assertThat(owner.get("/projects/bare").body()).contains("assay run --server");
    assertThat(owner.get("/projects/bare/checks").body()).contains("assay run --server");
    assertThat(owner.get("/projects/bare/tests").body()).contains("suite: { maven: . }");
    assertThat(owner.get("/projects/bare/failures").body()).contains("assay failures");
    assertThat(owner.get("/projects/bare/compare").body()).contains("assay compare --against main");
  }

  @Test
  void whatIsThereAlreadyIsNotSentAgain() {
    HttpResponse<String> first = owner.ask("projects/shop/runs/" + good, key);
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again =
        owner.ask(
            "GET", "projects/shop/runs/" + good, key, new byte[0], Map.of("If-None-Match", tag));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(first.headers().firstValue("RateLimit-Policy").orElseThrow()).contains("q=");
    assertThat(first.headers().firstValue("RateLimit").orElseThrow()).contains("r=");
  }

  @Test
  void theInterfaceIsDescribedAsItIs() {
    Json.Obj document = json(owner.get("/api/v1/openapi.json"));
    Set<String> described = new TreeSet<>();
    ((Json.Obj) document.find("paths"))
        .members()
        .forEach((path, verbs) ->
            ((Json.Obj) verbs)
                .members()
                .keySet()
                .forEach(
                    verb -> described.add(verb.toUpperCase(java.util.Locale.ROOT) + " " + path)));
    Set<String> mapped = new TreeSet<>();
    server
        .bean(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(route ->
            route.getPatternValues().stream()
                .filter(path -> path.startsWith("/api/"))
                .forEach(path ->
                    route
                        .getMethodsCondition()
                        .getMethods()
                        .forEach(verb -> mapped.add(verb + " " + path))));

    assertThat(document.find("openapi")).isEqualTo(Json.of("3.1.0"));
    assertThat(described).isEqualTo(mapped).hasSizeGreaterThan(15);
  }
}
