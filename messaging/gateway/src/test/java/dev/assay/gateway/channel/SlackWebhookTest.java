package dev.assay.gateway.channel;

import dev.assay.api.value.Secret;
import dev.assay.gateway.channel.ProviderDouble.Said;
import java.net.URI;

/** An incoming webhook of Slack. */
class SlackWebhookTest extends HttpChannelKit {

  @Override
  Dialect dialect(URI provider) {
    return new SlackDialect(
        Secret.of(provider.resolve("/services/T0/B0/token").toString()), provider, null);
  }

  @Override
  String recipient() {
    return "C0123456";
  }

  @Override
  void takes() {
    provider.answers(asked ->
        asked.path().equals("/services/T0/B0/token") && !asked.json().text("text").isEmpty()
            ? Said.of(200, "ok")
            : Said.of(400, "invalid_payload"));
  }

  @Override
  void throttles() {
    provider.answers(429, "rate_limited");
  }

  @Override
  void refuses() {
    provider.answers(410, "channel_is_archived");
  }
}
