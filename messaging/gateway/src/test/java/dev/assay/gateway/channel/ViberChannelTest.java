package dev.assay.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.value.Secret;
import dev.assay.gateway.Host;
import dev.assay.gateway.Signature;
import dev.assay.gateway.channel.ProviderDouble.Asked;
import dev.assay.gateway.channel.ProviderDouble.Said;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViberChannelTest extends HttpChannelKit {

  private static final String TOKEN = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9";

  @Override
  ViberDialect dialect(URI provider) {
    return new ViberDialect("test", provider.resolve("/pa/"), "Shop", Secret.of(TOKEN));
  }

  @Override
  String recipient() {
    return "01234567890A=";
  }

  /** Answers as the REST API does, and checks what it would. */
  @Override
  void takes() {
    provider.answers(ViberChannelTest::sendMessage);
  }

  private static Said sendMessage(Asked asked) {
    Json.Obj body = asked.json();
    if (!asked.path().equals("/pa/send_message")) {
      return Said.of(404, "");
    }
    if (!TOKEN.equals(asked.headers().get("X-Viber-Auth-Token"))) {
      return status(2);
    }
    boolean complete =
        !body.text("receiver").isEmpty()
            && body.text("type").equals("text")
            && body.object("sender").text("name").length() <= 28
            && !body.text("text").isEmpty();
    return complete ? status(0) : status(3);
  }

  private static Said status(int code) {
    return Said.of(
        200,
        "{\"status\":"
            + code
            + ",\"status_message\":\"…\""
            + (code == 0 ? ",\"message_token\":5741311803571721087,\"billing_status\":1" : "")
            + "}");
  }

  @Override
  void throttles() {
    provider.answers(_ -> status(12));
  }

  @Override
  void refuses() {
    provider.answers(_ -> status(6));
  }

  @ParameterizedTest
  @CsvSource({
    "3, Rejected",
    "5, Rejected",
    "6, Rejected",
    "11, Rejected",
    "2, Again",
    "9, Again",
    "12, Again",
    "24, Again"
  })
  void errorsAreToldApart(int code, String kind) {
    provider.answers(_ -> status(code));

    assertThat(answer(message("Hello", Map.of())).getClass().getSimpleName()).isEqualTo(kind);
  }

  private int call(String body, String secret) {
    HookedChannel hooked =
        new HookedChannel(channel(provider(), Duration.ofSeconds(60)), dialect(provider()));
    hooked.listen(this);
    String signature =
        HexFormat.of()
            .formatHex(
                Signature.hmac(
                    secret.getBytes(StandardCharsets.UTF_8),
                    body.getBytes(StandardCharsets.UTF_8)));
    Host.Reply reply =
        hooked
            .resource()
            .answer(
                WhatsAppChannelTest.call(
                    "POST", Map.of(), Map.of("x-viber-content-signature", signature), body));
    return reply.status();
  }

  @Test
  void aSignedCallTellsWhatBecameOfAMessage() {
    assertThat(
            call(
                "{\"event\":\"delivered\",\"timestamp\":1457764197627,\"message_token\":4912661846655238145,\"user_id\":\"x\"}",
                TOKEN))
        .isEqualTo(200);
    assertThat(
            call(
                "{\"event\":\"failed\",\"timestamp\":1457764197627,\"message_token\":4912661846655238146,\"user_id\":\"x\",\"desc\":\"no\"}",
                TOKEN))
        .isEqualTo(200);
    assertThat(
            call(
                "{\"event\":\"message\",\"timestamp\":1457764197627,\"message_token\":1,\"sender\":{\"id\":\"u1\",\"name\":\"Ada\"},\"message\":{\"type\":\"text\",\"text\":\"stop\"}}",
                TOKEN))
        .isEqualTo(200);
    assertThat(
            call("{\"event\":\"webhook\",\"timestamp\":1457764197627,\"message_token\":1}", TOKEN))
        .isEqualTo(200);

    assertThat(statuses)
        .extracting(status -> status.providerId() + " " + status.state())
        .containsExactly("4912661846655238145 DELIVERED", "4912661846655238146 FAILED");
    assertThat(incomings).extracting(incoming -> incoming.text()).containsExactly("stop");
  }

  @Test
  void aCallOfSomebodyElseIsRefused() {
    assertThat(call("{\"event\":\"delivered\",\"timestamp\":1,\"message_token\":1}", "guess"))
        .isEqualTo(401);
    assertThat(call("no json", TOKEN)).isEqualTo(400);
  }
}
