package dev.assay.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.Secret;
import dev.assay.gateway.channel.ProviderDouble.Asked;
import dev.assay.gateway.channel.ProviderDouble.Said;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookChannelTest extends HttpChannelKit {

  @Override
  Dialect dialect(URI provider) {
    return new WebhookDialect(provider.resolve("/in"), Secret.of(SECRET), new SystemClock());
  }

  @Override
  String recipient() {
    return "everybody";
  }

  /** Verifies as the libraries of Standard Webhooks do. */
  @Override
  void takes() {
    provider.answers(asked -> genuine(asked) ? Said.of(204, "") : Said.of(401, ""));
  }

  private static boolean genuine(Asked asked) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET.substring(6)), "HmacSHA256"));
      String signed =
          asked.headers().get("webhook-id")
              + "."
              + asked.headers().get("webhook-timestamp")
              + "."
              + asked.body();
      String expected =
          "v1,"
              + Base64.getEncoder()
                  .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
      return expected.equals(asked.headers().get("webhook-signature"));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  void throttles() {
    provider.answers(429, "");
  }

  @Override
  void refuses() {
    provider.answers(410, "");
  }

  @Test
  void whatIsSentSaysWhatTheMessageIs() {
    takes();

    answer(message("Hello", Map.of("ticket", "7")));

    var body = provider.asked.getFirst().json();
    assertThat(body.text("type")).isEqualTo("message");
    assertThat(body.object("data").text("text")).isEqualTo("Hello");
    assertThat(body.object("data").object("properties").text("ticket")).isEqualTo("7");
    assertThat(provider.asked.getFirst().headers().get("webhook-id")).isEqualTo("m-1");
  }

  @Test
  void aSecretIsAsTheStandardWantsIt() {
    assertThatThrownBy(
            () -> new WebhookDialect(provider(), Secret.of("whsec_short"), new SystemClock()))
        .hasMessageContaining("openssl")
        .hasMessageNotContaining("short");
  }
}
