package dev.assay.gateway.engine;

import dev.assay.gateway.Channel;
import dev.assay.gateway.State;
import dev.assay.gateway.route.Health;
import dev.assay.gateway.store.Batch.Orphan;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A channel, with what waits for it. The engine's thread's, but for what is volatile. */
final class Line {

  private static final int REMEMBERED = 200_000;
  private static final int EARLY = 10_000;
  private static final int LATELY = 20_000;

  final String name;
  final Health health = new Health();
  final ArrayDeque<Flight> queue = new ArrayDeque<>();
  final Breaker breaker = new Breaker();
  final Pace pace;
  final Map<String, Awaiting> awaiting = new Bounded<>(REMEMBERED);

  /** Statuses that came before the answer that has their id. */
  final Map<String, Orphan> early = new Bounded<>(EARLY);

  /** What became of messages lately, by the provider's ids, as receipts come twice. */
  final Map<String, State> lately = new Bounded<>(LATELY);

  final Channel channel;
  volatile LineSettings settings;
  private final AtomicInteger claimed = new AtomicInteger();
  volatile int waiting;
  volatile boolean brokenOff;
  volatile double rate;
  long downSince = Long.MIN_VALUE;

  Line(Channel channel, LineSettings settings, long now) {
    this.name = channel.name();
    this.channel = channel;
    this.settings = settings;
    this.pace = new Pace(settings.throughput(), now);
  }

  /** How many messages it was given and has not answered. */
  int claimed() {
    return claimed.get();
  }

  /** How many more it may be given now. */
  int room() {
    int ahead = settings.resend() ? channel.ahead() : 0;
    return channel.most() + ahead - claimed.get();
  }

  void claim(int more) {
    claimed.addAndGet(more);
  }

  /** Whether it is given messages now. */
  boolean open(Instant at) {
    return channel.ready() && !settings.drain() && !settings.closed().test(at);
  }

  /** A map that forgets its oldest entries. */
  static final class Bounded<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    Bounded(int most) {
      super(16);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > most;
    }
  }
}
