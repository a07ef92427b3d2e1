package dev.assay.chaos;

import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.chaos.fault.Fault;
import dev.assay.chaos.fault.FaultContext;
import dev.assay.chaos.fault.Injected;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes one fault, holds it for its time and undoes it, in a thread of its own, as making and
 * undoing may take long while others need their leases renewed. Thread-safe.
 */
final class FaultWorker {

  private static final Duration LONGEST_MENDING = Duration.ofMinutes(5);

  private final Schedule.Planned planned;
  private final CheckContext context;
  private final FaultContext faults;
  private final EvidenceSink sink;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Instant began;
  private volatile @Nullable Instant ended;
  private volatile @Nullable ProblemException failure;
  private volatile boolean effective;
  private volatile boolean lost;

  private FaultWorker(Schedule.Planned planned, CheckContext context, EvidenceSink sink) {
    this.planned = planned;
    this.context = context;
    this.faults = FaultContext.of(context);
    this.sink = sink;
    this.thread = Thread.ofVirtual().name("fault-" + planned.name()).unstarted(this::work);
  }

  /** Begins it. */
  static FaultWorker start(Schedule.Planned planned, CheckContext context, EvidenceSink sink) {
    FaultWorker worker = new FaultWorker(planned, context, sink);
    worker.thread.start();
    return worker;
  }

  Schedule.Planned planned() {
    return planned;
  }

  /** When it ended, which is when undoing it began; null while it lasts. */
  @Nullable Instant ended() {
    return ended;
  }

  /** Whether it lasted at that moment. */
  boolean lastedAt(Instant at) {
    Instant from = began;
    Instant to = ended;
    return from != null && !at.isBefore(from) && (to == null || !at.isAfter(to));
  }

  /** Whether nothing of it is left. */
  boolean done() {
    return !thread.isAlive();
  }

  /** Why it could not be made, held or undone; null where it could. */
  @Nullable ProblemException failure() {
    return failure;
  }

  /** Whether it was seen to take effect. */
  boolean effective() {
    return effective;
  }

  /** Asks it to end now. */
  void stop() {
    stop.countDown();
  }

  /** Waits until it is undone. */
  void await() {
    try {
      if (!thread.join(LONGEST_MENDING)) {
        throw new IllegalStateException("undoing '" + planned.name() + "' does not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    began = context.clock().now();
    event("fault.begin", planned.name(), Map.of());
    try {
      List<Double> steps = planned.intensity().steps();
      Duration each = planned.length().dividedBy(steps.size());
      for (int i = 0; i < steps.size() && stop.getCount() > 0; i++) {
        step(steps.get(i), each, i == steps.size() - 1);
      }
    } catch (ProblemException broken) {
      failure = broken;
    } catch (CancelledException asked) {
      // it is undone like any other
    } finally {
      ended = ended == null ? context.clock().now() : ended;
      event("fault.end", planned.name(), Map.of());
    }
  }

  private void step(double intensity, Duration length, boolean last) {
    Fault fault = planned.fault().at(intensity);
    long until = context.clock().nanos() + length.toNanos();
    try (Injected injected = fault.inject(faults)) {
      effective = true;
      event(
          "fault.effective",
          planned.name() + ": " + injected.effect().how(),
          Map.of("intensity", String.format(Locale.ROOT, "%.0f %%", intensity * 100)));
      hold(injected, until);
      if (last || stop.getCount() == 0) {
        ended = context.clock().now();
      }
    }
  }

  private void hold(Injected injected, long until) {
    long left = until - context.clock().nanos();
    try {
      while (left > 0
          && !stop.await(Math.min(left, Injected.RENEWAL.toNanos()), TimeUnit.NANOSECONDS)) {
        injected.renew();
        look(injected);
        left = until - context.clock().nanos();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A fault that somebody else mended says something of the system, and must be known. */
  private void look(Injected injected) {
    Injected.Effect effect = injected.effect();
    if (effect.seen() || lost) {
      return;
    }
    lost = true;
    event("fault.lost", planned.name() + " is not in effect any more: " + effect.how(), Map.of());
    finding(
        "chaos.effect-lost",
        Finding.Severity.WARNING,
        "'" + planned.name() + "' was not in effect for all of its time: " + effect.how());
  }

  /** Says that it took no effect, which makes the evidence say nothing. */
  void reportNoEffect(Problem problem) {
    finding("chaos.no-effect", Finding.Severity.INVALID, problem.what());
  }

  private void finding(String rule, Finding.Severity severity, String message) {
    sink.emit(
        new Finding(
            context.check(),
            context.clock().now(),
            rule,
            severity,
            null,
            context.redact(message),
            rule + ":" + context.check() + ":" + planned.name(),
            Map.of("fault", planned.name())));
  }

  private void event(String kind, String message, Map<String, String> more) {
    Map<String, String> labels = new HashMap<>(more);
    labels.put("fault", planned.name());
    labels.put("kind", planned.fault().kind());
    labels.put("targets", String.join(", ", planned.fault().targets()));
    sink.emit(
        new Event(context.check(), context.clock().now(), kind, context.redact(message), labels));
  }
}
