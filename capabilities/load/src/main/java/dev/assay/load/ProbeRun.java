package dev.assay.load;

import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.load.capacity.Criterion;
import dev.assay.load.capacity.ProbeNumbers;
import dev.assay.load.engine.Arrivals;
import dev.assay.load.engine.Interval;
import dev.assay.load.engine.LoadEngine;
import dev.assay.load.engine.LoadPlan;
import dev.assay.load.engine.Phase;
import dev.assay.load.engine.Sockets;
import dev.assay.load.engine.StepInterval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One probe of a search for a capacity: a run of the engine at one rate, given up as soon as it is
 * hopeless. For one use, by one thread.
 */
final class ProbeRun {

  private static final double NANOS = 1e9;

  /** How many times the bound of latency may wait to be answered before a probe is given up. */
  private static final double HOPELESS = 5;

  private static final double LEAST_BACKLOG_SECONDS = 1;

  /** How many standard deviations of random departures a backlog may grow in half a probe. */
  private static final double GROWTH_SIGMAS = 4;

  private static final int FEW = 20;
  private static final double SURELY_NOT = 0.025;

  private final LoadPlan plan;
  private final double rate;
  private final long arrivals;
  private final long seconds;
  private final List<Criterion> criteria;
  private final ProbeNumbers numbers = new ProbeNumbers();
  private final Histogram lateness = new Histogram(3);
  private long dispatched;
  private long ended;
  private long succeeded;
  private double busy;
  private long halfBacklog = -1;
  private long fullBacklog;
  private int failedSeconds;
  private long lived;
  private @Nullable String hopeless;
  private @Nullable String emptyFeeder;

  /**
   * A probe.
   *
   * @param base all but the phases
   * @param rate arrivals per second
   * @param settle how long it is kept up before it is measured
   * @param each how long it is measured
   * @param sequence the number of its first arrival
   * @param label the label {@code probe} of its evidence
   */
  ProbeRun(
      LoadPlan base,
      double rate,
      Duration settle,
      Duration each,
      long sequence,
      String label,
      boolean poisson,
      List<Criterion> criteria) {
    this.rate = rate;
    this.criteria = criteria;
    this.seconds = Math.max(1, each.toSeconds());
    List<Phase> phases = new ArrayList<>();
    long next = sequence;
    if (settle.isPositive()) {
      Arrivals before = arrivals(rate, settle, poisson, base.seed() + 2 * sequence + 1);
      phases.add(new Phase.Open("settle", 0, 0, false, next, before));
      next += before.count();
    }
    Arrivals measured = arrivals(rate, each, poisson, base.seed() + 2 * sequence);
    phases.add(new Phase.Open("probe", 0, settle.toNanos(), true, next, measured));
    this.arrivals = measured.count();
    List<Map<String, String>> recorded = new ArrayList<>();
    for (Map<String, String> labels : base.recorded()) {
      Map<String, String> labelled = new HashMap<>(labels);
      labelled.put("probe", label);
      recorded.add(labelled);
    }
    this.plan = base.with(phases, recorded);
  }

  private static Arrivals arrivals(double rate, Duration length, boolean poisson, long seed) {
    return poisson
        ? Arrivals.poisson(List.of(new Arrivals.Piece(rate, rate, length.toNanos())), seed)
        : Arrivals.constant(rate, length.toNanos());
  }

  /** How many arrivals it has, those of settling included. */
  long sequences() {
    return plan.warmUpArrivals() + arrivals;
  }

  /**
   * Carries it out.
   *
   * @param sink where the evidence of each second goes; null for nowhere
   */
  void run(CheckContext context, @Nullable EvidenceSink sink, Sockets sockets)
      throws InterruptedException {
    try (LoadEngine engine = LoadEngine.start(plan, context.clock(), sockets);
        Cancellation.Registration _ = context.cancellation().onRequest(engine::stop)) {
      LoadReporter reporter =
          sink == null ? null : new LoadReporter(context, sink, plan, engine.measuredStart());
      Interval interval = engine.next();
      while (interval != null) {
        if (reporter != null) {
          reporter.report(interval, engine.busy());
        }
        take(interval);
        hopeless = hopeless == null ? lost(interval) : hopeless;
        if (hopeless != null) {
          engine.stop();
        }
        interval = engine.next();
      }
      emptyFeeder = engine.emptyFeeder();
    }
    context.cancellation().check();
  }

  private void take(Interval interval) {
    lateness.add(interval.lateness());
    dispatched += interval.dispatched();
    ended += interval.completed() + interval.failed() + interval.dropped() + interval.unsent();
    for (int i = 0; i < interval.steps().size(); i++) {
      StepInterval step = interval.steps().get(i);
      Histogram times = step.serviceTime();
      numbers.add(
          plan.recorded().get(i).getOrDefault("step", ""),
          step.latency(),
          times,
          step.errors(),
          step.requests() + step.errors(dev.assay.load.engine.ErrorKind.DROPPED));
      if (interval.from() < seconds) {
        succeeded += step.requests() - failed(step);
        busy += times.getTotalCount() == 0 ? 0 : times.getMean() * times.getTotalCount() / NANOS;
      }
    }
    lived = Math.min(seconds, interval.to());
    if (interval.to() <= (seconds + 1) / 2) {
      halfBacklog = dispatched - ended;
    }
    if (interval.to() <= seconds) {
      fullBacklog = dispatched - ended;
    }
  }

  private static long failed(StepInterval step) {
    return step.errors() - step.errors(dev.assay.load.engine.ErrorKind.DROPPED);
  }

  /** Why going on would show nothing new; null where it may. */
  private @Nullable String lost(Interval interval) {
    long failed = interval.failed() + interval.dropped();
    boolean dead = failed >= Math.min(FEW, rate / 2) && interval.completed() == 0;
    failedSeconds = dead ? failedSeconds + 1 : 0;
    if (failedSeconds >= 2) {
      return "every request failed for two seconds";
    }
    double waiting = (dispatched - ended) / rate;
    double bound =
        criteria.stream()
            .filter(criterion -> criterion.metric().equals("latency"))
            .mapToDouble(Criterion::bound)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return waiting > Math.max(LEAST_BACKLOG_SECONDS, HOPELESS * bound / NANOS)
        ? dispatched - ended + " arrivals were waiting to be answered, and ever more"
        : null;
  }

  /**
   * Whether the generator was not fit to measure it. What was met in spite of its lateness was met,
   * for lateness is in latency; and what is missed by more than it can explain was missed.
   */
  boolean late() {
    boolean behind = hopeless == null && emptyFeeder == null && dispatched != arrivals;
    return behind || LoadReporter.late(lateness) && met() < 0.5 && !missedAnyway();
  }

  private boolean missedAnyway() {
    // What arrives late arrives together, and so waits up to that long once more, or is refused.
    double time = 2.0 * lateness.getValueAtPercentile(99);
    double share = LoadReporter.lateShare(lateness);
    return hopeless != null
        || growing()
        || criteria.stream()
            .anyMatch(criterion -> criterion.met(numbers, time, share) < SURELY_NOT);
  }

  /** How much speaks for everything having been met, from 0 to 1. */
  double met() {
    double least = hopeless != null || growing() ? 0 : 1;
    for (Criterion criterion : criteria) {
      least = Math.min(least, criterion.met(numbers));
    }
    return least;
  }

  /** Whether more came than was answered for all of its second half, by more than chance. */
  private boolean growing() {
    if (halfBacklog < 0 || seconds < 4) {
      return false;
    }
    double came = rate * (seconds - (seconds + 1) / 2);
    return fullBacklog - halfBacklog > GROWTH_SIGMAS * Math.sqrt(came);
  }

  /** Requests that went well, per second. */
  double throughput() {
    return lived == 0 ? 0 : (double) succeeded / lived;
  }

  /** How many requests were under way on average: Little's law. */
  double concurrency() {
    return lived == 0 ? 0 : busy / lived;
  }

  /** The median service time in ns; NaN where nothing was answered. */
  double median() {
    return numbers.median();
  }

  double rate() {
    return rate;
  }

  /** The name of a feeder that ran out, or null. */
  @Nullable String emptyFeeder() {
    return emptyFeeder;
  }

  /** Whether it was given up before its time. */
  boolean aborted() {
    return hopeless != null;
  }

  ProbeNumbers numbers() {
    return numbers;
  }

  /** What it showed, one sentence without its full stop. */
  String sentence() {
    List<String> parts = new ArrayList<>();
    criteria.forEach(criterion -> parts.add(criterion.sentence(numbers)));
    if (hopeless != null) {
      parts.add("given up after " + lived + " s: " + hopeless);
    } else if (growing()) {
      parts.add("the number of waiting requests grew to the end");
    }
    return String.join(", ", parts);
  }
}
