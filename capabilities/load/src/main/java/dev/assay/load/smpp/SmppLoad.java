package dev.assay.load.smpp;

import dev.assay.api.spi.Clock;
import dev.assay.smpp.session.CloseReason;
import dev.assay.smpp.session.SessionException;
import dev.assay.smpp.session.SessionOptions;
import dev.assay.smpp.session.SmppClient;
import dev.assay.smpp.session.SmppSession;
import dev.assay.smpp.session.SmppTransport;
import io.netty.handler.ssl.SslContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to a message centre: at a rate that does not wait for answers (an open model, with
 * latency from the moment each was due), or as fast as the windows let it.
 */
public final class SmppLoad {

  private static final int BIND_SECONDS = 30;
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int DIGITS = 3;

  private final SmppLoadPlan plan;
  private final SmppTransport transport;
  private final Clock clock;
  private final @Nullable SslContext tls;
  private final List<LoadSession> loads = new CopyOnWriteArrayList<>();
  private final List<SmppSession> sessions = new CopyOnWriteArrayList<>();

  /** A load that is not begun, without TLS. */
  public SmppLoad(SmppLoadPlan plan, SmppTransport transport, Clock clock) {
    this(plan, transport, clock, null);
  }

  /**
   * A load that is not begun.
   *
   * @param tls how connections are secured; null for not
   */
  public SmppLoad(
      SmppLoadPlan plan, SmppTransport transport, Clock clock, @Nullable SslContext tls) {
    this.plan = plan;
    this.transport = transport;
    this.clock = clock;
    this.tls = tls;
  }

  /** Gets what came of each second. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A part of the measured time is over.
     *
     * @param result what came in it, answers to earlier submits included
     * @param from when it began
     * @param to when it ended
     */
    void second(SmppLoadResult result, Instant from, Instant to);
  }

  /**
   * Binds, sends, waits, and unbinds.
   *
   * @throws SessionException where a session does not come to be
   */
  public SmppLoadResult run() throws SessionException, InterruptedException {
    return run((_, _, _) -> {});
  }

  /**
   * Binds, sends, waits, and unbinds.
   *
   * @param listener gets what came, about each second, on the calling thread
   * @return all of it
   * @throws SessionException where a session does not come to be
   */
  public SmppLoadResult run(Listener listener) throws SessionException, InterruptedException {
    List<CompletableFuture<SmppSession>> binding = new ArrayList<>();
    for (int i = 0; i < plan.sessions(); i++) {
      LoadSession load = new LoadSession(plan, i, clock);
      loads.add(load);
      binding.add(
          SmppClient.connect(
              transport,
              plan.address(),
              plan.bind(),
              SessionOptions.standard().withWindow(plan.window(), false),
              tls,
              load));
    }
    for (CompletableFuture<SmppSession> each : binding) {
      sessions.add(bound(each));
    }
    long begin = clock.nanos();
    long from = begin + plan.warm().toNanos();
    long to = from + plan.measured().toNanos();
    for (int i = 0; i < sessions.size(); i++) {
      LoadSession load = loads.get(i);
      SmppSession session = sessions.get(i);
      session.execute(() -> load.begin(session, begin, from, to));
    }
    SmppLoadResult all = follow(from, to, listener);
    sessions.forEach(SmppSession::unbind);
    return all;
  }

  /** Sends nothing more; {@link #run} returns when what is under way has ended. Thread-safe. */
  public void stop() {
    for (int i = 0; i < sessions.size(); i++) {
      sessions.get(i).execute(loads.get(i)::stop);
    }
  }

  /** How many receipts were asked for and did not come, after {@link #run}. */
  public long missingReceipts() {
    return loads.stream().mapToLong(LoadSession::missing).sum();
  }

  /** Why sessions ended before they were told to, after {@link #run}. */
  public List<CloseReason> closed() {
    List<CloseReason> reasons = new ArrayList<>();
    for (LoadSession load : loads) {
      CloseReason reason = load.closedBy();
      if (reason != null) {
        reasons.add(reason);
      }
    }
    return reasons;
  }

  private SmppLoadResult follow(long from, long to, Listener listener) throws InterruptedException {
    long patience = to + TimeUnit.SECONDS.toNanos(BIND_SECONDS);
    boolean over = ended(from);
    SmppLoadResult all = SmppLoadResult.none();
    long last = from;
    while (!over) {
      long next = Math.min(last + SECOND, patience);
      over = ended(next) || clock.nanos() >= patience;
      long now = Math.max(clock.nanos(), last + 1);
      // What is still on its way after the end belongs to what was sent before it.
      SmppLoadResult second = taken((Math.min(now, to) - Math.min(last, to)) / 1e9);
      Instant end = clock.now();
      listener.second(second, end.minusNanos(now - last), end);
      all = all.with(second, plan.measured().toNanos() / 1e9);
      last = now;
    }
    return unsent(all);
  }

  /** Waits until a time, or until all have ended, and says whether they have. */
  private boolean ended(long until) throws InterruptedException {
    for (LoadSession load : loads) {
      if (!load.awaitEnd(until - clock.nanos())) {
        return false;
      }
    }
    return true;
  }

  private SmppLoadResult taken(double seconds) throws InterruptedException {
    List<CompletableFuture<SmppLoadResult>> taking = new ArrayList<>();
    for (int i = 0; i < sessions.size(); i++) {
      LoadSession load = loads.get(i);
      CompletableFuture<SmppLoadResult> one = new CompletableFuture<>();
      taking.add(one);
      sessions.get(i).execute(() -> one.complete(load.take(seconds)));
    }
    SmppLoadResult sum = SmppLoadResult.none();
    for (CompletableFuture<SmppLoadResult> one : taking) {
      try {
        sum = sum.with(one.get(BIND_SECONDS, TimeUnit.SECONDS), seconds);
      } catch (ExecutionException | TimeoutException stuck) {
        throw new IllegalStateException("a session of the load does not answer", stuck);
      }
    }
    return sum;
  }

  private SmppLoadResult unsent(SmppLoadResult of) {
    long unsent = loads.stream().mapToLong(LoadSession::unsent).sum();
    return new SmppLoadResult(
        of.seconds(),
        of.answered(),
        of.total(),
        of.throttled(),
        of.failed(),
        of.receipts(),
        unsent,
        of.answers(),
        of.delivered(),
        of.lateness());
  }

  private static SmppSession bound(CompletableFuture<SmppSession> binding)
      throws SessionException, InterruptedException {
    try {
      return binding.get(BIND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof SessionException known
          ? known
          : new SessionException(String.valueOf(failed.getMessage()));
    } catch (TimeoutException late) {
      throw new SessionException("no session was bound within " + BIND_SECONDS + " s");
    }
  }

  static Histogram histogram() {
    return new Histogram(1, LONGEST, DIGITS);
  }

  /** A latency that a histogram can hold. */
  static long held(long nanos) {
    return Math.clamp(nanos, 1, LONGEST);
  }
}
