package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.ServerKeys;
import dev.assay.server.observe.MonitorStanding;
import dev.assay.server.observe.MonitorStanding.State;
import dev.assay.server.observe.Watchroom;
import dev.assay.server.observe.Watchrooms;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectList;
import dev.assay.server.project.Projects;
import dev.assay.testkit.Chromium;
import dev.assay.testkit.LedgerEntries;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Projects are renamed, archived and brought back, on the page of settings and by programs. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(180)
class ArchiveTest {

  private static final String SETTINGS = "/projects/shop/settings";

  private static final Duration HOUR = Duration.ofHours(1);

  @Parameter Keeping keeping;
  @TempDir private Path folder;
  private FurnishedServer it;
  private String key;

  @BeforeEach
  void start() {
    it = new FurnishedServer(keeping.options(folder));
    ProjectKeys keys = it.server.bean(ProjectKeys.class);
    key = keys.make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private HttpResponse<String> ask(String method, String path, String body) {
    return it.owner.ask(
        method,
        "projects/shop" + path,
        key,
        body.getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Type", "application/json"));
  }

  private static String lines(List<LedgerEntry> entries) {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : entries) {
      lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n');
    }
    return lines.toString();
  }

  private void archive(boolean archived) {
    it.owner.post(SETTINGS, "/projects/shop/archive", Map.of("archived", String.valueOf(archived)));
  }

  @Test
  void anArchivedProjectTakesNoNewRunUntilItIsBack() {
    List<LedgerEntry> entries = LedgerEntries.everyKind();
    ask("POST", "/runs/begun/entries?from=0", lines(entries.subList(0, 3)));
    archive(true);

    HttpResponse<String> refused = ask("POST", "/runs/fresh/entries?from=0", lines(entries));
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body())
        .contains("ASSAY-SERVER-085", "the project 'shop' is archived", "bring it back");
    assertThat(ask("POST", "/ingest", "<testsuite/>").statusCode()).isEqualTo(409);
    String rest = lines(entries.subList(3, entries.size()));
    assertThat(ask("POST", "/runs/begun/entries?from=3", rest).statusCode()).isEqualTo(200);
    assertThat(it.owner.get("/projects/shop").body()).contains("begun", "is archived");

    archive(false);

    assertThat(ask("POST", "/runs/fresh/entries?from=0", lines(entries)).statusCode())
        .isEqualTo(200);
    assertThat(it.owner.get("/projects/shop").body()).contains("fresh").doesNotContain("archived:");
    assertThat(it.owner.get("/projects/shop/audit").body())
        .contains("project.archived", "project.returned");
  }

  @Test
  void anArchivedProjectIsOnAListOnlyWhereItIsAskedFor() {
    String all =
        it.server.bean(ServerKeys.class).make("all", EnumSet.of(Scope.READ), Duration.ofDays(1));
    assertThat(it.owner.get("/?archived=true").body()).contains("No project is archived");
    assertThat(ask("PUT", "", "{\"archived\":true}").body()).contains("\"archived\":\"20");

    assertThat(it.owner.get("/").body())
        .doesNotContain("/projects/shop\"")
        .contains("All of your projects are archived", "1 archived project");
    assertThat(it.owner.get("/?archived=true").body()).contains("/projects/shop\"");
    assertThat(it.owner.ask("projects", all).body()).isEqualTo("{\"projects\":[]}");
    assertThat(it.owner.ask("projects?archived=true", all).body()).contains("\"shop\"");

    assertThat(ask("PUT", "", "{\"archived\":false}").body()).doesNotContain("archived");
    assertThat(it.owner.get("/").body()).contains("/projects/shop\"");
  }

  @Test
  void nobodyIsToldOfAlertsOfAnArchivedProject() {
    ask("PUT", "/status-page", "{\"open\":true}");
    archive(true);
    String silent =
        "[{\"name\":\"shop-up\",\"check\":\"up\",\"schedule\":\"every 1 min\",\"from\":\"here\","
            + "\"alerting\":false,\"misfires\":0,\"overlaps\":0,"
            + "\"expected\":\"2026-01-01T00:00:00Z\"}]";
    assertThat(ask("PUT", "/monitors", silent).statusCode()).isEqualTo(200);
    it.owner.post("/", "/projects/new", Map.of("name", "cellar", "title", "The cellar"));
    String other =
        it.server
            .bean(ProjectKeys.class)
            .make("cellar", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    it.owner.ask(
        "PUT",
        "projects/cellar/monitors",
        other,
        silent.getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Type", "application/json"));

    // both are listened to in one go, so when one was found silent the other was looked at, too
    Chromium.await(() -> it.owner.get("/projects/cellar/alerts").body().contains("MonitorSilent"));
    assertThat(it.owner.get("/projects/shop/alerts").body()).doesNotContain("MonitorSilent");
    assertThat(it.owner.get("/status/shop").statusCode()).isEqualTo(200);
  }

  @Test
  void aMonitorThatWasSilentInTheArchiveGetsItsFullTimeAgain() {
    Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Watchroom room = it.server.bean(Watchrooms.class).of("shop");
    archive(true);
    // an agent that was heard of two hours ago, and had to be an hour ago
    room.monitors(told("shop-up", begun.minus(HOUR)), begun.minus(HOUR.multipliedBy(2)));
    assertThat(standing(begun)).isEqualTo(State.SILENT);

    archive(false);

    // all are listened to in one go, so when another was found silent this one was looked at, too
    it.owner.post("/", "/projects/new", Map.of("name", "cellar", "title", "The cellar"));
    it.server
        .bean(Watchrooms.class)
        .of("cellar")
        .monitors(told("cellar-up", begun.minus(HOUR)), begun.minus(HOUR));
    Chromium.await(() -> it.owner.get("/projects/cellar/alerts").body().contains("MonitorSilent"));
    assertThat(it.owner.get("/projects/shop/alerts").body()).doesNotContain("MonitorSilent");
    assertThat(ask("GET", "/monitors", "").body())
        .contains("\"state\":\"new\"", "\"expected\":\"" + begun.minus(HOUR) + "\"")
        .doesNotContain("returned");

    assertThat(standing(begun.plus(HOUR))).isEqualTo(State.NEW);
    assertThat(standing(Instant.now().plus(HOUR).plusSeconds(61))).isEqualTo(State.SILENT);

    // to come and go gives no more than that
    archive(true);
    archive(false);
    assertThat(standing(Instant.now().plus(HOUR).plusSeconds(61))).isEqualTo(State.SILENT);
    room.monitors(told("shop-up", begun.plusSeconds(60)), begun);
    assertThat(standing(begun.plusSeconds(121))).isEqualTo(State.SILENT);
  }

  private static List<Json> told(String name, Instant expected) {
    return JsonReader.read(
            "[{\"name\":\"%s\",\"check\":\"up\",\"schedule\":\"every hour\",\"from\":\"here\","
                    .formatted(name)
                + "\"alerting\":false,\"misfires\":0,\"overlaps\":0,\"expected\":\""
                + expected
                + "\"}]")
        .asArray();
  }

  private State standing(Instant at) {
    Project shop = it.server.bean(ProjectList.class).find("shop").orElseThrow();
    Watchroom room = it.server.bean(Watchrooms.class).of("shop");
    return MonitorStanding.of(room, it.server.bean(Projects.class).runs(shop), at)
        .getFirst()
        .state();
  }

  @Test
  void anAdminRenamesAProjectAndArchivesItAndNobodyElse() {
    assertThat(
            it.owner.post(SETTINGS, "/projects/shop/title", Map.of("title", "The new shop")).body())
        .contains("The new shop");
    assertThat(it.owner.get("/").body()).contains("The new shop");
    HttpResponse<String> wrong =
        it.owner.post(SETTINGS, "/projects/shop/title", Map.of("title", " "));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("A title has 1 to 100 characters.");

    Visitor operator = it.member("ola", "OPERATOR");
    for (String what : List.of("title", "archive")) {
      assertThat(operator.post("/account", "/projects/shop/" + what, Map.of()).statusCode())
          .isEqualTo(403);
    }
    assertThat(it.owner.postRaw("/projects/shop/archive", "archived=true").statusCode())
        .as("without the token of a form")
        .isEqualTo(403);
    assertThat(ask("PUT", "", "{}").statusCode()).isEqualTo(400);
  }
}
