package dev.assay.observe.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.observe.alert.Alert;
import dev.assay.observe.alert.Notification;
import dev.assay.observe.alert.Way;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each kind of receiver is sent. */
class NotifierTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private record Asked(String path, Map<String, List<String>> headers, Json.Obj body) {}

  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private HttpServer server;
  private HttpClient http;
  private Notifier notifier;
  private String address;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(
              new Asked(
                  exchange.getRequestURI().getPath(),
                  Map.copyOf(exchange.getRequestHeaders()),
                  JsonReader.read(body).asObject()));
          int status = exchange.getRequestURI().getPath().contains("refuses") ? 503 : 202;
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort();
    http = HttpClient.newHttpClient();
    notifier = new Notifier(new HttpPost(http), _ -> "https://assay.example/incidents/1");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    http.close();
  }

  private static Notification notification(String kind, Json configuration, boolean firing) {
    Alert alert =
        new Alert(
            new TreeMap<>(
                Map.of("alertname", "ShopDown", "service", "shop", "severity", "critical")),
            new TreeMap<>(Map.of("summary", "it <answers> 503", "change", "0123abc by Kim")),
            NOON,
            firing ? NOON.plusSeconds(300) : NOON.plusSeconds(5),
            NOON,
            "");
    return new Notification(
        new Way("on-call", kind, 0, configuration),
        "0:{service=shop}",
        new TreeMap<>(Map.of("service", "shop")),
        List.of(alert),
        NOON.plusSeconds(10),
        "1");
  }

  private Asked sent(Notification notification) throws InterruptedException {
    assertThat(notifier.send(notification, Map.of())).isNull();
    Asked one = asked.poll(60, TimeUnit.SECONDS);
    assertThat(one).isNotNull();
    return one;
  }

  @Test
  void aWebhookIsSentVersionFour() throws Exception {
    Json.Obj body =
        sent(notification("webhook", Json.object().put("url", address + "/hook").build(), true))
            .body();

    assertThat(body.text("version")).isEqualTo("4");
    assertThat(body.text("status")).isEqualTo("firing");
    assertThat(body.text("groupKey")).isEqualTo("0:{service=shop}");
    assertThat(body.array("alerts").getFirst().asObject().text("endsAt"))
        .isEqualTo("0001-01-01T00:00:00Z");
    assertThat(body.object("commonAnnotations").text("change")).isEqualTo("0123abc by Kim");
  }

  @Test
  void whoAsksIsSaidAsTheFileSays() throws Exception {
    Json basic = JsonReader.read("{\"basic_auth\":{\"username\":\"u\",\"password\":\"ü\"}}");
    Json.Builder hook = Json.object().put("url", address + "/hook");
    Notification without = notification("webhook", hook.build(), true);
    Notification own = notification("webhook", hook.put("http_config", basic).build(), true);
    Map<String, Json> global =
        Map.of("http_config", JsonReader.read("{\"bearer_token\":\"of all\"}"));

    assertThat(notifier.send(without, global)).isNull();
    assertThat(notifier.send(own, global)).isNull();
    assertThat(login()).containsExactly("Bearer of all");
    assertThat(login()).containsExactly("Basic dTrDvA==");
  }

  private List<String> login() throws InterruptedException {
    return Objects.requireNonNull(asked.poll(60, TimeUnit.SECONDS)).headers().get("Authorization");
  }

  @Test
  void slackIsSentEscapedText() throws Exception {
    Json.Obj body =
        sent(notification("slack", Json.object().put("api_url", address + "/slack").build(), true))
            .body();

    assertThat(body.text("text")).isEqualTo("[FIRING] ShopDown (shop)");
    assertThat(body.array("attachments").getFirst().asObject().text("text"))
        .contains("it &lt;answers&gt; 503")
        .contains("0123abc by Kim");
  }

  @Test
  void pagerDutyResolvesWhatItTriggered() throws Exception {
    Json configuration = Json.object().put("url", address + "/pd").put("routing_key", "R").build();

    Json.Obj first = sent(notification("pagerduty", configuration, true)).body();
    Json.Obj second = sent(notification("pagerduty", configuration, false)).body();

    assertThat(first.text("event_action")).isEqualTo("trigger");
    assertThat(second.text("event_action")).isEqualTo("resolve");
    assertThat(second.text("dedup_key")).isEqualTo(first.text("dedup_key"));
    assertThat(first.object("payload").text("severity")).isEqualTo("critical");
  }

  @Test
  void theGatewayIsSentAMessageThatItTakesOnce() throws Exception {
    Json configuration =
        Json.object().put("url", address).put("key", "k").put("to", "+4930123456").build();

    Asked one = sent(notification("gateway", configuration, true));
    Asked two = sent(notification("gateway", configuration, true));

    assertThat(one.path()).isEqualTo("/v1/messages");
    assertThat(one.body().text("to")).isEqualTo("+4930123456");
    assertThat(one.body().text("text")).startsWith("[FIRING] ShopDown (shop)");
    assertThat(one.headers().get("Authorization")).containsExactly("Bearer k");
    assertThat(two.headers().get("Idempotency-key"))
        .isEqualTo(one.headers().get("Idempotency-key"));
  }

  @Test
  void aMailServerGetsAMail() throws Exception {
    GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    mail.start();
    try {
      Json configuration =
          Json.object()
              .put("smarthost", "127.0.0.1:" + mail.getSmtp().getPort())
              .put("from", "assay@example.org")
              .put("to", "kim@example.org")
              .put("require_tls", false)
              .build();

      assertThat(notifier.send(notification("email", configuration, true), Map.of())).isNull();

      assertThat(mail.waitForIncomingEmail(60_000, 1)).isTrue();
      assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("[FIRING] ShopDown (shop)");
      assertThat(mail.getReceivedMessages()[0].getContent().toString())
          .contains("it <answers> 503")
          .contains("https://assay.example/incidents/1");
    } finally {
      mail.stop();
    }
  }

  private String why(Notification notification) throws InterruptedException {
    return Objects.requireNonNull(notifier.send(notification, Map.of())).why();
  }

  @Test
  void howLongItAsksToBeLeftAloneIsHeard() throws Exception {
    server.createContext(
        "/busy",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "90");
          exchange.sendResponseHeaders(429, -1);
          exchange.close();
        });
    Notification one =
        notification("webhook", Json.object().put("url", address + "/busy").build(), true);

    assertThat(Objects.requireNonNull(notifier.send(one, Map.of())).after())
        .isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void whyItDidNotArriveIsSaid() throws Exception {
    Notification refused =
        notification("webhook", Json.object().put("url", address + "/refuses").build(), true);
    Notification missing = notification("webhook", Json.object().build(), true);

    assertThat(why(refused)).contains("503");
    assertThat(why(missing)).contains("'url' is missing");
    assertThat(
            why(
                notification(
                    "webhook", Json.object().put("url", "http://127.0.0.1:1/").build(), true)))
        .isEqualTo("nobody listens there");
    assertThat(
            why(
                notification(
                    "webhook", Json.object().put("url", "http://hook.invalid/").build(), true)))
        .isEqualTo("there is no host of that name");
  }
}
