package dev.assay.load;

import dev.assay.api.evidence.Event;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.value.Unit;
import dev.assay.load.capacity.CapacitySearch;
import dev.assay.load.capacity.CapacitySearch.Answer;
import dev.assay.load.capacity.Criterion;
import dev.assay.load.engine.LoadPlan;
import dev.assay.load.engine.Sockets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Carries out a load check that searches a capacity: probe after probe, with a pause after each one
 * that was too much, until the search has its answer. For one use, by one thread.
 */
final class CapacityCheck {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration SHORTEST_SETTLE = Duration.ofMillis(500);
  private static final Duration LONGEST_SETTLE = Duration.ofSeconds(5);
  private static final int SETTLE_PART = 5;

  /** How gently it is asked whether a target has recovered, and how often at most. */
  private static final double GENTLE = 20;

  private static final int MOST_RECOVERIES = 30;

  /** A target has recovered when its median is at most so many times what it was at first. */
  private static final double RECOVERED = 2;

  private static final double RECOVERED_SLACK = 5e6;

  private final CheckContext context;
  private final EvidenceSink sink;
  private final LoadConfiguration configuration;
  private final LoadConfiguration.Capacity wanted;
  private final LoadPlan plan;
  private final Sockets sockets;
  private final List<Criterion> criteria;
  private final CapacityReporter reporter;
  private final List<ProbeRun> probes = new ArrayList<>();
  private long sequence;
  private double baseMedian = Double.NaN;

  CapacityCheck(
      CheckContext context,
      EvidenceSink sink,
      LoadConfiguration configuration,
      LoadConfiguration.Capacity wanted,
      LoadPlan plan,
      Sockets sockets) {
    this.context = context;
    this.sink = sink;
    this.configuration = configuration;
    this.wanted = wanted;
    this.plan = plan;
    this.sockets = sockets;
    this.criteria = criteria(wanted);
    this.reporter = new CapacityReporter(context, sink, wanted);
  }

  /** What is to be met; validated before. */
  static List<Criterion> criteria(LoadConfiguration.Capacity wanted) {
    return wanted.meets().entrySet().stream()
        .map(one -> Criterion.parse(one.getKey(), one.getValue()))
        .toList();
  }

  /** How long each rate is kept up before it is measured. */
  static Duration settle(LoadConfiguration.Capacity wanted) {
    Duration part = wanted.each().dividedBy(SETTLE_PART);
    Duration least = part.compareTo(SHORTEST_SETTLE) < 0 ? SHORTEST_SETTLE : part;
    return least.compareTo(LONGEST_SETTLE) > 0 ? LONGEST_SETTLE : least;
  }

  void run() throws InterruptedException {
    CapacitySearch search =
        new CapacitySearch(
            new CapacitySearch.Limits(
                wanted.from().perSecond(),
                wanted.to().perSecond(),
                wanted.within().ratio(),
                wanted.probes(),
                wanted.atMost()));
    boolean ranOut = false;
    while (!ranOut && search.next() instanceof CapacitySearch.Probe(double rate)) {
      ranOut = probe(search, rate);
    }
    Answer answer =
        search.next() instanceof Answer found
            ? found
            : new CapacitySearch.Found(search.border(), false);
    reporter.answer(answer, search.probes(), probes, plan.steps(), context.seed());
  }

  /** One probe and the pause after it; returns whether a feeder ran out. */
  private boolean probe(CapacitySearch search, double rate) throws InterruptedException {
    long begin = context.clock().nanos();
    ProbeRun run =
        new ProbeRun(
            plan,
            rate,
            settle(wanted),
            wanted.each(),
            sequence,
            Integer.toString(search.probes() + 1),
            configuration.arrivals() == LoadPhase.Spread.POISSON,
            criteria);
    sequence += run.sequences();
    run.run(context, sink, sockets);
    boolean late = run.late();
    double met = run.met();
    reporter.probe(run, search.probes() + 1, late);
    if (!late && Double.isNaN(baseMedian)) {
      baseMedian = run.median();
    }
    if (late || met < 0.5) {
      recover();
    }
    Duration took = Duration.ofNanos(context.clock().nanos() - begin);
    if (late) {
      search.generatorLate(rate, took);
    } else {
      probes.add(run);
      search.probed(rate, met, took);
    }
    String empty = run.emptyFeeder();
    if (empty != null) {
      reporter.emptyFeeder(empty);
    }
    return empty != null;
  }

  /** Waits until the target answers as it did at first: what is overloaded works off its queues. */
  private void recover() throws InterruptedException {
    double gentle = Math.min(GENTLE, wanted.from().perSecond());
    for (int i = 0; i < MOST_RECOVERIES; i++) {
      ProbeRun asking =
          new ProbeRun(
              plan, Math.max(1, gentle), Duration.ZERO, SECOND, sequence, "", false, criteria);
      sequence += asking.sequences();
      context.progress("waiting until the target has recovered");
      asking.run(context, null, sockets);
      boolean well = asking.numbers().failures() == 0 && asking.numbers().answers() > 0;
      double enough =
          Double.isNaN(baseMedian)
              ? Double.POSITIVE_INFINITY
              : RECOVERED * baseMedian + RECOVERED_SLACK;
      if (well && asking.median() <= enough) {
        return;
      }
    }
    sink.emit(
        new Event(
            context.check(),
            context.clock().now(),
            "load.not-recovered",
            "the target did not answer as at first (median "
                + Unit.NANOSECONDS.format(baseMedian)
                + ") within 30 s after a rate that was too high",
            Map.of()));
  }
}
