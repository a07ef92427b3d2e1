package dev.assay.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.value.Secret;
import dev.assay.gateway.Answer;
import dev.assay.gateway.channel.ProviderDouble.Asked;
import dev.assay.gateway.channel.ProviderDouble.Said;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** chat.postMessage. */
class SlackChannelTest extends HttpChannelKit {

  @Override
  Dialect dialect(URI provider) {
    return new SlackDialect(null, provider.resolve("/api/"), Secret.of("xoxb-token"));
  }

  @Override
  String recipient() {
    return "C0123456";
  }

  /** Answers as the Web API does, and checks what it would. */
  @Override
  void takes() {
    provider.answers(SlackChannelTest::postMessage);
  }

  private static Said postMessage(Asked asked) {
    if (!asked.path().equals("/api/chat.postMessage") || !asked.method().equals("POST")) {
      return Said.of(404, "{\"ok\":false,\"error\":\"unknown_method\"}");
    }
    if (!"Bearer xoxb-token".equals(asked.headers().get("Authorization"))) {
      return Said.of(200, "{\"ok\":false,\"error\":\"invalid_auth\"}");
    }
    if (!asked.headers().get("Content-Type").startsWith("application/json")) {
      return Said.of(200, "{\"ok\":false,\"error\":\"invalid_post_type\"}");
    }
    Json.Obj body = asked.json();
    if (body.findText("channel") == null) {
      return Said.of(200, "{\"ok\":false,\"error\":\"channel_not_found\"}");
    }
    for (Json block : body.array("blocks")) {
      Json.Obj text = block.asObject().object("text");
      if (text.text("text").isEmpty() || text.text("text").length() > 3000) {
        return Said.of(200, "{\"ok\":false,\"error\":\"invalid_blocks\"}");
      }
    }
    return Said.of(
        200, "{\"ok\":true,\"channel\":\"C0123456\",\"ts\":\"1503435956.000247\",\"message\":{}}");
  }

  @Override
  void throttles() {
    provider.answers(200, "{\"ok\":false,\"error\":\"ratelimited\"}");
  }

  @Override
  void refuses() {
    provider.answers(200, "{\"ok\":false,\"error\":\"channel_not_found\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "channel_not_found, Rejected",
    "is_archived, Rejected",
    "msg_too_long, Rejected",
    "token_revoked, Again",
    "invalid_auth, Again",
    "internal_error, Again",
    "rate_limited, Again",
  })
  void errorsAreToldApart(String error, String kind) {
    provider.answers(200, "{\"ok\":false,\"error\":\"" + error + "\"}");

    assertThat(answer(message("Hello", Map.of())).getClass().getSimpleName()).isEqualTo(kind);
  }

  @Test
  void aMessageIsItsIdAndBlocks() {
    takes();

    Answer answer =
        answer(
            message(
                "*Down*: <shop> & [runbook](https://example.org/r)",
                Map.of("format", "markup", "subject", "Alert")));

    assertThat(answer)
        .isEqualTo(new Answer.Accepted(java.util.List.of("C0123456:1503435956.000247")));
    Json.Obj body = provider.asked.getFirst().json();
    assertThat(body.text("text"))
        .isEqualTo("*Down*: &lt;shop&gt; &amp; <https://example.org/r|runbook>");
    assertThat(body.array("blocks")).hasSize(2);
    assertThat(body.array("blocks").get(1).asObject().object("text").text("type"))
        .isEqualTo("mrkdwn");
  }

  @Test
  void aLongTextIsSeveralBlocks() {
    takes();

    assertThat(answer(message(("ä".repeat(99) + "\n").repeat(70), Map.of())))
        .isInstanceOf(Answer.Accepted.class);
    assertThat(provider.asked.getFirst().json().array("blocks")).hasSize(3);
  }
}
