package dev.assay.load.smpp;

import dev.assay.api.spi.Clock;
import dev.assay.smpp.session.SessionException;
import dev.assay.smpp.session.SessionOptions;
import dev.assay.smpp.session.SmppClient;
import dev.assay.smpp.session.SmppSession;
import dev.assay.smpp.session.SmppTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * Sends messages to a message centre: at a rate that does not wait for answers (an open model, with
 * latency from the moment each was due), or as fast as the windows let it.
 */
public final class SmppLoad {

  private static final int BIND_SECONDS = 30;
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
  private static final int DIGITS = 3;

  private final SmppLoadPlan plan;
  private final SmppTransport transport;
  private final Clock clock;

  /** A load that is not begun. */
  public SmppLoad(SmppLoadPlan plan, SmppTransport transport, Clock clock) {
    this.plan = plan;
    this.transport = transport;
    this.clock = clock;
  }

  /**
   * Binds, sends, waits, and unbinds.
   *
   * @throws SessionException where a session does not come to be
   */
  public SmppLoadResult run() throws SessionException, InterruptedException {
    List<LoadSession> loads = new ArrayList<>();
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
              null,
              load));
    }
    List<SmppSession> sessions = new ArrayList<>();
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
    for (LoadSession load : loads) {
      load.awaitEnd(Duration.ofNanos(to - clock.nanos()).plusSeconds(BIND_SECONDS));
    }
    sessions.forEach(SmppSession::unbind);
    return sum(loads);
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

  private SmppLoadResult sum(List<LoadSession> loads) {
    Histogram answers = histogram();
    Histogram delivered = histogram();
    long total = 0;
    long throttled = 0;
    long failed = 0;
    long unsent = 0;
    for (LoadSession load : loads) {
      answers.add(load.answers());
      delivered.add(load.delivered());
      total += load.total();
      throttled += load.throttled();
      failed += load.failed();
      unsent += load.unsent();
    }
    return new SmppLoadResult(
        plan.measured().toNanos() / 1e9,
        answers.getTotalCount(),
        total,
        throttled,
        failed,
        delivered.getTotalCount(),
        unsent,
        answers,
        delivered);
  }

  static Histogram histogram() {
    return new Histogram(1, LONGEST, DIGITS);
  }

  /** A latency that a histogram can hold. */
  static long held(long nanos) {
    return Math.clamp(nanos, 1, LONGEST);
  }
}
