package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.testkit.LedgerEntries;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server, as members and programs meet it. */
@Timeout(180)
class ServerTest {

  private static final String PASSWORD = "correct horse battery";
  private static final Pattern KEY = Pattern.compile("assay_[0-9a-f]{12}_[0-9a-f]{64}");

  @TempDir private Path folder;
  private RunningServer server;
  private Visitor owner;

  @BeforeEach
  void start() {
    server = started();
    owner = new Visitor(server.address());
  }

  private RunningServer started() {
    return RunningServer.start(
        new ServerOptions(folder.resolve("data"), InetAddress.getLoopbackAddress(), 0, null, null));
  }

  @AfterEach
  void stop() {
    owner.close();
    server.close();
  }

  private String link() {
    return server.setUpLink().substring(server.address().length());
  }

  /** The owner is in, and the project "shop" is there. */
  private void furnished() {
    String link = link();
    owner.post(link, link, Map.of("username", "kim", "password", PASSWORD));
    login(owner, "kim");
    owner.post("/", "/projects/new", Map.of("name", "shop", "title", "The shop"));
  }

  private static void login(Visitor visitor, String name) {
    visitor.post("/login", "/login", Map.of("username", name, "password", PASSWORD));
  }

  private String key(String project, boolean reads) {
    String page =
        owner
            .post(
                "/projects/" + project + "/settings",
                "/projects/" + project + "/keys",
                reads ? Map.of("label", "CI", "reads", "true") : Map.of("label", "CI"))
            .body();
    Matcher key = KEY.matcher(page);
    assertThat(key.find()).as(page).isTrue();
    return key.group();
  }

  private static byte[] lines(List<? extends LedgerEntry> entries) {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : entries) {
      lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private HttpResponse<String> upload(
      String project, String run, long from, String key, List<? extends LedgerEntry> entries) {
    String path = "projects/" + project + "/runs/" + run + "/entries?from=" + from;
    return owner.ask("POST", path, key, lines(entries));
  }

  @Test
  void theFirstMemberComesByALinkThatWorksOnce() {
    String link = link();
    assertThat(owner.get("/").uri().getPath()).isEqualTo("/login");

    assertThat(owner.post(link, link, Map.of("username", "kim", "password", "short")).statusCode())
        .isEqualTo(422);
    owner.post(link, link, Map.of("username", "kim", "password", PASSWORD));
    assertThat(server.setUpLink()).isNull();
    assertThat(owner.get(link).statusCode()).isEqualTo(404);
    login(owner, "kim");

    assertThat(owner.get("/").body()).contains("There is no project yet", "kim");
  }

  @Test
  void aWrongPasswordSaysNotWhichWasWrong() {
    furnished();
    try (Visitor stranger = new Visitor(server.address())) {
      String wrong =
          stranger
              .post("/login", "/login", Map.of("username", "kim", "password", "not this one!"))
              .body();
      String nobody =
          stranger
              .post("/login", "/login", Map.of("username", "nobody", "password", PASSWORD))
              .body();
      assertThat(wrong).contains("The name or the password is not right.");
      assertThat(nobody).contains("The name or the password is not right.");
      assertThat(stranger.get("/projects/shop").uri().getPath()).isEqualTo("/login");
    }
  }

  @Test
  void aRunIsSeenAsItComesAndAfterItEnded() {
    furnished();
    String key = key("shop", true);
    List<LedgerEntry> all = LedgerEntries.everyKind();
    int half = all.size() / 2;

    assertThat(upload("shop", "r1", 0, key, all.subList(0, half)).body())
        .isEqualTo("{\"entries\":" + half + ",\"run\":\"r1\"}");
    assertThat(owner.get("/projects/shop").body()).contains("Running", "/projects/shop/runs/r1");
    assertThat(owner.get("/projects/shop/runs/r1").body()).contains("smoke", "data-live");

    upload("shop", "r1", half, key, all.subList(half, all.size()));
    assertThat(owner.get("/projects/shop").body()).contains("Hold");
    assertThat(owner.get("/projects/shop?decision=pass").body())
        .contains("The only run is not like that.");
    HttpResponse<String> report = owner.get("/projects/shop/runs/r1/report");
    assertThat(report.body()).contains("smoke", "shop");
    assertThat(report.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(owner.ask("projects/shop/runs?limit=5", key).body()).contains("\"run\":\"r1\"");
  }

  @Test
  void anInterruptedUploadGoesOnWhereItWas() {
    furnished();
    String key = key("shop", false);
    List<LedgerEntry> all = LedgerEntries.everyKind();

    upload("shop", "r1", 0, key, all.subList(0, 5));
    upload("shop", "r1", 3, key, all.subList(3, 7));
    HttpResponse<String> gap = upload("shop", "r1", 9, key, all.subList(9, all.size()));
    assertThat(gap.statusCode()).isEqualTo(409);
    assertThat(gap.body()).contains("The run has 7 entries here", "send from entry 7");
    upload("shop", "r1", 0, key, all);

    assertThat(owner.ask("projects/shop/runs/r1", key).body())
        .contains("\"entries\":" + all.size());
  }

  @Test
  void whatWasTakenIsThereAfterTheServerStartsAgain() {
    furnished();
    String key = key("shop", true);
    upload("shop", "r1", 0, key, LedgerEntries.everyKind());
    server.close();
    owner.close();

    server = started();
    owner = new Visitor(server.address());
    login(owner, "kim");

    assertThat(owner.get("/projects/shop").body()).contains("r1", "Hold");
    assertThat(owner.ask("projects/shop/runs/r1", key).statusCode()).isEqualTo(200);
  }

  @Test
  void aKeyOpensItsOwnProjectOnlyAndOnlyWhatItIsFor() {
    furnished();
    owner.post("/", "/projects/new", Map.of("name", "other", "title", "Another"));
    String sends = key("shop", false);
    upload("shop", "r1", 0, sends, LedgerEntries.everyKind());

    assertThat(upload("other", "r1", 0, sends, LedgerEntries.everyKind()).statusCode())
        .isEqualTo(404);
    HttpResponse<String> denied = owner.ask("projects/shop/runs", sends);
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.body()).contains("The key is not for that");
    HttpResponse<String> unknown = owner.ask("projects/shop/runs", "assay_none");
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
  }

  @Test
  void aRevokedKeyOpensNothing() {
    furnished();
    String key = key("shop", true);
    String id = key.split("_")[1];
    owner.post("/projects/shop/settings", "/projects/shop/keys/" + id + "/revoke", Map.of());

    assertThat(owner.ask("projects/shop/runs", key).statusCode()).isEqualTo(401);
  }

  @Test
  void aLineThatIsNoEntryIsNamed() {
    furnished();
    String key = key("shop", false);
    byte[] lines =
        (new String(lines(LedgerEntries.everyKind().subList(0, 2)), StandardCharsets.UTF_8)
                + "{oops\n")
            .getBytes(StandardCharsets.UTF_8);

    HttpResponse<String> answer = owner.ask("POST", "projects/shop/runs/r1/entries", key, lines);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("line 3: ");
  }

  @Test
  void anArtifactIsKeptUnderItsContentAndNoOther() {
    furnished();
    String key = key("shop", true);
    byte[] content = "the log".getBytes(StandardCharsets.UTF_8);
    String digest = dev.assay.api.evidence.EvidenceCodec.sha256("the log");

    assertThat(owner.ask("PUT", "projects/shop/artifacts/" + digest, key, content).statusCode())
        .isEqualTo(200);
    assertThat(owner.ask("projects/shop/artifacts/" + digest, key).body()).isEqualTo("the log");
    assertThat(
            owner
                .ask("PUT", "projects/shop/artifacts/" + "0".repeat(64), key, content)
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void noFormIsTakenThatAnotherSiteSends() {
    furnished();

    assertThat(owner.postRaw("/projects/new", "name=forged&title=Forged").statusCode())
        .isEqualTo(403);
    assertThat(owner.get("/").body()).doesNotContain("Forged");
  }

  @Test
  void everyPageForbidsWhatItDoesNotNeed() {
    HttpResponse<String> page = owner.get("/login");

    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'self'")
        .doesNotContain("unsafe-inline");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(owner.get("/health").body()).contains("\"ready\":true");
  }
}
