package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.verdict.Decision;
import dev.assay.core.passport.JudgedRun;
import dev.assay.core.passport.PassportKeys;
import dev.assay.core.passport.Ruling;
import dev.assay.core.report.RunReport;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.keep.Backup;
import dev.assay.server.keep.Restore;
import dev.assay.server.project.ProjectList;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.testkit.Chromium;
import dev.assay.testkit.LedgerEntries;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People approve and override, signed; the verdict stays, and everybody sees who and why. */
@Timeout(180)
class RulingsTest {

  private static final String API = "projects/shop/runs/";

  @TempDir private Path folder;
  private FurnishedServer it;
  private String sends;
  private String decides;

  @BeforeEach
  void start() {
    it = new FurnishedServer(folder.resolve("data"));
    ProjectKeys keys = it.server.bean(ProjectKeys.class);
    sends = keys.make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    decides =
        keys.make("shop", "release", EnumSet.of(Scope.READ, Scope.OPERATE), Duration.ofDays(1));
    upload("passed", Decision.PASS);
    upload("failed", Decision.FAIL);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private void upload(String run, Decision decision) {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry each : LedgerEntries.everyKind()) {
      LedgerEntry entry =
          switch (each) {
            case LedgerEntry.RunClosed closed ->
                new LedgerEntry.RunClosed(closed.at(), closed.ending(), decision);
            case LedgerEntry.RunOpened opened ->
                new LedgerEntry.RunOpened(
                    opened.at(),
                    opened.workspace(),
                    opened.digest(),
                    opened.subject(),
                    opened.seed(),
                    opened.version(),
                    opened.checks(),
                    Map.of("started-by", "kim"));
            default -> each;
          };
      lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    assertThat(it.owner.ask("POST", API + run + "/entries?from=0", sends, body).statusCode())
        .isEqualTo(200);
  }

  private HttpResponse<String> decide(Visitor who, String run, Map<String, String> fields) {
    return who.post("/account", "/projects/shop/runs/" + run + "/rulings", fields);
  }

  private HttpResponse<String> ask(String method, String path, String key, String body) {
    return it.owner.ask(method, API + path, key, body.getBytes(StandardCharsets.UTF_8));
  }

  private Json.Obj rulings(String run) {
    return JsonReader.read(ask("GET", run + "/rulings", decides, "").body()).asObject();
  }

  private PublicKey key() {
    return PassportKeys.publicKey(it.visitor().get("/rulings.pub").body());
  }

  @Test
  void anOperatorOverridesAndTheVerdictStays() {
    Visitor operator = it.member("ola", "OPERATOR");
    Map<String, String> why = Map.of("kind", "override", "reason", "the test is wrong, see T-7");

    String page = decide(operator, "failed", why).body();
    assertThat(page).contains("Hold", "overridden until", "by ola", "the test is wrong, see T-7");
    assertThat(operator.get("/projects/shop").body()).contains("overridden until", "Hold");
    Json.Obj all = rulings("failed");
    assertThat(all.get("overridden")).isEqualTo(Json.of(true));
    assertThat(all.get("approved")).isEqualTo(Json.of(false));
    assertThat(ask("GET", "failed", sends, "").body()).contains("\"decision\":\"fail\"");

    Json.Obj one = all.array("rulings").getFirst().asObject();
    Ruling signed = ((Ruling.Valid) Ruling.open(one.text("statement"), key())).ruling();
    ProjectRuns runs =
        it.server
            .bean(Projects.class)
            .runs(it.server.bean(ProjectList.class).find("shop").orElseThrow());
    RunReport report = runs.report(runs.find("failed").orElseThrow());
    assertThat(signed.run()).isEqualTo(JudgedRun.of("shop", report));
    assertThat(Duration.between(signed.made(), signed.end())).isEqualTo(Duration.ofDays(7));
    assertThat(signed.author()).startsWith("p_").isEqualTo(one.object("author").text("alias"));
    assertThat(one.object("author").text("name")).isEqualTo("ola");
    String place = "/projects/shop/runs/failed";
    assertThat(operator.get(place + "/rulings/" + signed.id()).body().strip())
        .isEqualTo(one.text("statement"));
    assertThat(operator.get(place + "?part=rulings&format=csv").body())
        .startsWith("ruling,kind,state,run")
        .contains("override", "holds", "ola", "T-7");
    assertThat(operator.get("/projects/shop?format=csv").body())
        .startsWith("verdict,people,run")
        .contains("Hold,overridden until");
  }

  @Test
  void whatCannotBeDecidedIsRefusedWithWhatToDo() {
    Visitor developer = it.member("dev", "DEVELOPER");
    assertThat(decide(developer, "failed", Map.of("reason", "so")).statusCode()).isEqualTo(403);
    assertThat(developer.get("/projects/shop/runs/failed").body())
        .contains("What people decided")
        .doesNotContain("Override the verdict");

    HttpResponse<String> mute = decide(it.owner, "failed", Map.of("kind", "override"));
    assertThat(mute.statusCode()).isEqualTo(422);
    assertThat(mute.body()).contains("Say why the run may go on although its verdict is fail");
    assertThat(decide(it.owner, "failed", Map.of("kind", "approval")).body())
        .contains("only a pass is approved");
    assertThat(decide(it.owner, "failed", Map.of("reason", "so", "days", "8")).body())
        .contains("within 7 days");
    assertThat(decide(it.owner, "failed", Map.of("reason", "so", "days", "0")).statusCode())
        .isEqualTo(422);
    assertThat(decide(it.owner, "nothing", Map.of("reason", "so")).statusCode()).isEqualTo(404);
    String refused = "{\"kind\":\"override\",\"reason\":\"two\\nlines\"}";
    assertThat(ask("POST", "failed/rulings", decides, refused).body())
        .contains("ASSAY-SERVER-065", "one line");
    assertThat(rulings("failed").array("rulings")).isEmpty();
  }

  @Test
  void aBodyThatIsNoDecisionIsRefusedWithItsPlaceAndTheNearestWord() {
    unreadable("{\"kind\":\"both\"}", "the member 'kind' is 'both'", "approval, override");
    unreadable("{\"kind\":\"overide\"}", "did you mean 'override'?");
    unreadable("{\"reason\":\"so\"}", "there is no member 'kind'");
    unreadable("{\"kind\":\"override\",\"reson\":\"so\"}", "did you mean 'reason'?");
    unreadable("{\"kind\":\"override\",\"reason\":7}", "the member 'reason'", "send a text there");
    unreadable(
        "{\"kind\":\"override\",\"reason\":\"so\",\"end\":\"tomorrow\"}",
        "'tomorrow', which is no moment",
        "2026-11-29T08:00:00Z");
    unreadable("{\"kind\"", "line 1, column");
    unreadable("{\"kind\":\"override\",\"reason\":\"a\\u0000b\"}", "NUL");
    assertThat(rulings("failed").array("rulings")).isEmpty();
  }

  private void unreadable(String body, String... words) {
    HttpResponse<String> answer = ask("POST", "failed/rulings", decides, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("ASSAY-SERVER-060").contains(words);
  }

  @Test
  void aKeyThatSendsRunsDecidesOnNone() {
    String approval = "{\"kind\":\"approval\"}";
    HttpResponse<String> own = ask("POST", "passed/rulings", sends, approval);
    assertThat(own.statusCode()).isEqualTo(403);
    assertThat(own.body()).contains("ASSAY-SERVER-067", "decides on none");

    HttpResponse<String> made = ask("POST", "passed/rulings", decides, approval);
    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(JsonReader.read(made.body()).asObject().object("author").text("alias"))
        .startsWith("key ");
    assertThat(ask("POST", "passed/rulings", decides, approval).body())
        .contains("You have approved this run already");
  }

  @Test
  void withTwoPeopleItTakesTwoAndNotWhoBeganTheRun() {
    it.owner.post(
        "/projects/shop/settings",
        "/projects/shop/ruling-rule",
        Map.of("needed", "2", "overrides", "3", "approvals", "10"));
    assertThat(decide(it.owner, "passed", Map.of("kind", "approval")).body())
        .contains("You began this run");
    Visitor first = it.member("ola", "OPERATOR");
    Visitor second = it.member("uma", "OPERATOR");

    assertThat(decide(first, "passed", Map.of("kind", "approval")).body())
        .contains("1 of 2 approve", "It takes one person more to approve it.");
    assertThat(rulings("passed").get("approved")).isEqualTo(Json.of(false));
    assertThat(decide(second, "passed", Map.of("kind", "approval")).body())
        .contains("approved until", "It passed, and may go on.");
    assertThat(rulings("passed").get("approved")).isEqualTo(Json.of(true));
    assertThat(decide(first, "failed", Map.of("reason", "so", "days", "4")).body())
        .contains("within 3 days");
  }

  @Test
  void whatIsWithdrawnOrOverIsShownAsSuchAndCountsNoMore() throws Exception {
    decide(it.owner, "failed", Map.of("reason", "the test is wrong"));
    Json.Obj one = rulings("failed").array("rulings").getFirst().asObject();
    String path = "failed/rulings/" + one.text("ruling");
    assertThat(ask("DELETE", path, decides, "").statusCode()).isEqualTo(422);
    assertThat(ask("DELETE", path + "?why=T-7+is+mended", decides, "").statusCode()).isEqualTo(200);
    assertThat(ask("DELETE", path + "?why=again", decides, "").body())
        .contains("It was withdrawn already");
    assertThat(it.owner.get("/projects/shop/runs/failed").body())
        .contains("override withdrawn", "T-7 is mended", "Nobody overrides it now");

    Instant end = new SystemClock().now().plusMillis(1500);
    String brief = "{\"kind\":\"override\",\"reason\":\"for a moment\",\"end\":\"" + end + "\"}";
    assertThat(ask("POST", "failed/rulings", decides, brief).statusCode()).isEqualTo(200);
    Chromium.await(() -> rulings("failed").get("overridden").equals(Json.of(false)));
    assertThat(it.owner.get("/projects/shop").body()).contains("override ended");
    assertThat(it.owner.get("/projects/shop/audit").body())
        .contains("run.overridden", "ruling.withdrawn");
  }

  @Test
  void whatSomebodyChangesInTheDatabaseCountsForNothing() throws Exception {
    decide(it.owner, "failed", Map.of("reason", "the test is wrong"));
    String database = "jdbc:sqlite:" + folder.resolve("data/accounts.db");
    try (var connection = DriverManager.getConnection(database);
        var statement = connection.createStatement()) {
      statement.executeUpdate("DROP TRIGGER ruling_is_never_changed");
      assertThat(
              statement.executeUpdate(
                  "UPDATE ruling SET statement = replace(statement, 'payload\":\"e',"
                      + " 'payload\":\"f')"))
          .isOne();
    }
    Json.Obj all = rulings("failed");
    assertThat(all.whole("refused")).isOne();
    assertThat(all.get("overridden")).isEqualTo(Json.of(false));
    assertThat(it.owner.get("/projects/shop/runs/failed").body())
        .contains("1 decision here is not as this server signed it");
  }

  @Test
  void whoIsForgottenIsInNoRulingAndWhatTheyDecidedStillHolds() throws Exception {
    Visitor operator = it.member("ola", "OPERATOR");
    decide(operator, "failed", Map.of("reason", "the test is wrong"));
    it.owner.post("/members", "/members/ola", Map.of("change", "forget"));

    Json.Obj all = rulings("failed");
    assertThat(all.get("overridden")).isEqualTo(Json.of(true));
    assertThat(JsonWriter.canonical(all)).doesNotContain("ola");
    assertThat(it.owner.get("/projects/shop/runs/failed").body())
        .contains("by somebody who was forgotten");
  }

  @Test
  void whatWasDecidedGoesWithARunThatIsErased() {
    decide(it.owner, "failed", Map.of("reason", "names somebody"));
    it.owner.post(
        "/projects/shop/retention",
        "/projects/shop/retention/erase",
        Map.of("run", "failed", "why", "asked for"));

    assertThat(ask("GET", "failed/rulings", decides, "").statusCode()).isEqualTo(404);
    assertThat(it.owner.get("/projects/shop/audit").body()).doesNotContain("names somebody");
  }

  @Test
  void theKeyIsItsOwnersOnlyAndComesBackWithABackup() throws Exception {
    decide(it.owner, "failed", Map.of("reason", "the test is wrong"));
    String pem = it.visitor().get("/rulings.pub").body();
    Path data = folder.resolve("data");
    Path file = data.resolve("rulings.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(pem).contains("PUBLIC KEY").doesNotContain("PRIVATE");

    Path zip = folder.resolve("backup.zip");
    Objects.requireNonNull(Backup.write(data, zip, new SystemClock()));
    Path again = folder.resolve("again");
    assertThat(Restore.read(zip, again)).isPositive();
    assertThat(Files.readString(again.resolve("rulings.key"))).isEqualTo(Files.readString(file));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(again.resolve("rulings.key"))))
        .isEqualTo("rw-------");
  }
}
