package dev.assay.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.ProblemException;
import dev.assay.gateway.config.CallbackConfiguration;
import dev.assay.gateway.config.KeyConfiguration;
import dev.assay.gateway.config.ProviderConfiguration;
import dev.assay.gateway.http.Keys;
import dev.assay.gateway.store.GatewayStore;
import dev.assay.gateway.store.Stores;
import dev.assay.smpp.codec.Status;
import dev.assay.smpp.text.MessageState;
import dev.assay.virtual.smsc.Behaviour;
import dev.assay.virtual.smsc.Delay;
import dev.assay.virtual.smsc.Receipts;
import dev.assay.virtual.smsc.VirtualSmsc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway, a message centre, and clients, each real. */
class GatewayTest {

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void begin() {
    rig = new Rig(folder);
  }

  @AfterEach
  void end() throws Exception {
    rig.close();
  }

  @Test
  void aMessageGoesAllItsWayAndEachStepIsAnEvent() {
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();

    String id = rig.send("+4917012345678", "Hello");

    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));
    assertThat(rig.states(id))
        .containsExactly("accepted", "routed", "submitted", "acknowledged", "delivered");
    Json.Obj message = rig.get("/v1/messages/" + id);
    assertThat(message.text("country")).isEqualTo("DE");
    assertThat(message.text("provider")).isEqualTo("alpha");
    assertThat(smsc.tally().accepted()).isEqualTo(1);
  }

  @Test
  void aLongTextIsDeliveredWhenAllItsPartsAre() {
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();

    String id = rig.send("+4917012345678", "abcdefghij".repeat(40));

    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));
    assertThat(rig.get("/v1/messages/" + id).whole("parts")).isEqualTo(3);
    assertThat(smsc.tally().accepted()).isEqualTo(3);
  }

  @Test
  void theSameRequestHasItsEffectOnce() {
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();
    String body = "{\"to\":\"+4917012345678\",\"text\":\"once\"}";

    HttpResponse<String> first =
        rig.ask("POST", "/v1/messages", body, "Idempotency-Key", "order-1");
    HttpResponse<String> second =
        rig.ask("POST", "/v1/messages", body, "Idempotency-Key", "order-1");
    HttpResponse<String> other =
        rig.ask(
            "POST", "/v1/messages", body.replace("once", "another"), "Idempotency-Key", "order-1");

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.body()).contains("ASSAY-GATEWAY-004");
    String id = JsonReader.read(first.body()).asObject().text("id");
    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));
    assertThat(smsc.tally().accepted()).isEqualTo(1);
  }

  @Test
  void anArrayIsAcceptedWholeOrNotAtAll() {
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();

    HttpResponse<String> bad =
        rig.ask(
            "POST",
            "/v1/messages",
            "[{\"to\":\"+4917012345678\",\"text\":\"a\"},{\"to\":\"nobody\",\"text\":\"b\"}]");
    HttpResponse<String> good =
        rig.ask(
            "POST",
            "/v1/messages",
            "[{\"to\":\"+4917012345678\",\"text\":\"a\"},{\"to\":\"+4917012345679\",\"text\":\"b\"}]");

    assertThat(bad.statusCode()).isEqualTo(422);
    assertThat(bad.body()).contains("message 1");
    assertThat(JsonReader.read(good.body()).asObject().array("messages")).hasSize(2);
    Rig.await("both are there", () -> smsc.tally().accepted() == 2);
  }

  @Test
  void aMistypedMemberIsNotPassedOver() {
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();

    HttpResponse<String> answer =
        rig.ask("POST", "/v1/messages", "{\"to\":\"+4917012345678\",\"txet\":\"a\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(JsonReader.read(answer.body()).asObject().text("mend")).contains("text");
  }

  @Test
  void whatACentreRefusesFails() {
    VirtualSmsc smsc =
        rig.smsc(
            new Behaviour(
                Map.of(),
                Delay.NONE,
                0,
                1,
                Status.RINVDSTADR,
                0,
                Status.RTHROTTLED,
                0,
                50,
                null,
                null,
                List.of()));
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();

    String id = rig.send("+4917012345678", "Hello");

    Rig.await("it fails", () -> rig.state(id).equals("failed"));
    assertThat(rig.get("/v1/messages/" + id).text("code")).isEqualTo("ESME_RINVDSTADR");
  }

  @Test
  void whatIsThrottledIsSentAgainUntilAllOfItArrived() {
    VirtualSmsc smsc =
        rig.smsc(
            new Behaviour(
                Map.of(),
                Delay.NONE,
                0,
                0,
                Status.RSYSERR,
                200,
                Status.RTHROTTLED,
                0,
                50,
                Receipts.prompt(),
                null,
                List.of()));
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();
    StringBuilder many = new StringBuilder("[");
    for (int i = 0; i < 500; i++) {
      many.append(i == 0 ? "" : ",")
          .append("{\"to\":\"+49170")
          .append(1_000_000 + i)
          .append("\",\"text\":\"x\"}");
    }

    rig.ask("POST", "/v1/messages", many.append(']').toString());

    // counted behind those that were accepted
    Rig.await("all are there", () -> smsc.tally().distinct() == 500);
    assertThat(smsc.tally().accepted()).isEqualTo(500);
  }

  @Test
  void whatIsNeverAnsweredIsSentAgainOrUnknownAsConfigured() {
    Behaviour mute =
        new Behaviour(
            Map.of(),
            Delay.NONE,
            1,
            0,
            Status.RSYSERR,
            0,
            Status.RTHROTTLED,
            0,
            50,
            null,
            null,
            List.of());
    VirtualSmsc smsc = rig.smsc(mute);
    rig.with(
            "alpha",
            Rig.provider(
                smsc.address().getPort(),
                ProviderConfiguration.Doubt.UNKNOWN,
                Duration.ofMillis(200)))
        .start();

    String id = rig.send("+4917012345678", "Hello");

    Rig.await("it is unknown", () -> rig.state(id).equals("unknown"));
    assertThat(smsc.tally().submits()).isEqualTo(1);
  }

  @Test
  void aMessageWithoutAReceiptIsUnknownInTheEnd() {
    VirtualSmsc smsc =
        rig.smsc(
            Rig.giving(new Receipts(Delay.NONE, Map.of(), 0, 1, 0, 0, Receipts.Ids.DECIMAL, true)));
    rig.validity(Duration.ofSeconds(1), Duration.ofMillis(100))
        .with("alpha", Rig.provider(smsc.address().getPort()))
        .start();

    String id = rig.send("+4917012345678", "Hello");

    Rig.await("it is unknown", () -> rig.state(id).equals("unknown"));
    assertThat(rig.states(id)).contains("acknowledged");
  }

  @Test
  void aReceiptThatComesBeforeItsAnswerInAnotherBaseIsUnderstood() {
    VirtualSmsc smsc =
        rig.smsc(
            Rig.giving(
                new Receipts(
                    Delay.NONE, Map.of(), 0, 0, 1, 0, Receipts.Ids.HEX_THEN_DECIMAL, true)));
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();

    String id = rig.send("+4917012345678", "Hello");

    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));
  }

  @Test
  void receiptsThatComeEarlyTwiceOrInAnotherBaseAreUnderstood() {
    VirtualSmsc smsc =
        rig.smsc(
            new Behaviour(
                Map.of(),
                Delay.NONE,
                0,
                0,
                Status.RSYSERR,
                0,
                Status.RTHROTTLED,
                0,
                50,
                new Receipts(
                    Delay.NONE,
                    Map.of(MessageState.UNDELIVERABLE, 1.0),
                    1,
                    0,
                    1,
                    0,
                    Receipts.Ids.HEX_THEN_DECIMAL,
                    false),
                null,
                List.of()));
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();

    String id = rig.send("+4917012345678", "Hello");

    Rig.await("it fails", () -> rig.state(id).equals("failed"));
    assertThat(rig.states(id)).containsOnlyOnce("failed");
  }

  @Test
  void aProviderThatComesLaterGetsWhatWaits() {
    VirtualSmsc first = rig.smsc(Behaviour.plain());
    int port = first.address().getPort();
    first.close();
    rig.with("alpha", Rig.provider(port)).start();
    String id = rig.send("+4917012345678", "Hello");
    assertThat(rig.state(id)).isIn("accepted", "routed");

    rig.smsc(Behaviour.plain(), port);

    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));
  }

  @Test
  void anotherProviderTakesOverFromOneThatIsAway() {
    VirtualSmsc gone = rig.smsc(Behaviour.plain());
    int nobody = gone.address().getPort();
    gone.close();
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(nobody))
        .with("beta", Rig.provider(smsc.address().getPort()))
        .start();

    String id = rig.send("+4917012345678", "Hello");

    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));
    assertThat(rig.get("/v1/messages/" + id).text("provider")).isEqualTo("beta");
  }

  @Test
  void providersComeAndGoWhileItRuns() {
    VirtualSmsc one = rig.smsc(Behaviour.plain());
    VirtualSmsc two = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(one.address().getPort())).start();
    String first = rig.send("+4917012345678", "Hello");
    Rig.await("it is delivered", () -> rig.state(first).equals("delivered"));

    rig.ask("PUT", "/v1/providers/beta", Integer.toString(two.address().getPort()));
    rig.ask("DELETE", "/v1/providers/alpha", null);
    String second = rig.send("+4917012345678", "Hello again");

    Rig.await("it is delivered", () -> rig.state(second).equals("delivered"));
    assertThat(rig.get("/v1/messages/" + second).text("provider")).isEqualTo("beta");
    assertThat(rig.ask("GET", "/v1/providers/alpha", null).statusCode()).isEqualTo(404);
  }

  @Test
  void moreThanFitsIntoMemoryWaitsInTheStore() {
    VirtualSmsc gone = rig.smsc(Behaviour.plain());
    int port = gone.address().getPort();
    gone.close();
    rig.memory(20).with("alpha", Rig.provider(port)).start();
    for (int i = 0; i < 200; i++) {
      rig.send("+49170" + (1_000_000 + i), "x");
    }

    VirtualSmsc smsc = rig.smsc(Behaviour.plain(), port);

    Rig.await("all are there", () -> smsc.tally().accepted() == 200);
    assertThat(smsc.tally().distinct()).isEqualTo(200);
  }

  @Test
  void whatWaitsIsSentAfterARestart() {
    VirtualSmsc gone = rig.smsc(Behaviour.plain());
    int port = gone.address().getPort();
    gone.close();
    rig.with("alpha", Rig.provider(port)).start();
    String id = rig.send("+4917012345678", "Hello");
    rig.stop();
    rig.smsc(Behaviour.plain(), port);

    rig.start();

    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));
    rig.stop();
    try (GatewayStore store = Stores.sqliteReader(folder.resolve("gateway.db"))) {
      assertThat(Verification.of(store).wrong()).isEmpty();
    }
  }

  @Test
  void aStoreHasOneGateway() {
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();
    Rig other = new Rig(folder).with("alpha", Rig.provider(smsc.address().getPort()));

    assertThatThrownBy(other::start)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("another gateway has it open");
  }

  @Test
  void keysSayWhoMayDoWhatFromWhere() {
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(smsc.address().getPort()))
        .with("shop", key("the-old-key", "the-new-key", List.of(), List.of()))
        .with("far", key("far", "far2", List.of(), List.of("10.0.0.0/8")))
        .start();
    String body = "{\"to\":\"+4917012345678\",\"text\":\"a\"}";

    assertThat(rig.ask("POST", "/v1/messages", body).statusCode()).isEqualTo(401);
    assertThat(status(body, "wrong")).isEqualTo(401);
    assertThat(status(body, "the-old-key")).isEqualTo(202);
    assertThat(status(body, "the-new-key")).isEqualTo(202);
    assertThat(status(body, "far")).isEqualTo(403);
    assertThat(
            rig.ask("POST", "/v1/reload", null, "Authorization", "Bearer the-new-key").statusCode())
        .isEqualTo(403);
  }

  private int status(String body, String key) {
    return rig.ask("POST", "/v1/messages", body, "Authorization", "Bearer " + key).statusCode();
  }

  private static KeyConfiguration key(
      String one, String two, List<KeyConfiguration.Scope> scopes, List<String> addresses) {
    return new KeyConfiguration(
        List.of(Keys.hash(one), Keys.hash(two)), scopes, addresses, null, null, null, Rig.PLACE);
  }

  @Test
  void clientsAreToldAndTheSignatureHolds() throws Exception {
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    byte[] secret = "0123456789abcdef01234567".getBytes(StandardCharsets.UTF_8);
    ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    AtomicInteger refusals = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/told",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String signed =
              exchange.getRequestHeaders().getFirst("webhook-id")
                  + "."
                  + exchange.getRequestHeaders().getFirst("webhook-timestamp")
                  + "."
                  + body;
          boolean right =
              ("v1," + hmac(secret, signed))
                  .equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
          // the first time it is refused, and comes again
          boolean taken = refusals.getAndIncrement() > 0;
          if (taken) {
            told.add(right + " " + JsonReader.read(body).asObject().object("data").text("state"));
          }
          exchange.sendResponseHeaders(taken ? 204 : 500, -1);
          exchange.close();
        });
    server.start();
    try {
      rig.callbacks(
              new CallbackConfiguration(
                  "http://127.0.0.1:" + server.getAddress().getPort() + "/told",
                  "whsec_" + Base64.getEncoder().encodeToString(secret),
                  List.of("acknowledged", "delivered"),
                  5,
                  Duration.ofMillis(10),
                  2))
          .with("alpha", Rig.provider(smsc.address().getPort()))
          .start();

      rig.send("+4917012345678", "Hello");

      Rig.await("both were told", () -> told.size() == 2);
      assertThat(told).containsExactly("true acknowledged", "true delivered");
    } finally {
      server.stop(0);
    }
  }

  private static String hmac(byte[] secret, String text) throws IOException {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException never) {
      throw new IOException(never);
    }
  }

  @Test
  void aPersonIsForgotten() {
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();
    String id = rig.send("+4917012345678", "Hello");
    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));

    HttpResponse<String> erased = rig.ask("DELETE", "/v1/recipients/4917012345678", null);

    assertThat(erased.body()).isEqualTo("{\"messages\":1}");
    Json.Obj message = rig.get("/v1/messages/" + id);
    assertThat(message.text("to")).isEmpty();
    assertThat(message.text("text")).isEmpty();
    assertThat(rig.states(id)).endsWith("delivered");
  }

  @Test
  void pagesMetricsAndTheDescriptionAreThere() {
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    rig.with("alpha", Rig.provider(smsc.address().getPort())).start();
    String id = rig.send("+4917012345678", "<b>Hello</b>");
    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));

    assertThat(rig.ask("GET", "/", null).body()).contains("alpha");
    assertThat(rig.ask("GET", "/messages?q=%2B4917012345678", null).body()).contains(id);
    assertThat(rig.ask("GET", "/messages/" + id, null).body())
        .contains("&lt;b&gt;Hello")
        .doesNotContain("<b>Hello");
    assertThat(rig.ask("GET", "/reports", null).body()).contains("DE");
    assertThat(rig.ask("GET", "/metrics", null).body())
        .contains("gateway_messages_total{state=\"delivered\"} 1");
    assertThat(rig.get("/v1/openapi.json").text("openapi")).isEqualTo("3.1.0");
    assertThat(rig.get("/v1/routes/explain?to=%2B4917012345678").text("country")).isEqualTo("DE");
    assertThat(rig.ask("GET", "/v1/nothing", null).statusCode()).isEqualTo(404);
  }
}
