package dev.assay.gateway.channel;

import dev.assay.api.json.JsonException;
import dev.assay.api.spi.Clock;
import dev.assay.api.value.RetryAfter;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Channel;
import dev.assay.gateway.ChannelListener;
import dev.assay.gateway.Message;
import dev.assay.gateway.State;
import dev.assay.gateway.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A channel whose provider is spoken to over HTTP. Gives no more messages a second than allowed,
 * and none before a provider's Retry-After is over. Answers that come are at most 1 MiB long and
 * come within the time-out. Thread-safe.
 */
final class HttpChannel implements Channel {

  private static final int LONGEST_ANSWER = 1 << 20;
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

  private final String name;
  private final Dialect dialect;
  private final HttpClient http;
  private final Clock clock;
  private final Duration timeout;
  private final long gapNanos;
  private final AtomicLong nextFree = new AtomicLong(Long.MIN_VALUE);
  private final AtomicReference<@Nullable Instant> closedUntil = new AtomicReference<>();
  private final AtomicReference<@Nullable ChannelListener> listener = new AtomicReference<>();
  private final Unanswered unanswered = new Unanswered();

  /**
   * A channel.
   *
   * @param perSecond how many messages a second at most; 0 for as many as come
   */
  HttpChannel(
      String name,
      Dialect dialect,
      HttpClient http,
      Clock clock,
      Duration timeout,
      double perSecond) {
    this.name = name;
    this.dialect = dialect;
    this.http = http;
    this.clock = clock;
    this.timeout = timeout;
    this.gapNanos = perSecond <= 0 ? 0 : (long) (1e9 / perSecond);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return dialect.kind();
  }

  @Override
  public void listen(ChannelListener hears) {
    listener.set(hears);
  }

  @Override
  public boolean ready() {
    Instant until = closedUntil.get();
    return until == null || !clock.now().isBefore(until);
  }

  @Override
  public CompletableFuture<Answer> send(Message message) {
    Instant until = closedUntil.get();
    if (until != null && clock.now().isBefore(until)) {
      return now(
          new Answer.Again(
              Duration.between(clock.now(), until),
              Answer.Cause.THROTTLED,
              "the provider asked to wait"));
    }
    Duration wait = turn();
    if (!wait.isZero()) {
      return now(new Answer.Again(wait, Answer.Cause.THROTTLED, "the channel's own rate"));
    }
    HttpRequest request;
    try {
      request = dialect.request(message).timeout(timeout).build();
    } catch (IllegalArgumentException | JsonException wrong) {
      return now(new Answer.Rejected("invalid", String.valueOf(wrong.getMessage())));
    }
    Unanswered.Flight flight = unanswered.begin();
    var _ =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
            .thenApplyAsync(HttpChannel::read)
            .handle((read, failure) -> heard(message, read, failure))
            .whenComplete((heard, defect) ->
                flight.land(
                    heard != null ? heard : new Answer.InDoubt("it failed unforeseen: " + defect)));
    return flight.answer();
  }

  private static CompletableFuture<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  /** Takes a turn; how long to wait where there is none. */
  private Duration turn() {
    if (gapNanos == 0) {
      return Duration.ZERO;
    }
    long now = clock.nanos();
    while (true) {
      long next = nextFree.get();
      if (next != Long.MIN_VALUE && next - now > 0) {
        return Duration.ofNanos(next - now);
      }
      if (nextFree.compareAndSet(next, now + gapNanos)) {
        return Duration.ZERO;
      }
    }
  }

  private record Read(HttpResponse<InputStream> response, String body) {}

  private static Read read(HttpResponse<InputStream> response) {
    try (InputStream in = response.body()) {
      return new Read(response, new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new CompletionException(broken);
    }
  }

  private Answer heard(Message message, @Nullable Read read, @Nullable Throwable failure) {
    if (read == null) {
      return failed(failure);
    }
    int status = read.response().statusCode();
    Duration wait = retryAfter(read.response());
    if (wait != null && (status == 429 || status == 503)) {
      closedUntil.set(clock.now().plus(wait));
      return new Answer.Again(
          wait,
          status == 429 ? Answer.Cause.THROTTLED : Answer.Cause.UNAVAILABLE,
          "the provider answered " + status + " and asked to wait");
    }
    Answer answer = dialect.answer(new Dialect.Reply(status, read.body()), message);
    if (answer instanceof Answer.Again again
        && again.cause() == Answer.Cause.THROTTLED
        && !again.after().isZero()) {
      closedUntil.set(clock.now().plus(again.after()));
    }
    ChannelListener hears = listener.get();
    if (answer instanceof Answer.Accepted accepted && dialect.takenIsDelivered() && hears != null) {
      accepted
          .providerIds()
          .forEach(
              id -> hears.status(new Status(name, id, State.DELIVERED, "", clock.now()), () -> {}));
    }
    return answer;
  }

  private Answer failed(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    boolean neverSent = false;
    for (Throwable each = cause; each != null; each = each.getCause()) {
      neverSent |=
          each instanceof ConnectException
              || each instanceof HttpConnectTimeoutException
              || each instanceof UnresolvedAddressException;
    }
    String reason =
        neverSent ? "the provider cannot be reached" : "the connection ended without an answer";
    return neverSent || dialect.dropsDuplicates()
        ? new Answer.Again(USUAL_WAIT, Answer.Cause.UNAVAILABLE, reason)
        : new Answer.InDoubt(reason);
  }

  /**
   * What Retry-After says (RFC 9110, section 10.2.3), at most an hour; null where it says nothing.
   */
  private @Nullable Duration retryAfter(HttpResponse<?> response) {
    HttpHeaders headers = response.headers();
    String date = headers.firstValue("date").orElseGet(() -> RetryAfter.date(clock.now()));
    return RetryAfter.of(headers.firstValue("retry-after").orElse(null), date)
        .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
        .orElse(null);
  }

  @Override
  public void close() {
    unanswered.close();
  }
}
