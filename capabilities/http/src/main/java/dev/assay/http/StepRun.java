package dev.assay.http;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one step of a flow, once or until it holds, and emits its evidence. For one thread.
 */
final class StepRun {

  private final HttpStep step;
  private final String title;
  private final HttpConfiguration configuration;
  private final CheckContext context;
  private final RequestPreparation preparation;
  private final Exchange exchange;
  private final FailureReport report;
  private final StepMeasurements measurements;
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<String, String> saved = new LinkedHashMap<>();
  private @Nullable PreparedRequest request;
  private @Nullable Answer answer;

  StepRun(
      HttpStep step,
      String title,
      HttpConfiguration configuration,
      CheckContext context,
      RequestPreparation preparation,
      Exchange exchange) {
    this.step = step;
    this.title = title;
    this.configuration = configuration;
    this.context = context;
    this.preparation = preparation;
    this.exchange = exchange;
    this.report = new FailureReport(context::redact);
    this.measurements = new StepMeasurements(context.check(), title);
  }

  /** What was saved; empty where the step failed. */
  Map<String, String> saved() {
    return saved;
  }

  /** Carries it out and emits its evidence; tells whether it passed. */
  boolean run(EvidenceSink sink) {
    Instant from = context.clock().now();
    long sentBefore = exchange.sent();
    HttpRetry retry = step.retry();
    if (retry == null) {
      attempt();
    } else {
      repeat(retry);
    }
    Instant to = context.clock().now();
    boolean passed = attempts.getLast().result() == Attempt.Result.PASSED;
    sink.emit(new Outcome(context.check(), to, context.check(), title, withoutMiddle(), labels()));
    measurements.emit(sink, from, to, passed, exchange.sent() - sentBefore);
    return passed;
  }

  private void repeat(HttpRetry retry) {
    long start = context.clock().nanos();
    while (true) {
      long begun = context.clock().nanos();
      if (attempt() || attempts.size() >= HttpRetry.MOST_ATTEMPTS) {
        return;
      }
      long next = Math.max(begun + retry.every().toNanos(), context.clock().nanos());
      if (next - start >= retry.within().toNanos()) {
        return;
      }
      context.progress(title + ", attempt " + (attempts.size() + 1));
      pause(next - context.clock().nanos());
    }
  }

  private boolean attempt() {
    long start = context.clock().nanos();
    Attempt attempt = tryOnce(start);
    attempts.add(attempt);
    return attempt.result() == Attempt.Result.PASSED;
  }

  private Attempt tryOnce(long start) {
    request = null;
    answer = null;
    try {
      PreparedRequest prepared = preparation.prepare(step);
      request = prepared;
      Duration own = step.timeout();
      Answer came = exchange.send(prepared, own == null ? configuration.timeout() : own);
      answer = came;
      measurements.answered(came, context.clock().now());
      return judged(prepared, came, start);
    } catch (TransportFailure failure) {
      return new Attempt(
          failure.result(),
          took(start),
          failure.type(),
          context.redact(failure.line()),
          report.of(request, failure));
    }
  }

  private Attempt judged(PreparedRequest prepared, Answer came, long start) {
    List<Miss> misses = missed(came);
    if (misses.isEmpty()) {
      misses = extract(came);
    }
    if (misses.isEmpty()) {
      return Attempt.passed(took(start));
    }
    Miss first = misses.getFirst();
    String more = misses.size() > 1 ? " (and " + (misses.size() - 1) + " more)" : "";
    return Attempt.failed(
        took(start),
        first.type(),
        context.redact(first.line()) + more,
        report.of(prepared, came, misses));
  }

  private List<Miss> missed(Answer came) {
    HttpExpect expect = step.expect();
    try {
      HttpExpect filled = expect == null ? null : expect.filled(preparation::fill);
      return new Expectations(filled, configuration.followRedirects(), context.clock())
          .missed(came);
    } catch (IllegalArgumentException unfit) {
      // a saved value that is no number, where the comparison needs one
      return List.of(
          new Miss("body", "expect", "a comparison", String.valueOf(unfit.getMessage()), null));
    }
  }

  private List<Miss> extract(Answer came) {
    List<Miss> misses = new ArrayList<>();
    saved.clear();
    step.save()
        .forEach((name, source) -> {
          try {
            saved.put(name, Extraction.parse(source).from(came));
          } catch (Extraction.Absent absent) {
            misses.add(
                new Miss(
                    "extract",
                    "to save '" + name + "'",
                    "from " + source,
                    String.valueOf(absent.getMessage()),
                    null));
          }
        });
    if (!misses.isEmpty()) {
      saved.clear();
    }
    return misses;
  }

  private Duration took(long start) {
    return Duration.ofNanos(Math.max(0, context.clock().nanos() - start));
  }

  private void pause(long nanos) {
    CountDownLatch stopped = new CountDownLatch(1);
    try (Cancellation.Registration _ = context.cancellation().onRequest(stopped::countDown)) {
      if (nanos > 0 && stopped.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new CancelledException("stopped while repeating '" + title + "'");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancelledException("interrupted while repeating '" + title + "'");
    }
  }

  /** Every attempt, those between the first and the last without their long details. */
  private List<Attempt> withoutMiddle() {
    List<Attempt> kept = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      boolean middle = i > 0 && i < attempts.size() - 1;
      kept.add(
          middle
              ? new Attempt(
                  attempt.result(), attempt.took(), attempt.type(), attempt.message(), null)
              : attempt);
    }
    return kept;
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("method", step.method());
    PreparedRequest sent = request;
    if (sent != null) {
      labels.put("url", context.redact(Address.shown(sent.uri())));
    }
    Answer last = answer;
    if (last != null) {
      labels.put("status", Integer.toString(last.status()));
    }
    if (step.retry() != null) {
      labels.put("retry", "until it holds");
    }
    return labels;
  }
}
