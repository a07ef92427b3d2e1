package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.Role;
import dev.assay.server.account.ServerKeys;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.quota.QuotaReached;
import dev.assay.testkit.Chromium;
import dev.assay.testkit.LedgerEntries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A project takes what its quotas have room for, and says plainly what it does not take. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(180)
class QuotaTest {

  private static final List<LedgerEntry> RUN = LedgerEntries.everyKind();
  private static final String PAGE = "/projects/shop/quotas";

  @Parameter Keeping keeping;
  @TempDir private Path folder;
  private FurnishedServer it;
  private String key;
  private String serverKey;

  @BeforeEach
  void start() {
    it =
        new FurnishedServer(
            new ServerOptions(
                folder,
                InetAddress.getLoopbackAddress(),
                0,
                keeping.database(folder),
                null,
                null,
                true,
                false));
    key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    serverKey =
        it.server
            .bean(ServerKeys.class)
            .make("owner", EnumSet.allOf(Scope.class), Duration.ofDays(1));
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private static byte[] lines(List<LedgerEntry> entries) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (LedgerEntry entry : entries) {
      lines.writeBytes(EncodedEntry.of(entry).bytes());
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private HttpResponse<String> send(String run, int from, List<LedgerEntry> entries) {
    return it.owner.ask(
        "POST", "projects/shop/runs/" + run + "/entries?from=" + from, key, lines(entries));
  }

  private HttpResponse<String> store(String content) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    return it.owner.ask("PUT", "projects/shop/artifacts/" + digest, key, bytes);
  }

  private HttpResponse<String> quotas(String body) {
    return it.owner.ask(
        "PUT",
        "projects/shop/quotas",
        serverKey,
        body.getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Type", "application/json"));
  }

  private static void refused(HttpResponse<String> answer, int status, String quota) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    Json.Obj problem = JsonReader.read(answer.body()).asObject();
    assertThat(problem.text("code")).isEqualTo("ASSAY-SERVER-140");
    assertThat(problem.text("detail")).startsWith("quota '" + quota + "': the project 'shop' may");
    assertThat(problem.text("mend")).contains("owner of the server");
    assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 429);
  }

  @Test
  void runsOfADayAreRefusedAndThoseThatGoOnAreNot() {
    assertThat(quotas("{\"runs\":1}").statusCode()).isEqualTo(200);
    assertThat(send("r1", 0, RUN.subList(0, 2)).statusCode()).isEqualTo(200);

    HttpResponse<String> second = send("r2", 0, RUN);
    refused(second, 429, "runs");
    assertThat(second.body()).contains("1 run a day", "from 20", "assay push");
    long wait = Long.parseLong(second.headers().firstValue("Retry-After").orElseThrow());
    assertThat(wait).isBetween(1L, 86_400L);
    refused(it.owner.ask("POST", "projects/shop/ingest", key, report()), 429, "runs");
    assertThat(send("r1", 2, RUN.subList(2, RUN.size())).statusCode()).isEqualTo(200);

    assertThat(quotas("{}").statusCode()).isEqualTo(200);
    assertThat(send("r2", 0, RUN).statusCode()).isEqualTo(200);
  }

  private static byte[] report() {
    return "<testsuite name=\"s\"><testcase classname=\"c\" name=\"t\"/></testsuite>"
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void ofARunThatDoesNotFitAnyMoreTheRestIsTakenOnceThereIsRoom() {
    quotas("{\"entries\":3}");
    assertThat(send("r1", 0, RUN.subList(0, 3)).statusCode()).isEqualTo(200);
    refused(send("r1", 3, RUN.subList(3, RUN.size())), 429, "entries");
    assertThat(send("r1", 0, RUN.subList(0, 3)).statusCode())
        .as("what is there already needs no room")
        .isEqualTo(200);
    refused(it.owner.ask("POST", "projects/shop/ingest", key, report()), 429, "entries");
    assertThat(it.owner.ask("projects/shop/runs", key).body())
        .as("of a report that does not fit nothing is there")
        .doesNotContain("\"decision\":\"pass\"");

    quotas("{\"entries\":1000}");
    assertThat(send("r1", 3, RUN.subList(3, RUN.size())).body())
        .contains("\"entries\":" + RUN.size());
  }

  @Test
  void noMoreIsKeptThanThereIsRoomFor() throws Exception {
    quotas("{\"bytes\":10}");
    assertThat(store("nine char").statusCode()).isEqualTo(200);
    refused(store("two"), 507, "bytes");
    assertThat(store("nine char").statusCode()).as("it is there").isEqualTo(200);
    HttpResponse<String> run = send("r1", 0, RUN);
    refused(run, 507, "bytes");
    assertThat(run.body()).contains("10 B of evidence and artifacts", "retention");
  }

  @Test
  void membersAndKeysAreBounded() {
    quotas("{\"members\":1,\"keys\":1}");
    Members members = it.server.bean(Members.class);
    members.add("ada", FurnishedServer.PASSWORD, false);
    int there = members.of("shop").size(); // whoever made the project
    HttpResponse<String> full =
        it.owner.post(
            "/projects/shop/members",
            "/projects/shop/members",
            Map.of("member", "ada", "role", "viewer"));
    assertThat(there).isEqualTo(1);
    assertThat(full.statusCode()).isEqualTo(409);
    assertThat(full.body()).contains("A quota is reached", "1 member", "Take the role of");
    refused(
        it.owner.ask(
            "PUT",
            "projects/shop/members/ada",
            key,
            "{\"role\":\"viewer\"}".getBytes(StandardCharsets.UTF_8)),
        409,
        "members");
    members.grant("kim", "shop", Role.ADMIN); // who is there already may change
    ProjectKeys keys = it.server.bean(ProjectKeys.class);
    assertThatThrownBy(() -> keys.make("shop", "x", EnumSet.of(Scope.READ), Duration.ofDays(1)))
        .isInstanceOf(QuotaReached.class);
    assertThat(keys.rotate("shop", keys.of("shop").getFirst().id())).isPresent();
    quotas("{}");
    members.grant("ada", "shop", Role.VIEWER);
  }

  @Test
  void ownersOfTheServerChangeQuotasAndAdminsSeeThem() {
    send("r1", 0, RUN);
    it.owner.post(PAGE, PAGE, Map.of("runs", "2", "bytes", "1000000", "members", ""));
    String page = it.owner.get(PAGE).body();
    assertThat(page).contains("Runs a day", "50 %", "no end", ">Save<");
    assertThat(it.owner.post(PAGE, PAGE, Map.of("runs", "many")).body())
        .contains("'many' is no whole number");
    assertThat(it.owner.get("/projects/shop/audit").body()).contains("quota.changed", "runs: 2");
    try (Visitor admin = it.member("ada", "admin")) {
      assertThat(admin.get(PAGE).body())
          .contains("50 %", "Owners of the server change them")
          .doesNotContain(">Save<");
      assertThat(admin.post("/projects/shop/settings", PAGE, Map.of("runs", "9")).statusCode())
          .isEqualTo(403);
    }
    assertThat(it.owner.ask("projects/shop/quotas", key).body())
        .contains("\"runs\":{\"most\":2,\"used\":1}", "\"keys\":{\"most\":null,\"used\":1}");
    assertThat(it.owner.ask("PUT", "projects/shop/quotas", key, new byte[0]).statusCode())
        .isEqualTo(403);
    assertThat(quotas("{\"runs\":-1}").statusCode()).isEqualTo(422);
    assertThat(quotas("{\"cats\":1}").statusCode()).isEqualTo(400);
  }

  @Test
  void thatAQuotaIsNearlyUsedUpAndReachedIsToldOnceEachAndStandsOnThePages() throws IOException {
    List<String> told = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          told.add(JsonReader.read(body).asObject().text("type"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      String hook =
          "{\"url\":\"http://127.0.0.1:"
              + receiver.getAddress().getPort()
              + "/\",\"events\":[\"quota.neared\",\"quota.reached\"]}";
      assertThat(
              it.owner
                  .ask(
                      "POST",
                      "projects/shop/webhooks",
                      key,
                      hook.getBytes(StandardCharsets.UTF_8),
                      Map.of("Content-Type", "application/json"))
                  .statusCode())
          .isEqualTo(201);
      quotas("{\"runs\":5}");
      for (int i = 1; i <= 4; i++) {
        send("r" + i, 0, RUN.subList(0, 1));
      }
      Chromium.await(() -> told.contains("dev.assay.quota.neared.1"));
      Chromium.await(() -> it.owner.get("/projects/shop").body().contains("4 of 5 runs a day"));
      assertThat(told).containsExactly("dev.assay.quota.neared.1");
      send("r5", 0, RUN.subList(0, 1));
      Chromium.await(() -> told.contains("dev.assay.quota.reached.1"));
      Chromium.await(() -> it.owner.get("/projects/shop").body().contains("quota is reached"));
      refused(send("r6", 0, RUN.subList(0, 1)), 429, "runs");
      quotas("{}");
      Chromium.await(() -> !it.owner.get("/projects/shop").body().contains("quota is reached"));
      assertThat(told).containsExactly("dev.assay.quota.neared.1", "dev.assay.quota.reached.1");
    } finally {
      receiver.stop(0);
    }
  }

  /** As where another server on the same database took what it is for. */
  @Test
  void whatAnotherServerTookCountsHereASecondLater() {
    quotas("{\"entries\":1000000}");
    assertThat(send("r1", 0, RUN.subList(0, 2)).statusCode()).isEqualTo(200);
    assertThat(it.owner.ask("projects/shop/usage", key).body()).contains("\"entries\":2,");
    int _ =
        it.server
            .bean(ServerDatabase.class)
            .of("shop", own -> own.sql("UPDATE used_day SET entries = 999999").update());
    AtomicInteger next = new AtomicInteger();
    Chromium.await(
        () -> send("n" + next.incrementAndGet(), 0, RUN.subList(0, 1)).statusCode() == 429);
  }

  @Test
  void howOftenAProjectAsksIsBoundedForAllItsKeysTogether() {
    HttpResponse<String> one = it.owner.ask("projects/shop/runs", key);
    assertThat(one.headers().firstValue("RateLimit-Policy"))
        .contains("\"key\";q=2000;w=10, \"project\";q=10000;w=10");
    assertThat(one.headers().firstValue("RateLimit").orElseThrow())
        .matches("\"key\";r=\\d+;t=\\d+, \"project\";r=9\\d{3};t=\\d+");
    assertThat(it.owner.ask("key", serverKey).headers().firstValue("RateLimit-Policy"))
        .contains("\"key\";q=2000;w=10");

    String other =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "other", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    quotas("{\"requests\":1}");
    HttpResponse<String> answer = it.owner.ask("projects/shop/runs", key);
    for (int i = 0; i < 200 && answer.statusCode() == 200; i++) {
      answer = it.owner.ask("projects/shop/runs", i % 2 == 0 ? key : other);
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.body())
        .contains("ASSAY-SERVER-006", "All keys of the project together may ask 10 times at once");
    assertThat(answer.headers().firstValue("RateLimit").orElseThrow())
        .contains("\"project\";r=0;t=10");
  }
}
