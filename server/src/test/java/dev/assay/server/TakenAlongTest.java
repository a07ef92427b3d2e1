package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.testkit.Chromium;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every table of every page is there as CSV and as JSON, for those who see the page. */
@Timeout(180)
class TakenAlongTest {

  private static final Pattern LINK = Pattern.compile("href=\"([^\"]*format=(csv|json)[^\"]*)\"");
  private static final Pattern SECRET =
      Pattern.compile("(assay_|whsec_|/join/)[0-9A-Za-z_+/=]{20,}");

  @TempDir private static Path folder;
  private static FurnishedServer furnished;
  private static String key;
  private static final List<String> RUNS = new ArrayList<>();

  @BeforeAll
  static void start() {
    furnished = new FurnishedServer(folder.resolve("data"));
    key =
        furnished
            .server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    Visitor _ = furnished.member("ada", "developer");
    post("/members", "/members/invitations", Map.of());
    post("/projects/shop/members", "/projects/shop/invitations", Map.of("role", "viewer"));
    post("/keys", "/keys", Map.of("label", "ours", "scopes", "read"));
    post(
        "/projects/shop/webhooks",
        "/projects/shop/webhooks",
        Map.of("url", "https://93.184.216.34/assay", "events", "run.finished"));
    post(
        "/projects/shop/alerts",
        "/projects/shop/silences",
        Map.of("matchers", "alertname=\"Slow\"", "hours", "2", "comment", "known, since today"));
    tell(
        "POST",
        "projects/shop/alertmanager/api/v2/alerts",
        "[{\"labels\":{\"alertname\":\"Down\",\"service\":\"shop\"},"
            + "\"annotations\":{\"summary\":\"=it is down\"}}]");
    tell(
        "PUT",
        "projects/shop/monitors",
        "[{\"name\":\"shop-up\",\"check\":\"smoke\",\"schedule\":\"every 1 min\","
            + "\"from\":\"here\",\"place\":\"office\",\"expected\":\"2001-01-01T00:00:00Z\","
            + "\"alerting\":false,\"misfires\":1,\"overlaps\":0}]");
    for (int failures = 0; failures < 2; failures++) {
      HttpResponse<String> answer =
          furnished.owner.ask(
              "POST", "projects/shop/ingest?branch=main", key, WalkTest.junit(failures));
      RUNS.add(answer.body().replaceAll(".*\"run\":\"([^\"]+)\".*", "$1"));
    }
  }

  @AfterAll
  static void stop() {
    furnished.close();
  }

  private static void post(String page, String path, Map<String, String> fields) {
    assertThat(furnished.owner.post(page, path, fields).statusCode()).as(path).isEqualTo(200);
  }

  private static void tell(String method, String path, String body) {
    HttpResponse<String> answer =
        furnished.owner.ask(method, path, key, body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static List<String> files(String page) {
    List<String> links = new ArrayList<>();
    Matcher link = LINK.matcher(page);
    while (link.find()) {
      links.add(link.group(1).replace("&amp;", "&"));
    }
    return links;
  }

  private static Json.Obj json(String text) {
    try {
      return JsonReader.read(text).asObject();
    } catch (JsonException wrong) {
      throw new AssertionError(text, wrong);
    }
  }

  @Test
  void everyTableIsThereAsCsvAndAsJson() {
    Map<String, Integer> tables =
        Map.of(
            "/members", 2,
            "/keys", 1,
            "/projects/shop", 1,
            "/projects/shop/members", 2,
            "/projects/shop/settings", 1,
            "/projects/shop/webhooks", 2,
            "/projects/shop/alerts", 3,
            "/projects/shop/monitors", 1);
    // an alert that came makes an incident, and a finished run a delivery, in a moment
    Chromium.await(() -> page("/projects/shop/alerts").contains("part=incidents"));
    Chromium.await(() -> page("/projects/shop/webhooks").contains("part=deliveries"));
    tables.forEach((path, count) -> {
      List<String> files = files(page(path));
      assertThat(files).as(path).hasSize(2 * count);
      files.forEach(TakenAlongTest::isFull);
    });
  }

  private static String page(String path) {
    return furnished.owner.get(path).body();
  }

  private static void isFull(String link) {
    HttpResponse<String> file = furnished.owner.get(link);
    assertThat(file.headers().firstValue("Content-Disposition").orElse("")).contains("attachment");
    assertThat(file.body()).as(link).doesNotContainPattern(SECRET);
    if (link.contains("format=csv")) {
      assertThat(file.body().lines().count()).as(link + file.body()).isGreaterThan(1);
      assertThat(file.body().lines()).as(link).noneMatch(line -> line.matches("(.*,)?=.*"));
    } else {
      Json rows = json(file.body()).members().values().iterator().next();
      assertThat(((Json.Array) rows).items()).as(link).isNotEmpty();
    }
  }

  @Test
  void whoMayNotSeeAPageMayNotTakeItsTables() {
    try (Visitor viewer = furnished.member("vera", "viewer")) {
      for (String page : List.of("members", "webhooks", "settings")) {
        assertThat(viewer.get("/projects/shop/" + page + "?format=csv").statusCode())
            .as(page)
            .isIn(403, 404);
      }
      assertThat(viewer.get("/members?format=csv").statusCode()).isIn(403, 404);
      assertThat(viewer.get("/keys?format=json").statusCode()).isIn(403, 404);
      assertThat(viewer.get("/projects/shop/alerts?part=incidents&format=csv").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aRunAndAComparisonAreThereAsJson() {
    String run = "/projects/shop/runs/" + RUNS.get(1);
    String compared = "/projects/shop/compare?run=" + RUNS.get(1) + "&with=" + RUNS.get(0);
    assertThat(page(run)).contains("part=report&amp;format=json");
    assertThat(json(page(run + "?part=report&format=json")).text("run")).isEqualTo(RUNS.get(1));

    assertThat(files(page(compared))).hasSize(2);
    assertThat(page(compared + "&format=csv")).startsWith("answer,check,metric,unit,before");
    assertThat(json(page(compared + "&format=json")).text("answer")).isEqualTo("worse");
  }
}
