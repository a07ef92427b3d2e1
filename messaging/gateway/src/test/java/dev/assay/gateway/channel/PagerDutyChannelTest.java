package dev.assay.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.value.Secret;
import dev.assay.gateway.Answer;
import dev.assay.gateway.channel.ProviderDouble.Asked;
import dev.assay.gateway.channel.ProviderDouble.Said;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagerDutyChannelTest extends HttpChannelKit {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @Override
  Dialect dialect(URI provider) {
    return new PagerDutyDialect(provider, Secret.of(KEY));
  }

  @Override
  String recipient() {
    return "on-call";
  }

  /** Answers as Events API v2 does, and checks what it would. */
  @Override
  void takes() {
    provider.answers(PagerDutyChannelTest::enqueue);
  }

  private static Said enqueue(Asked asked) {
    Json.Obj event = asked.json();
    boolean trigger = event.text("event_action").equals("trigger");
    boolean good =
        asked.path().equals("/v2/enqueue")
            && event.text("routing_key").equals(KEY)
            && List.of("trigger", "acknowledge", "resolve").contains(event.text("event_action"))
            && event.text("dedup_key").length() <= 255;
    if (trigger) {
      Json.Obj payload = event.object("payload");
      good &=
          !payload.text("summary").isEmpty()
              && payload.text("summary").length() <= 1024
              && !payload.text("source").isEmpty()
              && List.of("critical", "error", "warning", "info").contains(payload.text("severity"));
    }
    return good
        ? Said.of(
            202,
            "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\""
                + event.text("dedup_key")
                + "\"}")
        : Said.of(
            400,
            "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[]}");
  }

  @Override
  void throttles() {
    provider.answers(429, "");
  }

  @Override
  void refuses() {
    provider.answers(
        400,
        "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[]}");
  }

  @Test
  void anIncidentIsTriggeredAcknowledgedAndResolvedByItsKey() {
    takes();

    for (String action : List.of("trigger", "acknowledge", "resolve")) {
      assertThat(
              answer(
                  message(
                      "Down " + "x".repeat(2000), Map.of("action", action, "dedup_key", "db-1"))))
          .isEqualTo(new Answer.Accepted(List.of("db-1")));
    }
    assertThat(provider.asked.get(2).json().find("payload")).isNull();
  }

  @Test
  void withoutAKeyTheMessageIsTheIncident() {
    takes();

    assertThat(answer(message("Down", Map.of("severity", "critical"))))
        .isEqualTo(new Answer.Accepted(List.of("m-1")));
  }

  @Test
  void whatPagerDutyDoesNotKnowIsRejectedBefore() {
    takes();

    assertThat(answer(message("Down", Map.of("severity", "critcal"))))
        .isInstanceOfSatisfying(
            Answer.Rejected.class,
            rejected -> assertThat(rejected.reason()).contains("did you mean 'critical'"));
    assertThat(came()).isZero();
  }
}
