package dev.assay.gateway.http;

import dev.assay.api.spi.Clock;
import dev.assay.gateway.Signature;
import dev.assay.gateway.State;
import dev.assay.gateway.config.CallbackConfiguration;
import dev.assay.gateway.config.GatewayConfiguration;
import dev.assay.gateway.config.KeyConfiguration;
import dev.assay.gateway.engine.Engine;
import dev.assay.gateway.engine.Outbox;
import dev.assay.gateway.store.Batch.Notice;
import dev.assay.gateway.store.Batch.Tried;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients what became of messages, over connections that stay open: those of a message one
 * after another, those of different messages beside each other. What is not taken is tried again
 * later, and after many tries is a dead letter. Everything but the methods of {@link Outbox} and
 * {@link #configure} happens on one thread.
 */
public final class Notifier implements Outbox, AutoCloseable {

  private static final long LONGEST_PAUSE_MILLIS = Duration.ofHours(1).toMillis();
  private static final int ATTEMPTS = 12;
  private static final int CONNECTIONS = 16;
  private static final int GONE = 410;
  private static final int ADDRESSES = 1_000;

  /** Where the callbacks of a key go, and how. */
  private record Client(@Nullable String url, @Nullable String secret) {}

  /** Where one callback goes. */
  private record Address(CallbackTarget target, String path, @Nullable String query) {}

  private record Setting(
      Map<String, Client> clients,
      Client other,
      Set<State> states,
      int attempts,
      long firstMillis,
      int connections) {

    Client client(String tenant) {
      return clients.getOrDefault(tenant, other);
    }
  }

  private final Clock clock;
  private final EventLoopGroup group;
  private final EventLoop loop;
  private final ConcurrentLinkedQueue<Notice> offered = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean waking = new AtomicBoolean();
  private final Map<String, CallbackTarget> targets = new HashMap<>();
  private final Map<String, Address> addresses = new HashMap<>();
  private final Map<Long, ArrayDeque<Notice>> messages = new HashMap<>();
  private final Map<String, Signature> signatures = new HashMap<>();
  private volatile Setting setting;
  private volatile @Nullable Engine engine;
  private volatile boolean closed;
  private boolean batching;

  /** Made once. */
  public Notifier(Clock clock, GatewayConfiguration configuration) {
    this.clock = clock;
    this.group =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("gateway-callbacks", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    this.loop = group.next();
    this.setting = read(configuration);
    var _ =
        loop.scheduleWithFixedDelay(
            () -> targets.values().forEach(CallbackTarget::tick), 1, 1, TimeUnit.SECONDS);
  }

  /** Who is told what got through. */
  public void engine(Engine of) {
    engine = of;
  }

  /** Goes on with another configuration. */
  public void configure(GatewayConfiguration configuration) {
    setting = read(configuration);
  }

  private static Setting read(GatewayConfiguration configuration) {
    CallbackConfiguration callbacks = configuration.callbacks();
    String url = callbacks == null ? null : callbacks.url();
    String secret = callbacks == null ? null : callbacks.secret();
    Map<String, Client> clients = new HashMap<>();
    configuration
        .keys()
        .forEach((name, key) ->
            clients.put(name, new Client(or(key.callback(), url), secret(key, secret))));
    Set<State> states = EnumSet.noneOf(State.class);
    if (callbacks != null) {
      callbacks.states().forEach(each -> states.add(State.valueOf(each.toUpperCase(Locale.ROOT))));
    }
    if (states.isEmpty()) {
      for (State each : State.values()) {
        if (each.settled()) {
          states.add(each);
        }
      }
    }
    return new Setting(
        clients,
        new Client(url, secret),
        states,
        callbacks == null ? ATTEMPTS : Math.max(1, callbacks.attempts()),
        callbacks == null ? 1000 : Math.max(1, callbacks.first().toMillis()),
        callbacks == null ? CONNECTIONS : Math.max(1, callbacks.connections()));
  }

  private static @Nullable String secret(KeyConfiguration key, @Nullable String other) {
    return or(key.secret(), other);
  }

  private static @Nullable String or(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }

  /** Where callbacks of a key may go: the address of its own up to its path. */
  public @Nullable String origin(String tenant) {
    String url = setting.client(tenant).url();
    if (url == null) {
      return null;
    }
    int path = url.indexOf('/', url.indexOf("//") + 2);
    return path < 0 ? url + "/" : url.substring(0, path + 1);
  }

  @Override
  public @Nullable String address(String tenant, @Nullable String callback, State state) {
    Setting now = setting;
    if (!now.states().contains(state)) {
      return null;
    }
    return callback == null ? now.client(tenant).url() : callback;
  }

  @Override
  public void offer(Notice callback) {
    offered.add(callback);
    if (waking.compareAndSet(false, true)) {
      loop.execute(this::take);
    }
  }

  // ---- the thread ----

  private void take() {
    waking.set(false);
    batching = true;
    for (Notice each = offered.poll(); each != null; each = offered.poll()) {
      ArrayDeque<Notice> before = messages.get(each.message());
      if (before != null) {
        before.add(each);
      } else {
        messages.put(each.message(), new ArrayDeque<>(1));
        begin(each);
      }
    }
    batching = false;
    targets.values().forEach(CallbackTarget::flush);
  }

  private void begin(Notice callback) {
    long pause = callback.due() - clock.now().toEpochMilli();
    if (pause > 0) {
      var _ = loop.schedule(() -> send(callback), pause, TimeUnit.MILLISECONDS);
    } else {
      send(callback);
    }
  }

  private void send(Notice callback) {
    if (closed) {
      return;
    }
    Setting now = setting;
    Address address = address(callback.url(), now);
    if (address == null) {
      done(callback, GONE, 0);
      return;
    }
    CallbackTarget target = address.target();
    String id = "cb_" + callback.id();
    String timestamp = Long.toString(clock.now().getEpochSecond());
    String secret = now.client(callback.tenant()).secret();
    String signature =
        secret == null
            ? null
            : signatures.computeIfAbsent(secret, Signature::new).of(id, timestamp, callback.body());
    target.post(
        new CallbackTarget.Post(
            address.path(),
            address.query(),
            id,
            timestamp,
            signature,
            callback.body(),
            (status, after) -> done(callback, status, after)));
    if (!batching) {
      target.flush();
    }
  }

  /** Parsed once, as most callbacks go where the one before went; null where it is none. */
  private @Nullable Address address(String url, Setting now) {
    Address known = addresses.get(url);
    if (known != null) {
      return known;
    }
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException wrong) {
      return null;
    }
    CallbackTarget target =
        targets.computeIfAbsent(
            uri.getScheme() + "://" + uri.getRawAuthority(),
            _ -> new CallbackTarget(loop, clock, uri, now.connections()));
    String path = uri.getRawPath();
    Address made =
        new Address(target, path == null || path.isEmpty() ? "/" : path, uri.getRawQuery());
    if (addresses.size() >= ADDRESSES) {
      addresses.clear();
    }
    addresses.put(url, made);
    return made;
  }

  /**
   * What came of it.
   *
   * @param status of HTTP; 0 where there was no answer
   * @param after seconds, where the client asked for a pause
   */
  private void done(Notice callback, int status, long after) {
    Engine of = engine;
    if (of == null || closed) {
      return;
    }
    if (status >= 200 && status < 300) {
      of.called(callback);
      next(callback);
      return;
    }
    int attempts = callback.attempts() + 1;
    Setting now = setting;
    boolean dead = status == GONE || attempts >= now.attempts();
    long doubled = now.firstMillis() << Math.min(attempts - 1, 20);
    long pause = Math.min(LONGEST_PAUSE_MILLIS, Math.max(doubled, after * 1000));
    long due = clock.now().toEpochMilli() + pause;
    of.tried(callback, new Tried(callback.id(), attempts, due, dead));
    if (dead) {
      next(callback);
      return;
    }
    Notice again =
        new Notice(
            callback.id(),
            callback.message(),
            callback.tenant(),
            callback.url(),
            callback.body(),
            attempts,
            due,
            false);
    begin(again);
  }

  private void next(Notice callback) {
    ArrayDeque<Notice> waiting = messages.get(callback.message());
    Notice following = waiting == null ? null : waiting.poll();
    if (following == null) {
      messages.remove(callback.message());
    } else {
      begin(following);
    }
  }

  @Override
  public void close() {
    closed = true;
    loop.execute(() -> targets.values().forEach(CallbackTarget::close));
    group.shutdownGracefully(0, 1_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(3_000);
  }
}
