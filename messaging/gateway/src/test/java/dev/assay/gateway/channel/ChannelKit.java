package dev.assay.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.gateway.Answer;
import dev.assay.gateway.Channel;
import dev.assay.gateway.ChannelListener;
import dev.assay.gateway.Incoming;
import dev.assay.gateway.Message;
import dev.assay.gateway.State;
import dev.assay.gateway.Status;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every channel must do, whatever provider is behind it. */
abstract class ChannelKit implements ChannelListener {

  static final String SECRET = "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0";

  final List<Status> statuses = new CopyOnWriteArrayList<>();
  final List<Incoming> incomings = new CopyOnWriteArrayList<>();

  /** Where the provider listens. */
  abstract URI provider();

  /** The provider takes what comes. */
  abstract void takes();

  /** The provider says that there are too many. */
  abstract void throttles();

  /** The provider refuses a message for good. */
  abstract void refuses();

  /** The provider says that it is ill. */
  abstract void ails();

  /** The provider takes messages and does not answer. */
  abstract void hangs();

  /** Opens when the first message came to the provider. */
  abstract CountDownLatch arrived();

  /** How many messages came to the provider. */
  abstract int came();

  /** A channel to a provider at that address, with that time-out. */
  abstract Channel channel(URI provider, Duration timeout);

  /** A recipient. */
  abstract String recipient();

  /** Whether the provider drops what comes twice. */
  abstract boolean dropsDuplicates();

  @Override
  public void status(Status status, Runnable taken) {
    statuses.add(status);
    taken.run();
  }

  @Override
  public void incoming(Incoming incoming, Runnable taken) {
    incomings.add(incoming);
    taken.run();
  }

  private Channel opened;

  @AfterEach
  void closeChannel() {
    if (opened != null) {
      opened.close();
    }
  }

  final Channel open(URI provider, Duration timeout) {
    opened = channel(provider, timeout);
    opened.listen(this);
    return opened;
  }

  final Answer answer(Message message) {
    return answer(open(provider(), Duration.ofSeconds(60)), message);
  }

  static Answer answer(Channel channel, Message message) {
    return channel.send(message).orTimeout(90, TimeUnit.SECONDS).join();
  }

  final Message message(String text, Map<String, String> properties) {
    return new Message(
        "m-1",
        "shop",
        "",
        recipient(),
        text,
        List.of(),
        Instant.parse("2026-12-02T00:00:00Z"),
        true,
        properties);
  }

  @Test
  void whatIsTakenIsAnsweredWithTheProvidersId() {
    takes();

    Answer answer = answer(message("Hello", Map.of()));

    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    assertThat(((Answer.Accepted) answer).providerIds()).hasSize(1).doesNotContain("");
    assertThat(came()).isEqualTo(1);
    assertThat(statuses)
        .allSatisfy(status -> {
          assertThat(status.state()).isEqualTo(State.DELIVERED);
          assertThat(((Answer.Accepted) answer).providerIds()).contains(status.providerId());
        });
  }

  @Test
  void tooManyAreThrottled() {
    throttles();

    assertThat(answer(message("Hello", Map.of())))
        .isInstanceOfSatisfying(
            Answer.Again.class,
            again -> assertThat(again.cause()).isEqualTo(Answer.Cause.THROTTLED));
  }

  @Test
  void whatIsRefusedForGoodIsRejectedWithACode() {
    refuses();

    assertThat(answer(message("Hello", Map.of())))
        .isInstanceOfSatisfying(
            Answer.Rejected.class,
            rejected -> {
              assertThat(rejected.code()).isNotEmpty();
              assertThat(rejected.reason()).doesNotContain(recipient()).doesNotContain("Hello");
            });
  }

  @Test
  void anIllProviderIsAskedAgain() {
    ails();

    assertThat(answer(message("Hello", Map.of())))
        .isInstanceOfSatisfying(
            Answer.Again.class,
            again -> assertThat(again.cause()).isEqualTo(Answer.Cause.UNAVAILABLE));
  }

  @Test
  void aProviderThatIsNotThereIsAskedAgain() {
    Channel channel = open(URI.create("http://127.0.0.1:1/"), Duration.ofSeconds(60));

    assertThat(answer(channel, message("Hello", Map.of())))
        .isInstanceOfSatisfying(
            Answer.Again.class,
            again -> assertThat(again.cause()).isEqualTo(Answer.Cause.UNAVAILABLE));
  }

  @Test
  void whatIsNotAnsweredIsInDoubtWhereItMayComeTwice() {
    hangs();

    Answer answer = answer(open(provider(), Duration.ofSeconds(2)), message("Hello", Map.of()));

    assertThat(answer).isInstanceOf(dropsDuplicates() ? Answer.Again.class : Answer.InDoubt.class);
  }

  @Test
  void whatIsUnansweredWhenItEndsIsInDoubt() throws InterruptedException {
    hangs();
    Channel channel = open(provider(), Duration.ofSeconds(60));
    var answer = channel.send(message("Hello", Map.of()));
    assertThat(arrived().await(60, TimeUnit.SECONDS)).isTrue();

    channel.close();

    assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join()).isInstanceOf(Answer.InDoubt.class);
  }
}
