package dev.assay.server;

import static dev.assay.server.FurnishedServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.ServerKeys;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys, members and projects, as programs look after them. */
@Timeout(180)
class AdministrationTest {

  private static final Pattern KEY = Pattern.compile("assay_[0-9a-f]{12}_[0-9a-f]{64}");

  @TempDir private static Path folder;
  private static FurnishedServer it;
  private static String admin;
  private static String provisioning;

  @BeforeAll
  static void start() {
    it = new FurnishedServer(folder);
    admin = key(Scope.ADMIN, Scope.INGEST);
    provisioning =
        it.server
            .bean(ServerKeys.class)
            .make("provisioning", EnumSet.of(Scope.ADMIN, Scope.READ), Duration.ofDays(1));
  }

  @AfterAll
  static void stop() {
    it.close();
  }

  private static String key(Scope first, Scope... more) {
    return it.server
        .bean(ProjectKeys.class)
        .make("shop", "looks after the shop", EnumSet.of(first, more), Duration.ofDays(1));
  }

  private static HttpResponse<String> ask(String key, String method, String path, String body) {
    return it.owner.ask(method, path, key, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Json.Obj done(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JsonReader.read(answer.body()).asObject();
  }

  private static Json.Obj refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    Json.Obj problem = done(answer, status);
    assertThat(problem.text("code")).isEqualTo(code);
    assertThat(problem.text("mend")).isNotBlank();
    return problem;
  }

  @Test
  void aKeyThatIsMadeByAProgramWorksAndIsInTheSettingsAndInTheAuditLog() {
    Json.Obj made =
        done(
            ask(
                admin,
                "POST",
                "projects/shop/keys",
                "{\"name\":\"CI of the cellar\",\"scopes\":[\"ingest\"]}"),
            201);
    String fresh = made.text("key");

    assertThat(ask(fresh, "GET", "projects/shop/runs/none", "").statusCode()).isEqualTo(404);
    Json.Obj own = done(ask(fresh, "GET", "key", ""), 200);
    assertThat(own.text("name")).isEqualTo("CI of the cellar");
    assertThat(own.text("project")).isEqualTo("shop");
    assertThat(own.find("key")).as("it is shown once").isNull();
    assertThat(done(ask(admin, "GET", "projects/shop/keys", ""), 200).array("keys"))
        .anyMatch(each -> each.asObject().text("id").equals(made.text("id")))
        .noneMatch(each -> each.asObject().members().containsKey("key"));
    assertThat(it.owner.get("/projects/shop/settings").body()).contains("CI of the cellar");
    assertThat(it.owner.get("/projects/shop/audit?action=key.made").body())
        .contains("key " + made.text("id"), "key " + admin.split("_")[1]);
  }

  @Test
  void nobodyGivesWhatTheyHaveNot() {
    Json.Obj problem =
        refused(
            ask(admin, "POST", "projects/shop/keys", "{\"scopes\":[\"ingest\",\"read\"]}"),
            403,
            "ASSAY-SERVER-002");
    assertThat(problem.text("detail")).contains("'read'");

    String wider = key(Scope.READ);
    String path = "projects/shop/keys/" + wider.split("_")[1];
    refused(ask(admin, "POST", path + "/rotate", ""), 403, "ASSAY-SERVER-002");
    assertThat(ask(wider, "GET", "key", "").statusCode()).as("it is as it was").isEqualTo(200);
    refused(
        ask(provisioning, "POST", "keys", "{\"scopes\":[\"operate\"]}"), 403, "ASSAY-SERVER-002");
    refused(
        ask(provisioning, "POST", "projects/shop/keys", "{\"scopes\":[\"ingest\"]}"),
        403,
        "ASSAY-SERVER-002");
  }

  @Test
  void aKeyIsRotatedWithAnOverlapAndRevokedAtOnce() {
    String old = key(Scope.INGEST);
    String path = "projects/shop/keys/" + old.split("_")[1];
    String fresh = done(ask(admin, "POST", path + "/rotate", ""), 201).text("key");

    assertThat(ask(old, "GET", "key", "").statusCode()).isEqualTo(200);
    assertThat(ask(fresh, "GET", "key", "").statusCode()).isEqualTo(200);
    done(ask(admin, "DELETE", path, ""), 200);
    assertThat(ask(old, "GET", "key", "").statusCode()).isEqualTo(401);
    assertThat(ask(fresh, "GET", "key", "").statusCode()).isEqualTo(200);
    refused(ask(admin, "DELETE", path, ""), 404, "ASSAY-SERVER-005");
    refused(ask(admin, "POST", path + "/rotate", ""), 404, "ASSAY-SERVER-005");
  }

  @Test
  void aSecretThatIsAnsweredAgainIsNowhereInTheClear() throws Exception {
    List<HttpResponse<String>> answers =
        Stream.of(1, 2)
            .map(_ ->
                it.owner.ask(
                    "POST",
                    "projects/shop/keys",
                    admin,
                    "{\"scopes\":[\"ingest\"]}".getBytes(StandardCharsets.UTF_8),
                    Map.of("Idempotency-Key", "once")))
            .toList();
    String made = done(answers.getFirst(), 201).text("key");

    assertThat(answers.getLast().headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(done(answers.getLast(), 201).text("key")).isEqualTo(made);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(made.split("_")[2]);
      }
    }
  }

  @Test
  void aProgramInvitesAndGivesAndTakesRoles() {
    String path =
        done(ask(admin, "POST", "projects/shop/invitations", "{\"role\":\"viewer\"}"), 201)
            .text("path");
    assertThat(it.owner.get("/projects/shop/members").body()).contains("key looks after the shop");
    try (Visitor ada = it.visitor()) {
      FurnishedServer.join(ada, path, "ada");
      FurnishedServer.login(ada, "ada", PASSWORD);
      assertThat(ada.get("/projects/shop").statusCode()).isEqualTo(200);
      assertThat(ada.get("/projects/shop/settings").statusCode()).isEqualTo(403);

      done(ask(admin, "PUT", "projects/shop/members/ada", "{\"role\":\"admin\"}"), 200);
      assertThat(ada.get("/projects/shop/settings").statusCode()).isEqualTo(200);
      assertThat(ask(admin, "GET", "projects/shop/members", "").body())
          .contains("{\"member\":\"ada\",\"role\":\"admin\"}");

      done(ask(admin, "DELETE", "projects/shop/members/ada", ""), 200);
      assertThat(ada.get("/projects/shop").statusCode()).isEqualTo(404);
    }
    refused(ask(admin, "DELETE", "projects/shop/members/ada", ""), 404, "ASSAY-SERVER-005");
    refused(
        ask(admin, "PUT", "projects/shop/members/nobody", "{\"role\":\"viewer\"}"),
        404,
        "ASSAY-SERVER-005");
  }

  @Test
  void aLinkThatAProgramTookBackIsNone() {
    Json.Obj link =
        done(ask(admin, "POST", "projects/shop/invitations", "{\"role\":\"viewer\"}"), 201);
    String path = "projects/shop/invitations";
    assertThat(ask(admin, "GET", path, "").body()).contains(link.text("id"));

    done(ask(admin, "DELETE", path + "/" + link.text("id"), ""), 200);
    assertThat(it.owner.get(link.text("path")).statusCode()).isEqualTo(404);
    refused(ask(admin, "DELETE", path + "/" + link.text("id"), ""), 404, "ASSAY-SERVER-005");
  }

  @Test
  void anOwnerMakesAKeyOfTheServerWithWhichAProjectIsMadeAndFurnished() {
    assertThat(it.owner.post("/keys", "/keys", Map.of("label", "none")).statusCode())
        .isEqualTo(422);
    String page =
        it.owner
            .postRaw(
                "/keys",
                "label=our+provisioning&scopes=admin&scopes=read&scopes=ingest&_csrf="
                    + it.owner
                        .get("/keys")
                        .body()
                        .replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1"))
            .body();
    Matcher shown = KEY.matcher(page);
    assertThat(shown.find()).as(page).isTrue();
    String key = shown.group();

    done(ask(key, "POST", "projects", "{\"project\":\"cellar\",\"title\":\"A cellar\"}"), 201);
    refused(ask(key, "POST", "projects", "{\"project\":\"cellar\"}"), 422, "ASSAY-SERVER-061");
    refused(ask(key, "POST", "projects", "{\"project\":\"The Cellar\"}"), 422, "ASSAY-SERVER-061");
    done(ask(key, "PUT", "projects/cellar", "{\"title\":\"The deep cellar\"}"), 200);
    assertThat(it.owner.get("/").body()).contains("The deep cellar");
    assertThat(done(ask(key, "GET", "projects", ""), 200).array("projects"))
        .extracting(each -> each.asObject().text("project"))
        .contains("cellar", "shop");
    Json.Obj own = done(ask(key, "POST", "projects/cellar/keys", "{\"scopes\":[\"read\"]}"), 201);
    assertThat(done(ask(own.text("key"), "GET", "projects/cellar", ""), 200).text("title"))
        .isEqualTo("The deep cellar");
    assertThat(it.owner.get("/audit?action=project").body()).contains("server key ");

    String id = key.split("_")[1];
    assertThat(it.owner.get("/keys").body()).contains("our provisioning", id);
    Matcher next = KEY.matcher(it.owner.post("/keys", "/keys/" + id + "/rotate", Map.of()).body());
    assertThat(next.find()).isTrue();
    it.owner.post("/keys", "/keys/" + id + "/revoke", Map.of());
    assertThat(ask(key, "GET", "key", "").statusCode()).isEqualTo(401);
    assertThat(ask(next.group(), "GET", "key", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aProgramMakesAndRotatesAndRevokesKeysOfTheServer() {
    Json.Obj made =
        done(ask(provisioning, "POST", "keys", "{\"name\":\"x\",\"scopes\":[\"read\"]}"), 201);
    assertThat(ask(made.text("key"), "GET", "projects", "").statusCode()).isEqualTo(200);
    refused(ask(made.text("key"), "GET", "members", ""), 403, "ASSAY-SERVER-002");
    assertThat(ask(provisioning, "GET", "keys", "").body()).contains(made.text("id"));

    Json.Obj next = done(ask(provisioning, "POST", "keys/" + made.text("id") + "/rotate", ""), 201);
    done(ask(provisioning, "DELETE", "keys/" + next.text("id"), ""), 200);
    assertThat(ask(next.text("key"), "GET", "key", "").statusCode()).isEqualTo(401);
    refused(ask(provisioning, "DELETE", "keys/000000000000", ""), 404, "ASSAY-SERVER-005");
  }

  @Test
  void aKeyOfAProjectDoesNothingToTheServer() {
    Json.Obj problem = refused(ask(admin, "GET", "members", ""), 403, "ASSAY-SERVER-002");

    assertThat(problem.text("detail")).contains("whole server");
  }

  @Test
  void aProgramShutsOutAndLetsInAndRemovesMembers() {
    try (Visitor mary = it.member("mary", "viewer")) {
      done(ask(provisioning, "PUT", "members/mary", "{\"disabled\":true}"), 200);
      assertThat(mary.get("/").uri().getPath()).isEqualTo("/login");
      done(ask(provisioning, "PUT", "members/mary", "{\"disabled\":false}"), 200);
      FurnishedServer.login(mary, "mary", PASSWORD);
      assertThat(mary.get("/projects/shop").statusCode()).isEqualTo(200);

      done(ask(provisioning, "DELETE", "members/mary/sessions", ""), 200);
      assertThat(mary.get("/").uri().getPath()).isEqualTo("/login");
      String link = done(ask(provisioning, "POST", "members/mary/password", ""), 201).text("path");
      mary.post(link, link, Map.of("password", "another horse entirely"));
      FurnishedServer.login(mary, "mary", "another horse entirely");
      assertThat(mary.get("/projects/shop").statusCode()).isEqualTo(200);

      assertThat(done(ask(provisioning, "GET", "members/mary", ""), 200).object("roles"))
          .isEqualTo(Json.object().put("shop", "viewer").build());
      done(ask(provisioning, "DELETE", "members/mary?forget=true", ""), 200);
      assertThat(mary.get("/").uri().getPath()).isEqualTo("/login");
    }
    assertThat(it.server.bean(Members.class).exists("mary")).isFalse();
    assertThat(ask(provisioning, "GET", "audit?action=member.disabled", "").body())
        .contains("\"target\":\"p_")
        .doesNotContain("\"target\":\"mary\"");
    refused(ask(provisioning, "GET", "members/mary", ""), 404, "ASSAY-SERVER-005");
    refused(ask(provisioning, "DELETE", "members/mary", ""), 404, "ASSAY-SERVER-005");
  }

  @Test
  void theLastOwnerStaysAndWhatCannotBeDoneWhollyIsNotDoneAtAll() {
    assertThat(
            refused(
                    ask(provisioning, "PUT", "members/kim", "{\"disabled\":true}"),
                    422,
                    "ASSAY-SERVER-061")
                .text("detail"))
        .contains("kim is the last owner");
    it.server.bean(Members.class).add("joan", PASSWORD, true);
    refused(
        ask(provisioning, "PUT", "members/kim", "{\"owner\":false,\"disabled\":7}"),
        400,
        "ASSAY-SERVER-060");
    done(ask(provisioning, "PUT", "members/joan", "{\"owner\":false,\"disabled\":true}"), 200);
    assertThat(ask(provisioning, "GET", "members/joan", "").body())
        .contains("\"disabled\":true", "\"owner\":false");
    refused(ask(provisioning, "DELETE", "members/kim", ""), 422, "ASSAY-SERVER-061");
  }

  @Test
  void aProgramInvitesAnOwnerOfTheServer() {
    String path =
        done(ask(provisioning, "POST", "invitations", "{\"owner\":true}"), 201).text("path");
    try (Visitor grace = it.visitor()) {
      FurnishedServer.join(grace, path, "grace");
      FurnishedServer.login(grace, "grace", PASSWORD);
      assertThat(grace.get("/members").statusCode()).isEqualTo(200);
    }
    done(ask(provisioning, "PUT", "members/grace", "{\"owner\":false}"), 200);
    Json.Obj other = done(ask(provisioning, "POST", "invitations", ""), 201);
    assertThat(ask(provisioning, "GET", "invitations", "").body()).contains(other.text("id"));
    done(ask(provisioning, "DELETE", "invitations/" + other.text("id"), ""), 200);
    assertThat(it.owner.get(other.text("path")).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongWithABodyIsSaidWithItsPlaceAndHowToMendIt() {
    String path = "projects/shop/members/kim";
    assertThat(wrong(path, "{\n \"role\": }").text("detail")).contains("line 2, column 10");
    assertThat(wrong(path, "{\"rol\":\"viewer\"}").text("mend")).contains("'role'");
    assertThat(wrong(path, "{\"role\":\"wiever\"}").text("mend")).contains("'viewer'");
    assertThat(wrong(path, "{\"role\":7}").text("detail")).contains("'role'", "a text");
    assertThat(wrong(path, "{}").text("mend")).contains("'role'");
    assertThat(wrong(path, "[]").text("detail")).contains("no object");
    refused(
        ask(admin, "PUT", path, "{\"role\":\"" + "x".repeat(70_000) + "\"}"),
        413,
        "ASSAY-SERVER-060");
    assertThat(
            refused(
                    ask(admin, "GET", "projects/shop/audit?cursor=later", ""),
                    400,
                    "ASSAY-SERVER-062")
                .text("detail"))
        .contains("'later'", "'cursor'");
  }

  private static Json.Obj wrong(String path, String body) {
    return refused(ask(admin, "PUT", path, body), 400, "ASSAY-SERVER-060");
  }
}
