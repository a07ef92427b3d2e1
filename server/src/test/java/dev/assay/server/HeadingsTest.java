package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.testkit.Chromium;
import dev.assay.testkit.LedgerEntries;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever goes from heading to heading finds each page in order: one first heading, and none that
 * is two levels below the one before. Which pages there are is what Spring says, so that a new one
 * is looked at, too.
 */
@Timeout(180)
class HeadingsTest {

  private static final Pattern HEADING = Pattern.compile("<h([1-6])\\b");

  /** What is no page. */
  private static final Set<String> OTHERS =
      Set.of(
          "GET /assets/evidence.css",
          "GET /health",
          "GET /ready",
          "GET /metrics",
          "GET /rulings.pub",
          "GET /badge/{project}/{check}.svg",
          "GET /audit/export",
          "GET /projects/{name}/audit/export",
          "GET /projects/{name}/runs/{run}/events",
          "GET /projects/{name}/runs/{run}/rulings/{id}");

  /** Those that only somebody sees who is not logged in, and an end of a link that was used. */
  private static final Set<String> OUTSIDE =
      Set.of("GET /login", "GET /set-up/{link}", "GET /join/{link}");

  @TempDir private static Path folder;
  private static FurnishedServer it;
  private static String key;
  private static String good;
  private static String bad;

  @BeforeAll
  static void everythingThatPagesShow() {
    it = new FurnishedServer(folder.resolve("data"));
    key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "all", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    it.owner.post("/", "/projects/new", Map.of("name", "bare", "title", "Empty"));
    good = ingested("branch=main&commit=aaaaaaaaaaaa", WalkTest.junit(0));
    bad = ingested("branch=main&commit=bbbbbbbbbbbb", WalkTest.junit(2));
    List<LedgerEntry> all = LedgerEntries.everyKind();
    send("whole", all);
    send("live", all.subList(0, all.size() / 2));
    ask(
        "POST",
        "projects/shop/alertmanager/api/v2/alerts",
        "[{\"labels\":{\"alertname\":\"Down\",\"service\":\"shop\"}}]");
    ask(
        "PUT",
        "projects/shop/monitors",
        "[{\"name\":\"up\",\"check\":\"up\",\"schedule\":\"every 1 min\",\"from\":\"here\","
            + "\"alerting\":true,\"misfires\":0,\"overlaps\":0}]");
    ask("PUT", "projects/shop/status-page", "{\"open\":true}");
    Chromium.await(() -> !incidents().isEmpty());
    for (String run : List.of(good, bad, "whole")) {
      Chromium.await(() -> !page("/projects/shop/runs/" + run).contains("is being read"));
    }
  }

  @AfterAll
  static void stop() {
    it.close();
  }

  private static HttpResponse<String> ask(String method, String path, String body) {
    HttpResponse<String> answer =
        it.owner.ask(method, path, key, body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static String ingested(String query, byte[] report) {
    HttpResponse<String> answer =
        it.owner.ask("POST", "projects/shop/ingest?" + query, key, report);
    return JsonReader.read(answer.body()).asObject().text("run");
  }

  private static void send(String run, List<LedgerEntry> entries) {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : entries) {
      lines.append(new String(EncodedEntry.of(entry).bytes(), StandardCharsets.UTF_8)).append('\n');
    }
    HttpResponse<String> _ =
        ask("POST", "projects/shop/runs/" + run + "/entries", lines.toString());
  }

  private static List<Json> incidents() {
    return JsonReader.read(it.owner.ask("projects/shop/incidents", key).body()).asArray();
  }

  private static String page(String path) {
    return it.owner.get(path).body();
  }

  /** The pages, each with something to show, and some of them with more than one face. */
  private static List<String> addresses(String route) {
    String path = route.replaceFirst("GET ", "").replaceFirst("\\{(name|project)}", "shop");
    List<String> all = new ArrayList<>();
    if (path.contains("{run}")) {
      for (String run : List.of(good, bad, "whole", "live")) {
        all.add(path.replace("{run}", run));
      }
    } else if (path.endsWith("/check")) {
      all.add(path + "?id=reports");
      all.add(path + "?id=smoke");
    } else if (path.endsWith("/compare")) {
      all.add(path + "?run=" + bad + "&with=" + good);
      all.add(path);
    } else {
      all.add(
          path.replace("{fingerprint}", fingerprint())
              .replace("{incident}", incidents().getFirst().asObject().text("id")));
    }
    if (path.startsWith("/projects/shop") && !path.contains("{")) {
      all.add(path.replace("/shop", "/bare"));
    }
    return all;
  }

  private static String fingerprint() {
    Matcher link =
        Pattern.compile("/projects/shop/failures/([0-9a-f]+)")
            .matcher(page("/projects/shop/failures"));
    assertThat(link.find()).isTrue();
    return link.group(1);
  }

  /** What is wrong with the headings of a page; empty for nothing. */
  static String wrong(String html) {
    List<Integer> levels =
        HEADING.matcher(html).results().map(found -> Integer.valueOf(found.group(1))).toList();
    if (levels.isEmpty() || levels.getFirst() != 1 || levels.lastIndexOf(1) != 0) {
      return "it begins with no first heading, or has several: " + levels;
    }
    for (int i = 1; i < levels.size(); i++) {
      if (levels.get(i) > levels.get(i - 1) + 1) {
        return "h" + levels.get(i) + " comes after h" + levels.get(i - 1) + ": " + levels;
      }
    }
    return "";
  }

  @Test
  void noPageLeavesALevelOfItsHeadingsOut() {
    Map<String, String> wrong = new TreeMap<>();
    int looked = 0;
    for (String route : RoutesTest.routes(it.server)) {
      if (!route.startsWith("GET ") || route.startsWith("GET /api/") || OTHERS.contains(route)) {
        continue;
      }
      for (String address : OUTSIDE.contains(route) ? List.of(path(route)) : addresses(route)) {
        try (Visitor stranger = it.visitor()) {
          HttpResponse<String> page =
              OUTSIDE.contains(route) ? stranger.get(address) : it.owner.get(address);
          assertThat(page.headers().firstValue("Content-Type").orElse(""))
              .as(address + " " + page.statusCode())
              .startsWith("text/html");
          boolean there = page.statusCode() == 200;
          assertThat(there || OUTSIDE.contains(route) || address.contains("/bare/"))
              .as(address + " " + page.statusCode())
              .isTrue();
          String found = wrong(page.body());
          if (!found.isEmpty()) {
            wrong.put(address, found);
          }
          looked++;
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(looked).isGreaterThan(40);
  }

  private static String path(String route) {
    return route.replaceFirst("GET ", "").replace("{link}", "0".repeat(64));
  }

  @Test
  void aPageThatSaysWhatIsWrongHasAHeadingToo() {
    assertThat(wrong(page("/nowhere"))).isEmpty();
    assertThat(wrong(page("/projects/shop/runs/none"))).isEmpty();
  }

  @Test
  void whatIsLookedForIsFound() {
    assertThat(wrong("<h1>a</h1><h2>b</h2><h4>c</h4>")).contains("h4 comes after h2");
    assertThat(wrong("<h2>a</h2>")).contains("no first heading");
    assertThat(wrong("<h1>a</h1><h1>b</h1>")).contains("several");
    assertThat(wrong("<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>")).isEmpty();
  }
}
