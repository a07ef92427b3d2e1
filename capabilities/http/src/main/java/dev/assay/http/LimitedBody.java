package dev.assay.http;

import dev.assay.api.spi.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Receives one body and gives up as soon as it is too long, from its announced length where there
 * is one. Remembers what arrived, for the case that it never becomes complete. The client's threads
 * write, others may read.
 */
final class LimitedBody implements HttpResponse.BodyHandler<byte[]> {

  private final long limit;
  private final Clock clock;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private volatile HttpResponse.@Nullable ResponseInfo head;
  private volatile long headAtNanos;

  LimitedBody(long limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** The body was longer than the limit. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(String what) {
      super(what);
    }
  }

  @Override
  public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo info) {
    headAtNanos = clock.nanos();
    head = info;
    return new Collector(announced(info));
  }

  /** The status and headers, or null while they have not arrived. */
  HttpResponse.@Nullable ResponseInfo head() {
    return head;
  }

  /** When the headers were complete, on the monotonic clock. */
  long headAtNanos() {
    return headAtNanos;
  }

  /** What arrived of the body. */
  byte[] soFar() {
    return received.toByteArray();
  }

  private static long announced(HttpResponse.ResponseInfo info) {
    try {
      return info.headers().firstValueAsLong("content-length").orElse(-1);
    } catch (NumberFormatException broken) {
      return -1;
    }
  }

  private final class Collector implements HttpResponse.BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> complete = new CompletableFuture<>();
    private final long announced;
    private Flow.@Nullable Subscription subscription;

    Collector(long announced) {
      this.announced = announced;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return complete;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      // A HEAD may announce a length that it does not send, so only what arrives decides there;
      // the client then completes without a body.
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      if (complete.isDone()) {
        return;
      }
      if (announced > limit) {
        giveUp("the body is " + announced + " bytes long");
        return;
      }
      for (ByteBuffer buffer : buffers) {
        if (received.size() + (long) buffer.remaining() > limit) {
          giveUp("the body is longer than " + limit + " bytes");
          return;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        received.write(bytes, 0, bytes.length);
      }
    }

    private void giveUp(String what) {
      complete.completeExceptionally(new TooLarge(what));
      Flow.Subscription known = subscription;
      if (known != null) {
        known.cancel();
      }
    }

    @Override
    public void onError(Throwable broken) {
      complete.completeExceptionally(broken);
    }

    @Override
    public void onComplete() {
      complete.complete(received.toByteArray());
    }
  }
}
