package dev.assay.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.SystemClock;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Channel;
import dev.assay.gateway.channel.ProviderDouble.Said;
import dev.assay.testkit.SetClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every channel over HTTP must do besides. */
abstract class HttpChannelKit extends ChannelKit {

  final ProviderDouble provider = new ProviderDouble();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void closeProvider() {
    provider.close();
    http.close();
  }

  abstract Dialect dialect(URI provider);

  @Override
  URI provider() {
    return provider.address();
  }

  @Override
  int came() {
    return provider.asked.size();
  }

  @Override
  CountDownLatch arrived() {
    return provider.arrived;
  }

  @Override
  void hangs() {
    provider.hangs();
  }

  @Override
  void ails() {
    provider.answers(500, "");
  }

  @Override
  boolean dropsDuplicates() {
    return dialect(provider()).dropsDuplicates();
  }

  @Override
  Channel channel(URI address, Duration timeout) {
    return new HttpChannel("test", dialect(address), http, new SystemClock(), timeout, 0);
  }

  @Test
  void retryAfterIsHonoured() {
    SetClock clock = new SetClock("2026-12-01T12:00:00Z");
    provider.answers(_ -> new Said(429, "", Map.of("Retry-After", "30")));
    try (HttpChannel channel =
        new HttpChannel("test", dialect(provider()), http, clock, Duration.ofSeconds(60), 0)) {
      assertThat(answer(channel, message("Hello", Map.of())))
          .isInstanceOfSatisfying(
              Answer.Again.class,
              again -> {
                assertThat(again.after()).isEqualTo(Duration.ofSeconds(30));
                assertThat(again.cause()).isEqualTo(Answer.Cause.THROTTLED);
              });
      assertThat(channel.ready()).isFalse();

      clock.pass(Duration.ofSeconds(10));
      assertThat(answer(channel, message("Hello", Map.of())))
          .isInstanceOfSatisfying(
              Answer.Again.class,
              again -> assertThat(again.after()).isEqualTo(Duration.ofSeconds(20)));
      assertThat(came()).as("asked only once").isEqualTo(1);

      takes();
      clock.pass(Duration.ofSeconds(20));
      assertThat(channel.ready()).isTrue();
      assertThat(answer(channel, message("Hello", Map.of()))).isInstanceOf(Answer.Accepted.class);
    }
  }

  @Test
  void noMoreGoOutThanItsRateAllows() {
    SetClock clock = new SetClock("2026-12-01T12:00:00Z");
    takes();
    try (HttpChannel channel =
        new HttpChannel("test", dialect(provider()), http, clock, Duration.ofSeconds(60), 2)) {
      assertThat(answer(channel, message("Hello", Map.of()))).isInstanceOf(Answer.Accepted.class);
      assertThat(answer(channel, message("Hello", Map.of())))
          .isInstanceOfSatisfying(
              Answer.Again.class,
              again -> assertThat(again.after()).isEqualTo(Duration.ofMillis(500)));
      clock.pass(Duration.ofMillis(500));
      assertThat(answer(channel, message("Hello", Map.of()))).isInstanceOf(Answer.Accepted.class);
    }
  }

  @Test
  void aMiddlemansAnswerIsNotTheProviders() {
    provider.answers(504, "<html>");

    assertThat(answer(message("Hello", Map.of())))
        .isInstanceOf(dropsDuplicates() ? Answer.Again.class : Answer.InDoubt.class);
  }
}
