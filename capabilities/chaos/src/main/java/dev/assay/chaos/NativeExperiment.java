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

  /**
   * A steady check and what is seen of it.
   *
   * @param steady the check
   * @param recovery when it recovers
   * @param seconds at which moments it held
   */
  private record Watched(SteadyState steady, RecoveryWatch recovery, SteadySeconds seconds) {

    void begin(String fault, Instant now) {
      recovery.begin(fault, now);
      seconds.begin(now);
    }

    void look(Instant now) {
      steady.ensureLive();
      recovery.look(now);
      seconds.look(now);
    }
  }

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
    String kept = Objects.requireNonNull(configuration.steady());
    try (SteadyState steady = begin(checks, kept, fresh != null)) {
      if (fresh == null) {
        carryOut(List.of(watched(steady)));
      } else {
        try (SteadyState second = begin(checks, fresh, true)) {
          carryOut(List.of(watched(steady), watched(second)));
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

  private SteadyState begin(LiveChecks checks, String check, boolean apart) {
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
        checks, check, configuration.window(), atMost, sink, configuration.place(), apart);
  }

  private void carryOut(List<Watched> all) {
    all.forEach(one -> before(one.steady()));
    try {
      method(all);
      if (aborted == null) {
        recovery(all);
      }
    } finally {
      mend();
    }
    failures();
    Watched kept = all.getFirst();
    report.finish(
        new ExperimentReport.Result(
            workers,
            kept.recovery().recoveries(),
            all.size() == 1 ? List.of() : all.getLast().recovery().recoveries(),
            kept.recovery().cut(),
            all.stream().map(Watched::seconds).toList(),
            aborted,
            configuration.recoverWithin()));
  }

  private Watched watched(SteadyState steady) {
    RecoveryWatch recovery =
        new RecoveryWatch(
            (from, to) -> steady.holds(to),
            configuration.window(),
            configuration.recoverWithin(),
            timing);
    return new Watched(steady, recovery, new SteadySeconds(steady, timing, sink, context));
  }

  /** Waits for the steady state, at most four windows; what is judged must not be its warm-up. */
  private void before(SteadyState steady) {
    Instant start = now();
    Instant until = start.plus(steady.window().multipliedBy(4)).plus(timing.lag());
    context.progress("waiting for the steady state of " + steady.check());
    while (known().isBefore(start.plus(steady.window())) || !steady.holds(known())) {
      steady.ensureLive();
      if (now().isAfter(until)) {
        report.failedBefore(steady.check(), steady.why(known()));
        throw ExperimentProblems.NOT_STEADY.failure(
            configuration.place(),
            "nothing was broken, as check '"
                + steady.check()
                + "' does not hold before: "
                + steady.why(known()),
            steady.thin(known())
                ? "make 'window' longer, or let check '" + steady.check() + "' ask more often"
                : "mend that first, or expect less of it");
      }
      timing.await(context.cancellation());
    }
    // what cannot be judged at all is told before anything is broken
    steady.met(configuration.abort(), now());
    schedule.triggered().forEach(one -> steady.met(one.when(), now()));
    report.passedBefore(steady.check());
  }

  private void method(List<Watched> all) {
    Instant start = now();
    Instant judged = start;
    while (true) {
      Instant now = now();
      Duration elapsed = Duration.between(start, now);
      for (Schedule.Planned one : schedule.timed()) {
        if (one.begin().compareTo(elapsed) <= 0 && begun.add(one)) {
          begin(one, all);
        }
      }
      if (!judged.plus(timing.grid()).isAfter(now)) {
        judged = now;
        judge(all, now);
      }
      settle(all);
      look(all);
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

  private void begin(Schedule.Planned one, List<Watched> all) {
    Instant now = now();
    all.forEach(watched -> watched.begin(one.name(), now));
    FaultWorker worker = FaultWorker.start(one, context, sink);
    workers.add(worker);
    active.add(worker);
  }

  /** What waits for evidence: the conditions to abort, and faults that follow from others. */
  private void judge(List<Watched> all, Instant now) {
    SteadyState steady = all.getFirst().steady();
    for (Map.Entry<String, String> condition : configuration.abort().entrySet()) {
      if (met(steady, Map.ofEntries(condition), now)) {
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
      if (!begun.contains(one) && met(steady, one.when(), now)) {
        begun.add(one);
        begin(one, all);
      }
    }
  }

  /** Takes note of faults that ended; without any left, the way back begins. */
  private void settle(List<Watched> all) {
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
      all.forEach(watched -> watched.recovery().calm(end));
    }
  }

  private void look(List<Watched> all) {
    Instant now = now();
    all.forEach(watched -> watched.look(now));
  }

  private void recovery(List<Watched> all) {
    context.progress("waiting for the steady state to come back");
    while (!all.stream().allMatch(watched -> watched.recovery().settled())) {
      timing.await(context.cancellation());
      look(all);
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

  /** At once where what has come says so already, else when all of a window has come. */
  private boolean met(SteadyState steady, Map<String, String> conditions, Instant now) {
    return steady.met(conditions, now) || steady.met(conditions, now.minus(timing.lag()));
  }

  /** Up to when all evidence has come. */
  private Instant known() {
    return now().minus(timing.lag());
  }

  private Instant now() {
    return context.clock().now();
  }
}
