package dev.assay.delivery;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.LiveChecks;
import dev.assay.api.spi.LiveChecks.LiveCheck;
import dev.assay.api.value.Unit;
import dev.assay.delivery.CanaryConfiguration.Watched;
import dev.assay.stats.canary.CanaryWatch;
import dev.assay.stats.canary.CanaryWatch.Look;
import dev.assay.stats.canary.CanaryWatch.PartVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a canary and its control go on at once, looks at both each second, and stops when the canary
 * is shown to be worse or the time is over. For one use, by one thread.
 */
final class CanaryCheck {

  private static final Duration TICK = Duration.ofMillis(100);

  /** How late evidence of a second may come. */
  private static final Duration LAG = Duration.ofSeconds(2);

  private static final Duration SLACK = Duration.ofSeconds(30);

  private final CanaryConfiguration configuration;
  private final CheckContext context;
  private final EvidenceSink sink;
  private final CanaryWatch watch;
  private final Instant opened;
  private final Instant from;
  private final CanarySide control;
  private final CanarySide canary;
  private long next;

  CanaryCheck(CanaryConfiguration configuration, CheckContext context, EvidenceSink sink) {
    this.configuration = configuration;
    this.context = context;
    this.sink = sink;
    this.watch =
        new CanaryWatch(
            configuration.watches(Watched.ERRORS),
            configuration.watches(Watched.LATENCY),
            configuration.by().ratio(),
            configuration.points().ratio(),
            configuration.error().ratio(),
            context.seed());
    this.opened = context.clock().now();
    this.from = opened.plus(configuration.warmUp());
    this.control = new CanarySide("control", from, sink);
    this.canary = new CanarySide("canary", from, sink);
    this.next = from.getEpochSecond();
  }

  void run() {
    LiveChecks checks =
        context
            .find(LiveChecks.class)
            .orElseThrow(() ->
                DeliveryProblems.WRONG_CANARY.failure(
                    configuration.place(),
                    "there are no other checks here",
                    "run it with assay run"));
    Duration atMost = configuration.warmUp().plus(configuration.duration()).plus(SLACK);
    Instant until = from.plus(configuration.duration());
    try (LiveCheck before = checks.begin(configuration.control(), atMost, control::take);
        LiveCheck after = checks.begin(configuration.experiment(), atMost, canary::take)) {
      while (!watch.alarm() && now().isBefore(until)) {
        await();
        ensureLive(before, configuration.control());
        ensureLive(after, configuration.experiment());
        look(false);
        progress();
      }
      if (watch.alarm()) {
        control.close();
        canary.close();
      }
    }
    if (!watch.alarm()) {
      look(true);
    }
    conclude();
  }

  private void await() {
    CountDownLatch stop = new CountDownLatch(1);
    try (var _ = context.cancellation().onRequest(stop::countDown)) {
      if (stop.await(TICK.toNanos(), TimeUnit.NANOSECONDS)) {
        context.cancellation().check();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new CancelledException("the canary was interrupted");
    }
  }

  private void ensureLive(LiveCheck live, String check) {
    if (live.ended()) {
      // throws what it ended with
      live.judge(opened, now());
      throw DeliveryProblems.NOT_LIVE.failure(
          configuration.place(),
          "check '" + check + "' ended by itself",
          "run it alone: assay run " + check);
    }
  }

  /** Looks at every second of which all has come. */
  private void look(boolean rest) {
    long newest = Math.min(control.newest(), canary.newest());
    long late = now().minus(LAG).getEpochSecond();
    // one side alone may fall silent; then time tells that a second is over
    long last = rest ? Math.max(control.newest(), canary.newest()) + 1 : Math.max(newest, late);
    while (next < last && !watch.alarm()) {
      Look left = control.take(next);
      Look right = canary.take(next);
      next++;
      if (left.total() + right.total() > 0 || left.latency().getTotalCount() > 0) {
        watch.look(left, right);
        emit(Instant.ofEpochSecond(next));
      }
    }
  }

  private void emit(Instant at) {
    reading(CanaryCheckType.EVIDENCE, at, Map.of(), watch.evidence());
    for (PartVerdict part : watch.verdicts()) {
      reading(CanaryCheckType.PART, at, Map.of("step", part.part()), part.evidence());
    }
  }

  private void reading(String metric, Instant at, Map<String, String> labels, double value) {
    sink.emit(
        new Measurement(
            context.check(), metric, Unit.NONE, at, at, labels, new Measured.Scalar(value)));
  }

  private void progress() {
    Instant now = now();
    context.progress(
        now.isBefore(from)
            ? "warming up"
            : "evidence that the canary is worse: "
                + Unit.NONE.format(watch.evidence())
                + " of "
                + Unit.NONE.format(watch.threshold()));
  }

  private void conclude() {
    Instant now = now();
    List<PartVerdict> verdicts = watch.verdicts();
    if (watch.alarm()) {
      sink.emit(
          new Event(
              context.check(),
              now,
              "canary.alarm",
              "the canary is worse: " + worst(verdicts),
              Map.of("evidence", Unit.NONE.format(watch.evidence()))));
    }
    for (PartVerdict verdict : verdicts) {
      outcome(verdict, now);
    }
  }

  private static String worst(List<PartVerdict> verdicts) {
    return String.join(
        "; ",
        verdicts.stream()
            .filter(verdict -> verdict.answer() == dev.assay.stats.canary.Judgement.Answer.WORSE)
            .map(CanaryWords::seen)
            .toList());
  }

  private void outcome(PartVerdict verdict, Instant now) {
    String seen = CanaryWords.seen(verdict);
    Attempt.Result result =
        switch (verdict.answer()) {
          case WORSE -> Attempt.Result.FAILED;
          case NOT_WORSE, BETTER -> Attempt.Result.PASSED;
          case INCONCLUSIVE -> Attempt.Result.SKIPPED;
        };
    sink.emit(
        new Outcome(
            context.check(),
            now,
            "canary",
            verdict.part(),
            List.of(new Attempt(result, Duration.between(opened, now), null, seen, null)),
            Map.of()));
    if (result == Attempt.Result.SKIPPED && !watch.alarm()) {
      sink.emit(
          new Finding(
              context.check(),
              now,
              "canary.undecided",
              Finding.Severity.INVALID,
              null,
              "of "
                  + verdict.part()
                  + " nothing can be said yet: "
                  + seen
                  + "; it needs more time or more traffic",
              "canary.undecided:" + verdict.part(),
              Map.of()));
    }
  }

  private Instant now() {
    return context.clock().now();
  }
}
