package dev.assay.gateway.channel;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.gateway.Answer;
import dev.assay.gateway.Channel;
import dev.assay.gateway.ChannelListener;
import dev.assay.gateway.Host;
import dev.assay.gateway.Message;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A channel whose provider calls back at {@code /hooks/KIND/NAME}. The provider is told that a call
 * was taken when all that it tells is durable; else it tells it again. Thread-safe.
 */
final class HookedChannel implements Channel {

  private static final long LONGEST_WAIT_SECONDS = 15;

  private final Channel channel;
  private final Hook hook;
  private final AtomicReference<@Nullable ChannelListener> listener = new AtomicReference<>();

  HookedChannel(Channel channel, Hook hook) {
    this.channel = channel;
    this.hook = hook;
  }

  @Override
  public String name() {
    return channel.name();
  }

  @Override
  public String kind() {
    return channel.kind();
  }

  @Override
  public CompletableFuture<Answer> send(Message message) {
    return channel.send(message);
  }

  @Override
  public int most() {
    return channel.most();
  }

  @Override
  public boolean ready() {
    return channel.ready();
  }

  @Override
  public void listen(ChannelListener hears) {
    listener.set(hears);
    channel.listen(hears);
  }

  @Override
  public void close() {
    channel.close();
  }

  /** The path that the provider calls. */
  Host.Resource resource() {
    String path = "/hooks/" + kind() + "/" + name();
    return new Host.Resource() {
      @Override
      public String prefix() {
        return path;
      }

      @Override
      public boolean open() {
        return true;
      }

      @Override
      public Host.Reply answer(Host.Request request) {
        return called(request);
      }
    };
  }

  private Host.Reply called(Host.Request request) {
    if (request.method().equals("GET")) {
      return hook.greet(request.query())
          .map(greeting -> new Host.Reply(200, greeting))
          .orElseGet(() -> refused(403, "that is not the token"));
    }
    if (!hook.genuine(request.headers(), request.body())) {
      return refused(401, "the signature is not that of the body");
    }
    Hook.Told told;
    try {
      told =
          hook.read(JsonReader.read(new String(request.body(), StandardCharsets.UTF_8)).asObject());
    } catch (JsonException | DateTimeException | NumberFormatException wrong) {
      return refused(400, "the call cannot be read");
    }
    ChannelListener hears = listener.get();
    if (hears == null) {
      return refused(503, "the gateway is not ready");
    }
    CountDownLatch missing = new CountDownLatch(told.statuses().size() + told.incoming().size());
    told.statuses().forEach(status -> hears.status(status, missing::countDown));
    told.incoming().forEach(incoming -> hears.incoming(incoming, missing::countDown));
    try {
      return missing.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
          ? new Host.Reply(200, Json.object().build())
          : refused(503, "it is not durable yet");
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return refused(503, "the gateway ends");
    }
  }

  private static Host.Reply refused(int status, String why) {
    return new Host.Reply(status, Json.object().put("status", status).put("detail", why).build());
  }
}
