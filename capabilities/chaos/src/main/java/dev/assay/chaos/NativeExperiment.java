package dev.assay.chaos;

import dev.assay.api.evidence.Event;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.LiveChecks;
import dev.assay.chaos.fault.Fault;
import dev.assay.chaos.fault.FaultContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One experiment: the steady state before, the method, the way back. Whatever happens, every fault
 * has been undone when {@link #run} returns or throws. Used once, by one thread.
 */
final class NativeExperiment {

  private static final Duration SLACK = Duration.ofSeconds(30);

  private final ChaosConfiguration configuration;
  private final CheckContext context;
  private final EvidenceSink sink;
  private final Timing timing;
  private final Schedule schedule;
  private final ExperimentReport report;
  private final List<FaultWorker> workers = new ArrayList<>();
  private final List<FaultWorker> active = new ArrayList<>();
  private final Set<Schedule.Planned> begun = new HashSet<>();
  private @Nullable String aborted;

  NativeExperiment(
      ChaosConfiguration configuration,
      CheckContext context,
      EvidenceSink sink,
      Function<TimedFault, Fault> faults,
      Timing timing) {
    this.configuration = configuration;
    this.context = context;
    this.sink = sink;
    this.timing = timing;
    this.schedule = Schedule.of(configuration, faults, context.seed());
    this.report = new ExperimentReport(context, sink);
  }

  void run() {
    ChaosPermission.ensure(context, configuration.place());
    LiveChecks checks =
        context
            .find(LiveChecks.class)
            .orElseThrow(() ->
                ExperimentProblems.WRONG.failure(
                    configuration.place(),
                    "there are no other checks here",
                    "run it with assay run"));
    ensurePossible();
    String fresh = configuration.newConnections();
    try (SteadyState steady = begin(checks, Objects.requireNonNull(configuration.steady()))) {
      if (fresh == null) {
        carryOut(steady, null);
      } else {
        try (SteadyState second = begin(checks, fresh)) {
          carryOut(steady, second);
        }
      }
    }
  }

  /** All that the machine does not allow, before anything is touched. */
  private void ensurePossible() {
    FaultContext faults = FaultContext.of(context);
    List<Problem> problems = new ArrayList<>();
    for (Schedule.Planned one : schedule.all()) {
      try {
        one.fault().ensurePossible(faults);
      } catch (ProblemException impossible) {
        impossible.problems().stream()
            .filter(problem -> !problems.contains(problem))
            .forEach(problems::add);
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  private SteadyState begin(LiveChecks checks, String check) {
    Duration triggered =
        schedule.triggered().stream()
            .map(Schedule.Planned::length)
            .reduce(Duration.ZERO, Duration::plus);
    Duration atMost =
        schedule
            .length()
            .plus(triggered)
            .plus(configuration.recoverWithin())
            .plus(configuration.window().multipliedBy(4))
            .plus(SLACK);
    return SteadyState.begin(
        checks, check, configuration.window(), atMost, sink, configuration.place());
  }

  private void carryOut(SteadyState steady, @Nullable SteadyState fresh) {
    before(steady);
    if (fresh != null) {
      before(fresh);
    }
    RecoveryWatch watch = watch(steady);
    RecoveryWatch second = fresh == null ? null : watch(fresh);
    SteadySeconds seconds = new SteadySeconds(steady, timing, sink, context);
    try {
      method(steady, watch, second, seconds);
      if (aborted == null) {
        recovery(steady, watch, second, seconds);
      }
    } finally {
      mend();
    }
    failures();
    report.finish(
        new ExperimentReport.Result(
            workers,
            watch.recoveries(),
            second == null ? List.of() : second.recoveries(),
            watch.cut(),
            seconds,
            aborted,
            configuration.recoverWithin()));
  }

  private RecoveryWatch watch(SteadyState steady) {
    return new RecoveryWatch(
        (from, to) -> steady.holds(to),
        configuration.window(),
        configuration.recoverWithin(),
        timing);
  }

  /** Waits for the steady state, at most four windows; what is judged must not be its warm-up. */
  private void before(SteadyState steady) {
    Instant start = now();
    Instant until = start.plus(steady.window().multipliedBy(4)).plus(timing.lag());
    context.progress("waiting for the steady state of " + steady.check());
    while (now().isBefore(start.plus(steady.window())) || !steady.holds(now())) {
      steady.ensureLive();
      if (now().isAfter(until)) {
        report.failedBefore(steady.check(), steady.why(now()));
        throw ExperimentProblems.NOT_STEADY.failure(
            configuration.place(),
            "nothing was broken, as check '"
                + steady.check()
                + "' does not hold before: "
                + steady.why(now()),
            "mend that first, or expect less of it");
      }
      timing.await(context.cancellation());
    }
    // what cannot be judged at all is told before anything is broken
    steady.met(configuration.abort(), now());
    schedule.triggered().forEach(one -> steady.met(one.when(), now()));
    report.passedBefore(steady.check());
  }

  private void method(
      SteadyState steady,
      RecoveryWatch watch,
      @Nullable RecoveryWatch second,
      SteadySeconds seconds) {
    Instant start = now();
    Instant judged = start;
    while (true) {
      Instant now = now();
      Duration elapsed = Duration.between(start, now);
      for (Schedule.Planned one : schedule.timed()) {
        if (one.begin().compareTo(elapsed) <= 0 && begun.add(one)) {
          begin(one, watch, second, seconds);
        }
      }
      if (!judged.plus(timing.grid()).isAfter(now)) {
        judged = now;
        judge(steady, watch, second, seconds, now);
      }
      settle(watch, second);
      look(steady, watch, second, seconds);
      boolean over = elapsed.compareTo(schedule.length()) >= 0 && active.isEmpty();
      if (over || aborted != null) {
        return;
      }
      context.progress(active.isEmpty() ? "nothing is broken" : "broken: " + names());
      timing.await(context.cancellation());
    }
  }

  private String names() {
    return String.join(", ", active.stream().map(one -> one.planned().name()).toList());
  }

  private void begin(
      Schedule.Planned one,
      RecoveryWatch watch,
      @Nullable RecoveryWatch second,
      SteadySeconds seconds) {
    Instant now = now();
    watch.begin(one.name(), now);
    if (second != null) {
      second.begin(one.name(), now);
    }
    seconds.begin(now);
    FaultWorker worker = FaultWorker.start(one, context, sink);
    workers.add(worker);
    active.add(worker);
  }

  /** What waits for evidence: the conditions to abort, and faults that follow from others. */
  private void judge(
      SteadyState steady,
      RecoveryWatch watch,
      @Nullable RecoveryWatch second,
      SteadySeconds seconds,
      Instant now) {
    for (Map.Entry<String, String> condition : configuration.abort().entrySet()) {
      if (steady.met(Map.ofEntries(condition), now)) {
        aborted = condition.getKey() + " " + condition.getValue();
        sink.emit(
            new Event(
                context.check(),
                now,
                "chaos.abort",
                "everything is undone, as " + aborted,
                Map.of("condition", aborted)));
        return;
      }
    }
    for (Schedule.Planned one : schedule.triggered()) {
      if (!begun.contains(one) && steady.met(one.when(), now)) {
        begun.add(one);
        begin(one, watch, second, seconds);
      }
    }
  }

  /** Takes note of faults that ended; without any left, the way back begins. */
  private void settle(RecoveryWatch watch, @Nullable RecoveryWatch second) {
    boolean any = !active.isEmpty();
    failures();
    active.removeIf(worker -> worker.ended() != null && worker.done());
    if (any && active.isEmpty()) {
      Instant end =
          workers.stream()
              .map(FaultWorker::ended)
              .filter(Objects::nonNull)
              .max(Comparator.naturalOrder())
              .orElse(now());
      watch.calm(end);
      if (second != null) {
        second.calm(end);
      }
    }
  }

  private void look(
      SteadyState steady,
      RecoveryWatch watch,
      @Nullable RecoveryWatch second,
      SteadySeconds seconds) {
    steady.ensureLive();
    Instant now = now();
    watch.look(now);
    if (second != null) {
      second.look(now);
    }
    seconds.look(now);
  }

  private void recovery(
      SteadyState steady,
      RecoveryWatch watch,
      @Nullable RecoveryWatch second,
      SteadySeconds seconds) {
    context.progress("waiting for the steady state to come back");
    while (!watch.settled() || second != null && !second.settled()) {
      timing.await(context.cancellation());
      look(steady, watch, second, seconds);
    }
  }

  /**
   * A fault without an effect makes the evidence invalid, and the experiment goes on; any other
   * failure ends it.
   */
  private void failures() {
    for (FaultWorker worker : workers) {
      ProblemException failure = worker.failure();
      if (failure != null
          && failure.problems().stream()
              .noneMatch(problem -> problem.type().equals(ChaosProblems.NO_EFFECT))) {
        throw failure;
      }
    }
  }

  private void mend() {
    List<FaultWorker> lastFirst = workers.reversed();
    lastFirst.forEach(FaultWorker::stop);
    lastFirst.forEach(FaultWorker::await);
  }

  private Instant now() {
    return context.clock().now();
  }
}
