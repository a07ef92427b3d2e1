package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.verdict.Decision;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.database.ServerDatabase;
import dev.assay.testkit.LedgerEntries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens is told to whoever wants to hear it, signed, also after a while. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(180)
class WebhooksTest {

  private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=]+");
  private static final Pattern KEY = Pattern.compile("assay_[0-9a-f]{12}_[0-9a-f]{64}");

  /** What came. */
  private record Came(String id, String time, String signature, String type, String body) {

    Json.Obj event() {
      return JsonReader.read(body).asObject();
    }
  }

  @Parameter Keeping keeping;
  @TempDir private Path folder;
  private final BlockingQueue<Came> came = new LinkedBlockingQueue<>();
  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer receiver;
  private FurnishedServer it;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          var headers = exchange.getRequestHeaders();
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
          came.add(
              new Came(
                  headers.getFirst("webhook-id"),
                  headers.getFirst("webhook-timestamp"),
                  headers.getFirst("webhook-signature"),
                  headers.getFirst("Content-Type"),
                  body));
        });
    receiver.start();
    it = started(true);
  }

  private FurnishedServer started(boolean privateHooks) {
    return new FurnishedServer(
        new ServerOptions(
            folder.resolve(privateHooks ? "data" : "public"),
            InetAddress.getLoopbackAddress(),
            0,
            keeping.database(folder.resolve(privateHooks ? "data" : "public")),
            "http://assay.example",
            null,
            privateHooks,
            false));
  }

  @AfterEach
  void stop() {
    it.close();
    receiver.stop(0);
  }

  private HttpResponse<String> make(FurnishedServer server, String url, String... events) {
    StringBuilder fields = new StringBuilder("url=" + url);
    for (String event : events) {
      fields.append("&events=").append(event);
    }
    String page = server.owner.get("/projects/shop/webhooks").body();
    String token = page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
    return server.owner.postRaw("/projects/shop/webhooks", fields + "&_csrf=" + token);
  }

  private String place() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
  }

  private void upload(String run) {
    upload(run, LedgerEntries.everyKind());
  }

  /** An entry of every kind, as a run of that decision that a monitor began, or none. */
  private static List<LedgerEntry> decided(Decision decision, @Nullable String monitor) {
    List<LedgerEntry> entries = new ArrayList<>();
    for (LedgerEntry each : LedgerEntries.everyKind()) {
      entries.add(
          switch (each) {
            case LedgerEntry.RunClosed closed ->
                new LedgerEntry.RunClosed(closed.at(), closed.ending(), decision);
            case LedgerEntry.RunOpened opened when monitor != null ->
                new LedgerEntry.RunOpened(
                    opened.at(),
                    opened.workspace(),
                    opened.digest(),
                    opened.subject(),
                    opened.seed(),
                    opened.version(),
                    opened.checks(),
                    Map.of("monitor", monitor));
            default -> each;
          });
    }
    return entries;
  }

  private void upload(String run, List<LedgerEntry> entries) {
    upload(run, "from=0", entries);
  }

  private void upload(String run, String query, List<LedgerEntry> entries) {
    String page = it.owner.post("/projects/shop/settings", "/projects/shop/keys", Map.of()).body();
    Matcher key = KEY.matcher(page);
    assertThat(key.find()).isTrue();
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : entries) {
      lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    assertThat(
            it.owner
                .ask("POST", "projects/shop/runs/" + run + "/entries?" + query, key.group(), body)
                .statusCode())
        .isEqualTo(200);
  }

  private Came next() throws InterruptedException {
    Came next = came.poll(60, TimeUnit.SECONDS);
    assertThat(next).as("something that came").isNotNull();
    return next;
  }

  /** As the specification says it, with nothing of Assay's. */
  private static String signed(String secret, Came came) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String content = came.id() + "." + came.time() + "." + came.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
  }

  private String secret(HttpResponse<String> page) {
    Matcher secret = SECRET.matcher(page.body());
    assertThat(secret.find()).as(page.body()).isTrue();
    return secret.group();
  }

  @Test
  void aRunThatEndsIsToldOnceAndSigned() throws Exception {
    String secret = secret(make(it, place(), "run.finished"));
    assertThat(it.owner.get("/projects/shop/webhooks").body()).doesNotContain("whsec_");
    // its own clock: an old run is none of the webhook's
    int _ =
        it.server
            .bean(ServerDatabase.class)
            .ofAll(all -> all.sql("UPDATE webhook SET created = 0").update());
    upload("r1");

    Came first = next();
    assertThat(first.signature()).isEqualTo(signed(secret, first));
    assertThat(first.type()).startsWith("application/cloudevents+json");
    Json.Obj event = first.event();
    assertThat(event.text("specversion")).isEqualTo("1.0");
    assertThat(event.text("type")).isEqualTo("dev.cdevents.testsuiterun.finished.0.2.0");
    assertThat(event.text("source")).isEqualTo("http://assay.example/projects/shop");
    assertThat(event.text("id")).isEqualTo(first.id());
    Json.Obj data = event.object("data");
    assertThat(data.object("subject").object("content").text("outcome"))
        .isIn("pass", "fail", "error", "cancel");
    assertThat(data.object("customData").text("url"))
        .isEqualTo("http://assay.example/projects/shop/runs/r1");
    assertThat(came).isEmpty();
  }

  @Test
  void afterARotationItSignsWithBothSecretsForADay() throws Exception {
    String first = secret(make(it, place(), "run.finished"));
    String hook = "/projects/shop/webhooks/" + hook();
    String second = secret(it.owner.post("/projects/shop/webhooks", hook + "/rotate", Map.of()));
    assertThat(second).isNotEqualTo(first);
    it.owner.post("/projects/shop/webhooks", hook + "/test", Map.of());
    Came told = next();
    assertThat(told.signature()).isEqualTo(signed(second, told) + " " + signed(first, told));

    int _ =
        it.server
            .bean(ServerDatabase.class)
            .ofAll(all -> all.sql("UPDATE webhook SET earlier_until = 0").update());
    it.owner.post("/projects/shop/webhooks", hook + "/test", Map.of());
    Came later = next();
    assertThat(later.signature()).isEqualTo(signed(second, later));
  }

  @Test
  void whatIsErasedIsInNoDeliveryEither() throws Exception {
    make(it, place(), "run.finished");
    ServerDatabase database = it.server.bean(ServerDatabase.class);
    int _ = database.ofAll(all -> all.sql("UPDATE webhook SET created = 0").update());
    upload("r1");
    upload("r10");
    Came _ = next();
    Came _ = next();
    it.owner.post(
        "/projects/shop/retention",
        "/projects/shop/retention/erase",
        Map.of("run", "r1", "why", "asked for"));

    assertThat(it.owner.get("/projects/shop/runs/r1").statusCode()).isEqualTo(404);
    List<String> told =
        database.ofAll(all -> all.sql("SELECT body FROM delivery").query(String.class).list());
    assertThat(told).singleElement().asString().contains("\"r10\"");
  }

  @Test
  void whatPeopleDecideIsToldWithoutTheirNames() throws Exception {
    upload("r1", decided(Decision.FAIL, null));
    make(it, place(), "run.overridden", "run.ruling.withdrawn");
    String runs = "/projects/shop/runs/r1";
    it.owner.post(runs, runs + "/rulings", Map.of("reason", "the test is wrong"));

    Json.Obj made = next().event();
    assertThat(made.text("type")).isEqualTo("dev.assay.run.overridden.1");
    Json.Obj data = made.object("data");
    assertThat(data.text("run")).isEqualTo("r1");
    assertThat(data.text("reason")).isEqualTo("the test is wrong");
    assertThat(data.text("author")).startsWith("p_");
    String ruling = data.text("ruling");
    it.owner.post(
        runs, runs + "/rulings/" + ruling + "/withdraw", Map.of("reason", "T-7 is mended"));
    Json.Obj gone = next().event();
    assertThat(gone.text("type")).isEqualTo("dev.assay.run.ruling.withdrawn.1");
    assertThat(gone.object("data").object("withdrawn").text("reason")).isEqualTo("T-7 is mended");
    assertThat(JsonWriter.canonical(gone)).doesNotContain("kim");
  }

  @Test
  void aRunThatFallsSilentIsToldOnceAndEndsAsAnyOther() throws Exception {
    make(it, place(), "run.silent");
    List<LedgerEntry> all = LedgerEntries.everyKind();
    upload("r1", "from=0&again=1", all.subList(0, 3));

    Json.Obj event = next().event();
    assertThat(event.text("type")).isEqualTo("dev.assay.run.silent.1");
    assertThat(event.text("subject")).isEqualTo("r1");
    assertThat(event.object("data").object("run").text("url")).endsWith("/projects/shop/runs/r1");
    assertThat(event.object("data").findText("silentSince")).isNotNull();
    upload("r1", "from=3", all.subList(3, all.size()));
    assertThat(came).isEmpty();
  }

  @Test
  void aVerdictThatIsAnotherThanBeforeIsToldAndWhatMonitorsFoundIsNot() throws Exception {
    make(it, place(), "verdict.changed");
    int _ =
        it.server
            .bean(ServerDatabase.class)
            .ofAll(all -> all.sql("UPDATE webhook SET created = 0").update());
    upload("r1", decided(Decision.PASS, null));
    upload("m1", decided(Decision.FAIL, "up"));
    upload("r2", decided(Decision.PASS, null));
    upload("r3", decided(Decision.FAIL, null));

    Json.Obj event = next().event();
    assertThat(event.text("type")).isEqualTo("dev.assay.verdict.changed.1");
    assertThat(event.text("subject")).isEqualTo("r3");
    Json.Obj data = event.object("data");
    assertThat(data.object("run").text("decision")).isEqualTo("fail");
    assertThat(data.object("before").text("id")).isEqualTo("r2");
    assertThat(data.object("before").text("decision")).isEqualTo("pass");
    assertThat(came).isEmpty();
  }

  @Test
  void whoIsAwayHearsOfItLaterWithTheSameId() throws Exception {
    status.set(503);
    make(it, place(), "run.finished");
    String hook = hook();
    it.owner.post("/projects/shop/webhooks", "/projects/shop/webhooks/" + hook + "/test", Map.of());
    Came first = next();
    status.set(200);
    Came again = next();

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.body()).isEqualTo(first.body());
  }

  private String hook() {
    return it.owner
        .get("/projects/shop/webhooks")
        .body()
        .replaceAll("(?s).*?/webhooks/([0-9a-f]{12})/test.*", "$1");
  }

  @Test
  void whatWaitsSurvivesTheServerAndIsSentAgainFromThePage() throws Exception {
    status.set(410);
    make(it, place(), "run.finished");
    String hook = hook();
    it.owner.post("/projects/shop/webhooks", "/projects/shop/webhooks/" + hook + "/test", Map.of());
    Came first = next();
    it.close();
    status.set(200);
    it = startedAgain();
    String page = it.owner.get("/projects/shop/webhooks").body();
    assertThat(page).contains("gone");
    String delivery = page.replaceAll("(?s).*?/deliveries/(\\d+)/replay.*", "$1");
    it.owner.post(
        "/projects/shop/webhooks", "/projects/shop/deliveries/" + delivery + "/replay", Map.of());

    assertThat(next().id()).isEqualTo(first.id());
  }

  private FurnishedServer startedAgain() {
    return FurnishedServer.again(
        new ServerOptions(
            folder.resolve("data"),
            InetAddress.getLoopbackAddress(),
            0,
            keeping.database(folder.resolve("data")),
            null,
            null,
            true,
            false));
  }

  @Test
  void noPrivateAddressIsToldAnything() {
    try (FurnishedServer server = started(false)) {
      for (String url :
          new String[] {
            "https://127.0.0.1/x", "https://10.0.0.8/", "https://[::1]/",
                "https://169.254.169.254/",
            "https://localhost/", "https://[fd00::1]/", "https://100.64.1.1/", "https://0.0.0.0/"
          }) {
        assertThat(make(server, url, "run.finished").body())
            .as(url)
            .contains("which is no public address");
      }
      assertThat(make(server, "http://example.com/", "run.finished").statusCode()).isEqualTo(422);
      assertThat(make(server, "file:///etc/passwd", "run.finished").statusCode()).isEqualTo(422);
    }
  }

  @Test
  void anAlertThatOpensAndEndsIsToldOnceEach() throws Exception {
    secret(make(it, place(), "alert.opened", "alert.closed"));
    String key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "an agent", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    ask(
        key,
        "PUT",
        "projects/shop/alerting",
        "route: { receiver: nobody, group_by: [service], group_wait: 1s, group_interval: 1s }\n"
            + "receivers: [ { name: nobody } ]\n");

    alert(key, "");
    Came opened = next();
    alert(key, ", \"endsAt\": \"2026-01-02T00:00:00Z\"");
    Came closed = next();

    assertThat(opened.event().text("type")).isEqualTo("dev.assay.alert.opened.1");
    assertThat(closed.event().text("type")).isEqualTo("dev.assay.alert.closed.1");
    assertThat(closed.event().text("subject")).isEqualTo(opened.event().text("subject"));
    assertThat(opened.event().object("data").object("labels").text("service")).isEqualTo("shop");
    assertThat(closed.id()).isNotEqualTo(opened.id());
  }

  /** As Prometheus tells an Alertmanager. */
  private void alert(String key, String more) {
    ask(
        key,
        "POST",
        "projects/shop/alertmanager/api/v2/alerts",
        "[{\"labels\": {\"alertname\": \"Down\", \"service\": \"shop\"},"
            + " \"startsAt\": \"2026-01-01T00:00:00Z\""
            + more
            + "}]");
  }

  private void ask(String key, String method, String path, String body) {
    assertThat(it.owner.ask(method, path, key, body.getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(200);
  }
}
