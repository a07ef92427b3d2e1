package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectList;
import dev.assay.server.project.Projects;
import dev.assay.testkit.LedgerEntries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong is said as the product says things, with how to mend it. */
@Timeout(180)
class ErrorPagesTest {

  @TempDir private static Path folder;
  private static FurnishedServer it;
  private static String key;

  @BeforeAll
  static void start() {
    it = new FurnishedServer(folder);
    key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
  }

  @AfterAll
  static void stop() {
    it.close();
  }

  private static void isAPage(HttpResponse<String> answer, int status, String... words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body())
        .contains("<html lang=\"en\">", "<title>", "<main id=\"main\"", "assay.css")
        .contains(words)
        .doesNotContain("Whitelabel", "Exception", "timestamp");
  }

  @Test
  void anAddressThatIsNoneIsAPageWithAWayOut() {
    isAPage(it.owner.get("/no/such/page"), 403, "Not for you, or not there", "href=\"/\"");
    isAPage(it.owner.get("/projects/shop/no/such"), 404, "Not there", "href=\"/\"");
    isAPage(it.owner.get("/projects/shop/runs/none"), 404, "there is no run");
  }

  @Test
  void aFormWithoutItsTokenSaysHowToSendItAgain() {
    isAPage(
        it.owner.postRaw("/projects/shop/keys", "label=x"),
        403,
        "The form is too old",
        "load the page again");
  }

  @Test
  void whoMayNotIsToldSoAsAPage() {
    try (Visitor viewer = it.member("vera", "viewer")) {
      assertThat(viewer.get("/members").statusCode()).isEqualTo(403);
      isAPage(viewer.get("/members"), 403, "ask an admin of the project");
    }
  }

  @Test
  void aTextWithANulIsRefusedWhereverItComesFrom() {
    isAPage(
        it.owner.post("/projects/shop/settings", "/projects/shop/keys", Map.of("label", "a\0b")),
        400,
        "That was not understood");
    HttpResponse<String> refused =
        it.owner.ask(
            "POST",
            "projects/shop/keys",
            key,
            "{\"name\":\"a\\u0000b\",\"scopes\":[\"read\"]}".getBytes(StandardCharsets.UTF_8));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("NUL", "mend");
  }

  @Test
  void aValueOfAnotherKindAndAWayThatIsNoneAreExplained() {
    isAPage(
        it.owner.post(
            "/projects/shop/alerts",
            "/projects/shop/silences",
            Map.of("matchers", "a=\"b\"", "hours", "many", "comment", "x")),
        400,
        "That was not understood");
    isAPage(
        it.owner.post("/projects/shop/alerts", "/projects/shop/tests", Map.of()),
        405,
        "Not in this way");
  }

  @Test
  void aProgramIsToldTheSameAsAProblem() {
    for (HttpResponse<String> answer :
        List.of(
            it.owner.ask("projects/shop/nothing", key),
            it.owner.ask("DELETE", "projects/shop/checks", key, new byte[0]),
            it.owner.ask("projects/shop/runs?limit=many", key))) {
      assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 405);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .as(answer.body())
          .startsWith("application/problem+json");
      assertThat(answer.body()).contains("\"mend\":", "\"code\":\"ASSAY-SERVER-");
    }
  }

  @Test
  void everyStatusOfTheInterfaceIsAProblemOfItsOwn() {
    byte[] nothing = new byte[0];
    problem(it.owner.ask("projects/shop/runs/none", key), 404, "005", "Not there", "no run 'none'");
    problem(
        it.owner.ask("projects/shop/tests?order=nicest", key),
        400,
        "090",
        "That was not understood",
        "'nicest' is no order of tests",
        "use one of: slowest, ");
    problem(
        it.owner.ask("POST", "projects/shop/checks", key, nothing),
        405,
        "091",
        "Not in this way",
        "does not take this kind of request");
    problem(
        it.owner.ask("GET", "projects/shop/checks", key, nothing, Map.of("Accept", "image/png")),
        406,
        "092",
        "Not in this form",
        "asked for");
    problem(
        it.owner.ask("projects/shop/compare?with=a", key),
        422,
        "061",
        "That cannot be done",
        "one side has 0 runs",
        "name 1 to 20 runs");
    problem(
        it.owner.ask("POST", "projects/shop/ingest?commit=ab", key, anEmptyZip()),
        422,
        "061",
        "That cannot be done",
        "the zip holds no file",
        "put reports into it");
  }

  @Test
  void aRunThatGoesOnHasNoOutcomesYetAndSaysWhenToAskAgain() throws Exception {
    Project shop = it.server.bean(ProjectList.class).find("shop").orElseThrow();
    LedgerEntry opened =
        LedgerEntries.everyKind().stream()
            .filter(RunOpened.class::isInstance)
            .findFirst()
            .orElseThrow();
    it.server.bean(Projects.class).runs(shop).takeWhole("r-open", List.of(opened));

    problem(
        it.owner.ask("projects/shop/runs/r-open/outcomes", key),
        409,
        "093",
        "Not as things stand",
        "the run goes on",
        "ask again when it has ended");
  }

  private static byte[] anEmptyZip() {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("notes.txt"));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return zip.toByteArray();
  }

  private static void problem(
      HttpResponse<String> answer, int status, String code, String title, String... words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    Json.Obj problem = JsonReader.read(answer.body()).asObject();
    assertThat(problem.text("type")).isEqualTo("urn:assay:problem:ASSAY-SERVER-" + code);
    assertThat(problem.text("title")).isEqualTo(title);
    assertThat(problem.whole("status")).isEqualTo(status);
    assertThat(problem.text("detail") + " - " + problem.text("mend")).contains(words);
  }

  @Test
  void whatAPageRefusesIsTitledByItsStatus() {
    isAPage(
        it.owner.get("/projects/shop/compare?run=a&with=a"),
        404,
        "<h1>Not there</h1>",
        "there is no run 'a'");
    isAPage(
        it.owner.get("/projects/shop/compare?run=,&with=a"),
        422,
        "<h1>That cannot be done</h1>",
        "Name 1 to 20 runs on each side.");
  }

  @Test
  void noStatusIsSaidByAnotherOnesCode() {
    assertThat(StatusProblem.of(418)).isEqualTo(StatusProblem.NOT_UNDERSTOOD);
    assertThat(StatusProblem.of(504)).isEqualTo(StatusProblem.BROKEN);
    assertThat(StatusProblem.values())
        .allSatisfy(each -> {
          assertThat(StatusProblem.values())
              .filteredOn(other -> other.code().equals(each.code()))
              .extracting(StatusProblem::title)
              .containsOnly(each.title());
          assertThat(each.what()).endsWith(".");
          assertThat(each.mend()).endsWith(".");
        });
  }

  @Test
  void whatCurlCallsAFormIsTakenAsItWasSent() {
    byte[] report =
        "<testsuite name=\"a\"><testcase classname=\"a\" name=\"b&amp;c=d+e%20f\" time=\"1\"/></testsuite>"
            .getBytes(StandardCharsets.UTF_8);
    Map<String, String> curl = Map.of("Content-Type", "application/x-www-form-urlencoded");

    HttpResponse<String> sent =
        it.owner.ask("POST", "projects/shop/ingest?branch=a%2Fb+c&commit=ab", key, report, curl);

    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    String run = sent.body().replaceAll(".*\"run\":\"([^\"]+)\".*", "$1");
    assertThat(it.owner.ask("projects/shop/runs/" + run, key).body())
        .contains("\"branch\":\"a/b c\"", "\"decision\":\"pass\"");
    assertThat(it.owner.ask("projects/shop/runs/" + run + "/outcomes", key).body())
        .contains("b&c=d+e%20f");

    byte[] quarantine =
        ("{\"test\":\"a#b\",\"owner\":\"x\",\"reason\":\"y\",\"expires\":\""
                + LocalDate.now(ZoneOffset.UTC).plusDays(30)
                + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> put =
        it.owner.ask("PUT", "projects/shop/quarantine", key, quarantine, curl);
    assertThat(put.statusCode()).as(put.body()).isLessThan(300);
  }
}
