package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.ServerKeys;
import dev.assay.testkit.LedgerEntries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhooks, retention, the audit log and what is public, as programs look after them. */
@Timeout(180)
class LookingAfterTest {

  @TempDir private static Path folder;
  private static final BlockingQueue<String> CAME = new LinkedBlockingQueue<>();
  private static HttpServer receiver;
  private static FurnishedServer it;
  private static String key;

  @BeforeAll
  static void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
          CAME.add(exchange.getRequestURI() + " " + new String(body, StandardCharsets.UTF_8));
        });
    receiver.start();
    it =
        new FurnishedServer(
            new ServerOptions(
                folder.resolve("data"),
                InetAddress.getLoopbackAddress(),
                0,
                null,
                null,
                null,
                true,
                false));
    key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "looks after it", EnumSet.allOf(Scope.class), Duration.ofDays(1));
  }

  @AfterAll
  static void stop() {
    it.close();
    receiver.stop(0);
  }

  private static String place(String path) {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
  }

  private static HttpResponse<String> ask(String method, String path, String body) {
    return it.owner.ask(method, "projects/shop" + path, key, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Json.Obj done(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JsonReader.read(answer.body()).asObject();
  }

  private static String came() throws InterruptedException {
    return String.valueOf(CAME.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void aProgramMakesTriesChangesAndRemovesAWebhook() throws Exception {
    Json.Obj made = done(ask("POST", "/webhooks", wanted("/first")), 201);
    String hook = "/webhooks/" + made.text("id");
    assertThat(made.text("secret")).startsWith("whsec_");
    assertThat(it.owner.get("/projects/shop/webhooks").body()).contains(place("/first"));
    assertThat(ask("GET", "/webhooks", "").body())
        .contains(place("/first"))
        .doesNotContain(made.text("secret"));

    done(ask("POST", hook + "/test", ""), 202);
    assertThat(came()).startsWith("/first ").contains("dev.assay.webhook.test.1");
    done(ask("PUT", hook, wanted("/second").replace("run.finished", "alert.opened")), 200);
    assertThat(ask("GET", "/webhooks", "").body()).contains("alert.opened", place("/second"));
    done(ask("POST", hook + "/test", ""), 202);
    assertThat(came()).startsWith("/second ");

    String delivered = "/deliveries?state=delivered&webhook=" + made.text("id");
    await(() -> done(ask("GET", delivered, ""), 200).array("deliveries").size() == 2);

    // a receiver that was away for a day
    it.server
        .bean(JdbcClient.class)
        .sql("UPDATE delivery SET state = 'DEAD' WHERE webhook = ?")
        .param(made.text("id"))
        .update();
    String dead = "/deliveries?state=dead&webhook=" + made.text("id");
    Json.Obj first = done(ask("GET", dead + "&limit=1", ""), 200);
    Json.Obj second = done(ask("GET", dead + "&limit=1&cursor=" + first.text("next"), ""), 200);
    long newest = number(first);
    assertThat(number(second)).isLessThan(newest);
    assertThat(done(ask("GET", dead + "&cursor=" + number(second), ""), 200).array("deliveries"))
        .isEmpty();
    done(ask("POST", "/deliveries/" + newest + "/replay", ""), 202);
    assertThat(came()).startsWith("/second ");
    assertThat(it.owner.get("/projects/shop/audit?action=webhook").body())
        .contains("webhook.made", "webhook.changed", "webhook.replayed", "delivery " + newest);

    done(ask("DELETE", hook, ""), 200);
    assertThat(it.owner.get("/projects/shop/webhooks").body()).doesNotContain(place("/second"));
    for (String gone : List.of("DELETE " + hook, "PUT " + hook, "POST " + hook + "/test")) {
      String[] asked = gone.split(" ");
      assertThat(ask(asked[0], asked[1], wanted("/")).statusCode()).as(gone).isEqualTo(404);
    }
    assertThat(ask("POST", "/deliveries/" + newest + "/replay", "").statusCode()).isEqualTo(404);
  }

  private static String wanted(String path) {
    return "{\"url\":\"" + place(path) + "\",\"events\":[\"run.finished\"]}";
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static long number(Json.Obj page) {
    return page.array("deliveries").getFirst().asObject().whole("id");
  }

  @Test
  void aWebhookThatCannotBeIsRefused() {
    Json.Obj scheme =
        done(ask("POST", "/webhooks", "{\"url\":\"ftp://x\",\"events\":[\"run.finished\"]}"), 422);
    assertThat(scheme.text("code")).isEqualTo("ASSAY-SERVER-061");
    Json.Obj event =
        done(ask("POST", "/webhooks", wanted("/").replace("finished", "finishd")), 400);
    assertThat(event.text("mend")).contains("'run.finished'");
    assertThat(ask("GET", "/deliveries?state=lost", "").statusCode()).isEqualTo(400);
  }

  @Test
  void aProgramSetsTheRuleOfRetentionAndSeesWhatWouldGo() {
    assertThat(done(ask("GET", "/retention", ""), 200).whole("days")).isZero();
    assertThat(done(ask("GET", "/retention/plan", ""), 200).whole("files")).isZero();

    done(ask("PUT", "/retention", "{\"days\":45,\"branches\":\"main hotfix/*\"}"), 200);
    assertThat(it.owner.get("/projects/shop/retention").body()).contains("45", "hotfix/*");
    assertThat(done(ask("GET", "/retention/plan?days=1", ""), 200).array("runs")).isEmpty();
    assertThat(done(ask("POST", "/retention/apply", ""), 200).whole("bytes")).isZero();
    for (String wrong : List.of("{\"days\":-1}", "{\"days\":4000000000}")) {
      assertThat(done(ask("PUT", "/retention", wrong), 422).text("detail"))
          .contains("1 to 3650 days");
    }
    assertThat(ask("GET", "/retention/plan?days=9999", "").statusCode()).isEqualTo(422);

    done(ask("PUT", "/retention", "{\"days\":0}"), 200);
    assertThat(done(ask("GET", "/retention", ""), 200).whole("days")).isZero();
  }

  @Test
  void aProgramReadsTheAuditLogPageByPageAndRecomputesItsChain() {
    String server =
        it.server
            .bean(ServerKeys.class)
            .make("auditor", EnumSet.of(Scope.ADMIN), Duration.ofDays(1));
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      Json.Obj page = done(it.owner.ask("audit?limit=2" + cursor, server), 200);
      page.array("entries").forEach(each -> seen.add(each.asObject().whole("sequence")));
      String next = page.findText("next");
      cursor = next == null ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    assertThat(seen).hasSizeGreaterThan(3).doesNotHaveDuplicates();
    assertThat(seen.getFirst()).isEqualTo(seen.size());
    assertThat(seen.getLast()).isEqualTo(1);

    List<String> lines = it.owner.ask("audit/export", server).body().lines().toList();
    String hash = "0".repeat(64);
    for (String line : lines.reversed()) {
      Json.Obj entry = JsonReader.read(line).asObject();
      hash =
          EvidenceCodec.sha256(
              hash
                  + "\n"
                  + entry.whole("sequence")
                  + "\n"
                  + JsonWriter.canonical(entry.object("chained")));
      assertThat(entry.text("hash")).isEqualTo(hash);
    }
    Json.Obj verified = done(it.owner.ask("audit/verification?head=" + hash, server), 200);
    assertThat(verified.array("damages")).isEmpty();
    assertThat(done(it.owner.ask("audit/verification?head=" + "1".repeat(64), server), 200))
        .extracting(found -> found.array("damages").size())
        .isEqualTo(1);
    assertThat(it.owner.ask("audit/export?format=csv", server).body())
        .startsWith("sequence,at,who,from,action,project,target,detail,hash\r\n");
  }

  @Test
  void aProjectsAuditLogHasNothingOfOthers() {
    String all =
        ask("GET", "/audit?limit=1000", "").body() + ask("GET", "/audit/export", "").body();

    assertThat(all).contains("\"project\":\"shop\"").doesNotContain("\"action\":\"login\"");
    assertThat(ask("GET", "/audit?action=key.made", "").body())
        .contains("key.made")
        .doesNotContain("project.made");
  }

  @Test
  void aProgramOpensThePublicPageAndClosesIt() {
    try (Visitor anybody = it.visitor()) {
      assertThat(anybody.get("/status/shop").statusCode()).isEqualTo(404);
      done(ask("PUT", "/status-page", "{\"open\":true}"), 200);
      assertThat(anybody.get("/status/shop").statusCode()).isEqualTo(200);
      assertThat(ask("GET", "/status-page", "").body()).isEqualTo("{\"open\":true}");
      assertThat(done(ask("PUT", "/status-page", "{\"open\":1}"), 400).text("detail"))
          .contains("'open'");
      done(ask("PUT", "/status-page", "{\"open\":false}"), 200);
      assertThat(anybody.get("/status/shop").statusCode()).isEqualTo(404);
    }
    assertThat(it.owner.get("/projects/shop/audit").body())
        .contains("statuspage.opened", "statuspage.closed");
  }

  @Test
  void theRoutingThatAProgramSetIsTheOneThatItReads() {
    String routing = "route:\n  receiver: on-call\nreceivers:\n  - name: on-call\n";
    assertThat(ask("PUT", "/alerting", routing).statusCode()).isEqualTo(200);

    assertThat(ask("GET", "/alerting", "").body()).isEqualTo(routing);
    assertThat(it.owner.get("/projects/shop/alerts").body()).contains("receiver: on-call");
  }

  @Test
  void aMonitorThatIsForgottenIsOnNoPage() {
    String told =
        "[{\"name\":\"front-door\",\"check\":\"smoke\",\"schedule\":\"every 30 s\",\"from\":"
            + "\"berlin\",\"alerting\":false,\"misfires\":0,\"overlaps\":0}]";
    HttpResponse<String> sent =
        it.owner.ask(
            "PUT",
            "projects/shop/monitors",
            key,
            told.getBytes(StandardCharsets.UTF_8),
            java.util.Map.of("Content-Type", "application/json"));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    assertThat(it.owner.get("/projects/shop/monitors").body()).contains("front-door");

    done(ask("DELETE", "/monitors?from=berlin&monitor=front-door", ""), 200);
    assertThat(it.owner.get("/projects/shop/monitors").body()).doesNotContain("front-door");
    assertThat(ask("DELETE", "/monitors?from=berlin&monitor=front-door", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void runsAreFoundByEnvironmentAndStageAndErasedByAnAdminOnly() {
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : LedgerEntries.everyKind()) {
      lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n');
    }
    done(ask("POST", "/runs/r1/entries?from=0", lines.toString()), 200);
    String environment = done(ask("GET", "/runs/r1", ""), 200).text("environment");

    assertThat(ask("GET", "/runs?environment=" + environment, "").body()).contains("\"r1\"");
    assertThat(ask("GET", "/runs?environment=nowhere", "").body()).doesNotContain("\"r1\"");
    assertThat(ask("GET", "/runs?stage=99", "").body()).doesNotContain("\"r1\"");

    String narrower =
        it.server.bean(ProjectKeys.class).make("shop", "CI", Scope.WORKING, Duration.ofDays(1));
    String path = "projects/shop/runs/r1?why=asked+for";
    assertThat(it.owner.ask("DELETE", path, narrower, new byte[0]).statusCode()).isEqualTo(403);
    assertThat(it.owner.ask("DELETE", path, key, new byte[0]).statusCode()).isEqualTo(200);
    assertThat(it.owner.get("/projects/shop/runs/r1").statusCode()).isEqualTo(404);
  }
}
