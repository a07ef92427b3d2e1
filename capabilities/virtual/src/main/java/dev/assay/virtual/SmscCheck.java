package dev.assay.virtual;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.value.Unit;
import dev.assay.virtual.smsc.SmscLedger;
import dev.assay.virtual.smsc.SmscTally;
import dev.assay.virtual.smsc.VirtualSmsc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits until nothing is under way, and counts. */
final class SmscCheck implements Check {

  private static final long LOOK_MILLIS = 20;

  private final SmscCheckConfiguration configuration;

  SmscCheck(SmscCheckConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public void run(CheckContext context, EvidenceSink sink) throws InterruptedException {
    VirtualSmsc smsc =
        context
            .find(VirtualServices.class)
            .flatMap(services -> services.smsc(configuration.of()))
            .orElseThrow(() ->
                VirtualProblems.NOT_RUNNING.failure(
                    configuration.place(),
                    "no virtual SMSC '" + configuration.of() + "' runs",
                    "add it to the section `virtual`"));
    Instant from = context.clock().now();
    settle(smsc, context);
    SmscTally tally = smsc.tally();
    Instant to = context.clock().now();
    SmscMetrics.of(tally)
        .forEach((name, value) ->
            sink.emit(
                new Measurement(
                    context.check(),
                    name,
                    Unit.NONE,
                    from,
                    to,
                    Map.of(),
                    new Measured.Count(Math.max(0, value)))));
    boolean settled = tally.waiting() == 0;
    sink.emit(
        new Outcome(
            context.check(),
            to,
            configuration.of(),
            "every message reached its end",
            List.of(attempt(settled, tally, Duration.between(from, to))),
            Map.of()));
    attach(smsc, sink);
  }

  private static Attempt attempt(boolean settled, SmscTally tally, Duration took) {
    return settled
        ? Attempt.passed(took)
        : Attempt.failed(
            took, "waiting", tally.waiting() + " receipts were not taken in time", null);
  }

  private void settle(VirtualSmsc smsc, CheckContext context) throws InterruptedException {
    long end = context.clock().nanos() + configuration.settle().toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (smsc.tally().waiting() > 0 && context.clock().nanos() - end < 0) {
      context.cancellation().check();
      boolean _ = never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void attach(VirtualSmsc smsc, EvidenceSink sink) {
    SmscLedger ledger = smsc.ledger();
    if (ledger != null) {
      ledger.flush();
      sink.attach(configuration.of() + ".jsonl", "application/jsonl", ledger.file());
    }
  }
}
