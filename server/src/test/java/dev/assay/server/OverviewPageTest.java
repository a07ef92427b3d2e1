package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.testkit.Chromium;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a project does, as people and programs see it. */
@Timeout(180)
class OverviewPageTest {

  @TempDir private static Path folder;
  private static FurnishedServer it;
  private static String key;

  @BeforeAll
  static void threeRuns() {
    it = new FurnishedServer(folder.resolve("data"));
    key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    report("branch=main", 0);
    report("branch=main", 2);
    report("branch=topic&environment=stage", 0);
    Chromium.await(() -> overview("").array("checks").toString().contains("reports"));
  }

  @AfterAll
  static void stop() {
    it.close();
  }

  private static void report(String query, int failures) {
    HttpResponse<String> answer =
        it.owner.ask("POST", "projects/shop/ingest?" + query, key, WalkTest.junit(failures));
    assertThat(answer.statusCode()).isEqualTo(201);
  }

  private static Json.Obj overview(String query) {
    HttpResponse<String> answer = it.owner.ask("projects/shop/overview" + query, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonReader.read(answer.body()).asObject();
  }

  private static Json.Obj totals(String query) {
    return overview(query).object("totals");
  }

  @Test
  void runsAreCountedByBranchAndEnvironment() {
    assertThat(totals("").whole("runs")).isEqualTo(3);
    assertThat(totals("").whole("passed")).isEqualTo(2);
    assertThat(totals("?branch=main").whole("failed")).isEqualTo(1);
    assertThat(totals("?branch=topic&environment=stage").whole("runs")).isEqualTo(1);
    assertThat(totals("?branch=none").whole("runs")).isZero();
    assertThat(overview("").object("before").whole("runs")).isZero();
  }

  @Test
  void everyDayIsThereAndEveryCheckOfTheRunsThatWereAskedFor() {
    assertThat(overview("?days=7").array("days")).hasSize(7);
    assertThat(overview("?days=90").array("days")).hasSize(90);
    Json.Obj check = overview("?branch=main").array("checks").getFirst().asObject();
    assertThat(check.text("check")).isEqualTo("reports");
    assertThat(check.whole("runs")).isEqualTo(2);
    assertThat(check.whole("failed")).isEqualTo(1);
    assertThat(overview("?branch=none").array("checks")).isEmpty();
  }

  @Test
  void whatIsNoNumberOfDaysIsRefusedWhereProgramsAskAndPassedOverWherePeopleDo() {
    HttpResponse<String> refused = it.owner.ask("projects/shop/overview?days=8", key);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("use one of: 7, 30, 90");
    assertThat(it.owner.get("/projects/shop/overview?days=many").statusCode()).isEqualTo(200);
  }

  @Test
  void thePageSaysTheSameAndExportsIt() {
    String page = it.owner.get("/projects/shop/overview?days=7&branch=main").body();
    assertThat(page).contains("1 of 2 that were decided", "Where the time goes", "50 %");
    String path = "/projects/shop/overview?days=7&branch=main&format=csv&part=";
    assertThat(it.owner.get(path + "days").body())
        .startsWith("day,runs,passed,failed,undecided,")
        .contains(",2,1,1,0,");
    assertThat(it.owner.get(path + "checks").body())
        .startsWith("check,type,runs,passed,failed,")
        .contains("reports,", ",2,1,1,");
    assertThat(it.owner.get("/projects/shop/overview?part=board").body())
        .startsWith("<ul class=\"cards tiles\"")
        .doesNotContain("<html");
    assertThat(it.owner.get("/projects/shop/overview?branch=none").body())
        .contains("No run like that ended");
  }
}
