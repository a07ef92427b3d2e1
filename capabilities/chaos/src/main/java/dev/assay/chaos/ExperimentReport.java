package dev.assay.chaos;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what came of an experiment, as evidence. */
final class ExperimentReport {

  private static final String SUITE = "experiment";

  /**
   * What came of it.
   *
   * @param faults all that were begun, undone by now
   * @param recoveries of each disturbance
   * @param fresh the same on new connections
   * @param cut disturbances whose recovery the next one hid
   * @param seconds at which moments the steady state held
   * @param aborted the condition that ended it, or null
   * @param allowed how long a recovery may take
   */
  record Result(
      List<FaultWorker> faults,
      List<RecoveryWatch.Recovery> recoveries,
      List<RecoveryWatch.Recovery> fresh,
      List<String> cut,
      SteadySeconds seconds,
      @Nullable String aborted,
      Duration allowed) {}

  private final CheckContext context;
  private final EvidenceSink sink;
  private final Instant start;

  ExperimentReport(CheckContext context, EvidenceSink sink) {
    this.context = context;
    this.sink = sink;
    this.start = context.clock().now();
  }

  void passedBefore(String check) {
    outcome("steady before: " + check, Attempt.passed(since(start)));
  }

  void failedBefore(String check, String why) {
    outcome(
        "steady before: " + check,
        Attempt.failed(since(start), "not steady", context.redact(why), null));
  }

  private Duration since(Instant from) {
    return Duration.between(from, context.clock().now());
  }

  private void outcome(String name, Attempt attempt) {
    sink.emit(
        new Outcome(
            context.check(), context.clock().now(), SUITE, name, List.of(attempt), Map.of()));
  }

  void finish(Result result) {
    result.faults().forEach(this::fault);
    recoveries(ChaosMetrics.RECOVERY, "recovers from ", result.recoveries());
    recoveries(ChaosMetrics.RECOVERY_NEW, "recovers on new connections from ", result.fresh());
    for (String name : result.cut()) {
      String why = "the next fault began before the steady state could be seen to hold again";
      outcome(
          "recovers from " + name,
          new Attempt(Attempt.Result.SKIPPED, Duration.ZERO, null, why, null));
    }
    String aborted = result.aborted();
    if (aborted != null) {
      outcome(
          "not aborted",
          Attempt.failed(since(start), "aborted", "everything was undone, as " + aborted, null));
    }
    numbers(result);
    timeline(result);
  }

  private void fault(FaultWorker worker) {
    Schedule.Planned planned = worker.planned();
    ProblemException failure = worker.failure();
    if (failure == null) {
      outcome(planned.name(), Attempt.passed(planned.length()));
      return;
    }
    worker.reportNoEffect(failure.problems().getFirst());
    outcome(
        planned.name(),
        new Attempt(
            Attempt.Result.ERROR,
            Duration.ZERO,
            failure.problems().getFirst().code(),
            context.redact(failure.problems().getFirst().what()),
            null));
  }

  private void recoveries(Metric metric, String text, List<RecoveryWatch.Recovery> recoveries) {
    for (RecoveryWatch.Recovery one : recoveries) {
      emit(
          metric,
          Map.of("step", one.name(), "came", Boolean.toString(one.came())),
          new Measured.Scalar(one.recovery().toNanos()));
      outcome(
          text + one.name(),
          one.came()
              ? Attempt.passed(one.recovery())
              : Attempt.failed(
                  one.recovery(),
                  "no recovery",
                  "the steady state did not hold again within "
                      + Unit.NANOSECONDS.format(one.recovery().toNanos()),
                  null));
    }
    recoveries.stream()
        .max(Comparator.comparing(RecoveryWatch.Recovery::recovery))
        .ifPresent(
            worst -> emit(metric, Map.of(), new Measured.Scalar(worst.recovery().toNanos())));
  }

  private void numbers(Result result) {
    long made = result.faults().stream().filter(FaultWorker::effective).count();
    boolean abort = result.aborted() != null;
    boolean back = result.recoveries().stream().allMatch(RecoveryWatch.Recovery::came);
    emit(ChaosMetrics.FAULTS, Map.of(), new Measured.Count(made));
    emit(ChaosMetrics.EFFECTIVE, Map.of(), new Measured.Proportion(made, result.faults().size()));
    emit(ChaosMetrics.ABORTED, Map.of(), new Measured.Count(abort ? 1 : 0));
    if (result.seconds().count() > 0) {
      emit(
          ChaosMetrics.STEADY,
          Map.of(),
          new Measured.Proportion(result.seconds().heldCount(), result.seconds().count()));
    }
    double score =
        abort || !back
            ? 0
            : Resilience.score(
                result.seconds().heldCount(),
                result.seconds().count(),
                result.recoveries().stream().map(RecoveryWatch.Recovery::recovery).toList(),
                result.allowed());
    emit(ChaosMetrics.RESILIENCE, Map.of(), new Measured.Scalar(score));
  }

  private void emit(Metric metric, Map<String, String> labels, Measured value) {
    sink.emit(
        new Measurement(
            context.check(),
            metric.name(),
            metric.unit(),
            start,
            context.clock().now(),
            labels,
            value));
  }

  /** The game day's page: second by second whether it was well, and what was broken. */
  private void timeline(Result result) {
    List<String> lines = new ArrayList<>(List.of("second\tsteady\tbroken"));
    for (SteadySeconds.Moment moment : result.seconds().moments()) {
      List<String> broken =
          result.faults().stream()
              .filter(one -> one.lastedAt(moment.at()))
              .map(one -> one.planned().name())
              .toList();
      lines.add(
          Duration.between(start, moment.at()).toSeconds()
              + "\t"
              + (moment.held() ? "yes" : "no")
              + "\t"
              + context.redact(String.join(", ", broken).replace('\t', ' ')));
    }
    Path file = context.scratch().resolve("timeline.tsv");
    try {
      Files.write(file, lines);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
    sink.attach("timeline", Artifact.TABLE, file);
  }
}
