package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.testkit.LedgerEntries;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/** What people decided on all runs of a project, on a page and for programs. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(180)
class ProjectRulingsTest {

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

  /** A run that is undecided, and that somebody overrides. */
  private void overridden(Visitor who, String run, String reason) {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : LedgerEntries.everyKind()) {
      lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    String path = "projects/shop/runs/" + run + "/entries?from=0";
    assertThat(it.owner.ask("POST", path, key, body).statusCode()).isEqualTo(200);
    who.post(
        "/account",
        "/projects/shop/runs/" + run + "/rulings",
        Map.of("kind", "override", "reason", reason));
  }

  private Json.Obj ask(String query) {
    HttpResponse<String> answer = it.owner.ask("projects/shop/rulings" + query, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonReader.read(answer.body()).asObject();
  }

  private List<String> runs(String query) {
    return ask(query).array("rulings").stream().map(each -> each.asObject().text("run")).toList();
  }

  private String page(String query) {
    return it.owner.get("/projects/shop/rulings" + query).body();
  }

  @Test
  void aProjectWithoutAnyTeachesHowToDecide() {
    assertThat(page(""))
        .contains("Nobody approved or overrode a run yet", "assay verdict --server");
    assertThat(runs("")).isEmpty();
  }

  @Test
  void allOfThemAreListedAndFoundByStateAuthorAndText() {
    Visitor ola = it.member("ola", "OPERATOR");
    overridden(it.owner, "r1", "the test is wrong, see T-7");
    overridden(ola, "r2", "a network that was away");
    String id = ask("?author=kim").array("rulings").getFirst().asObject().text("ruling");
    it.owner.post(
        "/account",
        "/projects/shop/runs/r1/rulings/" + id + "/withdraw",
        Map.of("reason", "T-7 is mended"));

    assertThat(runs("")).containsExactly("r2", "r1");
    assertThat(runs("?state=holds")).containsExactly("r2");
    assertThat(runs("?state=withdrawn")).containsExactly("r1");
    assertThat(runs("?state=ended")).isEmpty();
    assertThat(runs("?author=OLA")).containsExactly("r2");
    assertThat(runs("?text=t-7")).containsExactly("r1");
    assertThat(it.owner.ask("projects/shop/rulings?state=open", key).statusCode()).isEqualTo(400);
    assertThat(it.owner.ask("projects/shop/rulings?cursor=1", key).body())
        .contains("'1' is no cursor");

    assertThat(page(""))
        .contains("/projects/shop/runs/r1#people", "T-7 is mended", "a network that was away");
    assertThat(page("?state=holds")).contains("runs/r2").doesNotContain("runs/r1");
    assertThat(page("?author=nobody")).contains("None is like that");
    assertThat(page("?format=csv"))
        .startsWith("ruling,kind,state,run,decision,verdict,environment,author,reason,")
        .contains(",override,withdrawn,r1,", ",override,holds,r2,");
    assertThat(page("?format=json&author=ola")).contains("\"run\":\"r2\"").doesNotContain("r1");
  }

  @Test
  void allOfThemComePageByPageEachOnce() {
    for (int i = 0; i < 5; i++) {
      overridden(it.owner, "r" + i, "because of " + i);
    }

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Json.Obj page = ask("?limit=2&cursor=" + cursor);
      page.array("rulings").forEach(each -> seen.add(each.asObject().text("run")));
      cursor = page.findText("next");
    } while (cursor != null && seen.size() < 10);

    assertThat(seen).containsExactly("r4", "r3", "r2", "r1", "r0");
  }

  @Test
  void othersProjectsRulingsAreNotAmongThem() {
    overridden(it.owner, "r1", "the test is wrong");
    it.owner.post("/", "/projects/new", Map.of("name", "cellar", "title", "The cellar"));
    String other =
        it.server
            .bean(ProjectKeys.class)
            .make("cellar", "CI", EnumSet.of(Scope.READ), Duration.ofDays(1));

    assertThat(it.owner.ask("projects/cellar/rulings", other).body())
        .contains("\"rulings\":[]")
        .doesNotContain("r1");
    assertThat(it.owner.ask("projects/shop/rulings", other).statusCode()).isEqualTo(404);
  }
}
