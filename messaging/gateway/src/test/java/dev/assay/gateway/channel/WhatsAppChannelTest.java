package dev.assay.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.value.Secret;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Channel;
import dev.assay.gateway.Host;
import dev.assay.gateway.Signature;
import dev.assay.gateway.State;
import dev.assay.gateway.channel.ProviderDouble.Asked;
import dev.assay.gateway.channel.ProviderDouble.Said;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppChannelTest extends HttpChannelKit {

  private static final String WAMID = "wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI1RjQyNUE3NEYxMzAzMzQ5MkEA";

  @Override
  WhatsAppDialect dialect(URI provider) {
    return new WhatsAppDialect(
        "test",
        provider.resolve("/v23.0/"),
        "106540352242922",
        Secret.of("EAAJB"),
        Secret.of("app-secret"),
        Secret.of("verify-me"));
  }

  @Override
  String recipient() {
    return "+49 170 1234567";
  }

  /** Answers as the Cloud API does, and checks what it would. */
  @Override
  void takes() {
    provider.answers(WhatsAppChannelTest::messages);
  }

  private static Said messages(Asked asked) {
    if (!"Bearer EAAJB".equals(asked.headers().get("Authorization"))) {
      return error(401, 190);
    }
    Json.Obj body = asked.json();
    boolean good =
        asked.path().equals("/v23.0/106540352242922/messages")
            && body.text("messaging_product").equals("whatsapp")
            && body.text("to").matches("\\d+")
            && (body.text("type").equals("text")
                ? !body.object("text").text("body").isEmpty()
                : body.object("template").object("language").text("code").equals("de"));
    return good
        ? Said.of(
            200,
            "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"x\",\"wa_id\":\"x\"}],"
                + "\"messages\":[{\"id\":\""
                + WAMID
                + "\"}]}")
        : error(400, 100);
  }

  private static Said error(int status, int code) {
    return Said.of(
        status,
        "{\"error\":{\"message\":\"(#"
            + code
            + ") error\",\"type\":\"OAuthException\",\"code\":"
            + code
            + ",\"fbtrace_id\":\"Az8or2yhqkZfEZ-_4Qn_Bam\"}}");
  }

  @Override
  void throttles() {
    provider.answers(_ -> error(400, 130429));
  }

  @Override
  void refuses() {
    provider.answers(_ -> error(400, 131026));
  }

  @ParameterizedTest
  @CsvSource({
    "400, 131026, Rejected",
    "400, 131047, Rejected",
    "404, 132001, Rejected",
    "400, 131056, Again",
    "500, 131000, Again",
    "503, 131016, Again",
    "401, 190, Again",
    "403, 10, Again",
    "403, 368, Rejected",
  })
  void errorsAreToldApart(int status, int code, String kind) {
    provider.answers(_ -> error(status, code));

    assertThat(answer(message("Hello", Map.of())).getClass().getSimpleName()).isEqualTo(kind);
  }

  @Test
  void anApprovedTemplateIsNamedWithItsParameters() {
    takes();

    Answer answer =
        answer(
            message(
                "not sent",
                Map.of(
                    "whatsapp.template", "shipped",
                    "whatsapp.language", "de",
                    "whatsapp.parameters", "[\"Ada\", \"42\"]")));

    assertThat(answer).isEqualTo(new Answer.Accepted(List.of(WAMID)));
    Json.Obj template = provider.asked.getFirst().json().object("template");
    assertThat(template.text("name")).isEqualTo("shipped");
    assertThat(template.array("components").getFirst().asObject().array("parameters")).hasSize(2);
  }

  private HookedChannel hooked() {
    WhatsAppDialect dialect = dialect(provider());
    Channel channel = channel(provider(), Duration.ofSeconds(60));
    HookedChannel hooked = new HookedChannel(channel, dialect);
    hooked.listen(this);
    return hooked;
  }

  static Host.Request call(
      String method, Map<String, String> query, Map<String, String> headers, String body) {
    return new Host.Request(
        "", Set.of(), method, "/", query, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static final String DELIVERED =
      """
      {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{
       "messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},
       "statuses":[{"id":"wamid.1","status":"delivered","timestamp":"1750263773","recipient_id":"4917"},
                   {"id":"wamid.2","status":"failed","timestamp":"1750263773","errors":[{"code":131026,"title":"Message undeliverable"}]},
                   {"id":"wamid.3","status":"sent","timestamp":"1750263773"}],
       "messages":[{"from":"4917","id":"wamid.9","timestamp":"1750263773","type":"text","text":{"body":"STOP"}}]},
       "field":"messages"}]}]}
      """;

  @Test
  void aSignedCallTellsStatusesAndMessages() {
    String signature =
        "sha256="
            + HexFormat.of()
                .formatHex(
                    Signature.hmac(
                        "app-secret".getBytes(StandardCharsets.UTF_8),
                        DELIVERED.getBytes(StandardCharsets.UTF_8)));

    Host.Reply reply =
        hooked()
            .resource()
            .answer(call("POST", Map.of(), Map.of("x-hub-signature-256", signature), DELIVERED));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(statuses)
        .extracting(status -> status.providerId() + " " + status.state() + " " + status.code())
        .containsExactly(
            "wamid.1 DELIVERED delivered", "wamid.2 FAILED 131026", "wamid.3 ACKNOWLEDGED sent");
    assertThat(statuses.getFirst().state()).isEqualTo(State.DELIVERED);
    assertThat(incomings)
        .extracting(incoming -> incoming.from() + " " + incoming.text())
        .containsExactly("4917 STOP");
  }

  @Test
  void aCallWithoutTheRightSignatureIsRefused() {
    Host.Resource resource = hooked().resource();

    assertThat(resource.answer(call("POST", Map.of(), Map.of(), DELIVERED)).status())
        .isEqualTo(401);
    assertThat(
            resource
                .answer(
                    call(
                        "POST",
                        Map.of(),
                        Map.of("x-hub-signature-256", "sha256=" + "0".repeat(64)),
                        DELIVERED))
                .status())
        .isEqualTo(401);
    assertThat(statuses).isEmpty();
  }

  @Test
  void theHookProvesThatItIsOurs() {
    Host.Resource resource = hooked().resource();
    Map<String, String> query =
        Map.of(
            "hub.mode",
            "subscribe",
            "hub.verify_token",
            "verify-me",
            "hub.challenge",
            "1158201444");

    assertThat(resource.answer(call("GET", query, Map.of(), "")))
        .isEqualTo(new Host.Reply(200, Json.of(1158201444L)));
    assertThat(
            resource
                .answer(
                    call(
                        "GET",
                        Map.of(
                            "hub.mode",
                            "subscribe",
                            "hub.verify_token",
                            "guess",
                            "hub.challenge",
                            "1"),
                        Map.of(),
                        ""))
                .status())
        .isEqualTo(403);
  }
}
