package dev.assay.suite;

import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.PastRuns;
import dev.assay.api.ledger.PastRuns.PastRun;
import dev.assay.api.plan.Subject;
import dev.assay.api.spi.CheckContext;
import dev.assay.suite.flaky.Attempt;
import dev.assay.suite.flaky.History;
import dev.assay.suite.flaky.Rerun;
import dev.assay.suite.order.Execution;
import dev.assay.suite.shard.Durations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the tests of a suite in the latest runs, at most {@value #RUNS} of them and
 * {@value #RESULTS} results. Not thread-safe.
 */
final class SuitePast {

  static final int RUNS = 30;
  static final int RESULTS = 500_000;

  /** With fewer tests in a run, how many failed together says little. */
  static final int FEWEST_FOR_A_SHARE = 10;

  /** Labels of outcomes that a later run reads. */
  static final String UNIT = "unit";

  static final String RETRIED = "retried";

  /** One result of one test. */
  private record Result(int run, List<Attempt> attempts) {}

  /** One run. */
  private static final class Cycle {
    @Nullable String commit;
    int tests;
    int failed;
    final Map<String, double[]> units = new TreeMap<>();

    OptionalDouble failedShare() {
      return tests < FEWEST_FOR_A_SHARE
          ? OptionalDouble.empty()
          : OptionalDouble.of(failed / (double) tests);
    }
  }

  private final List<Cycle> cycles = new ArrayList<>();
  private final Map<String, List<Result>> tests = new HashMap<>();
  private final Map<String, String> unitOf = new LinkedHashMap<>();
  private final @Nullable String commit;
  private int results;

  private SuitePast(@Nullable String commit) {
    this.commit = commit;
  }

  /** Reads it; empty where the context offers none. */
  static SuitePast read(CheckContext context) {
    PastRuns runs = context.find(PastRuns.class).orElse(null);
    if (runs == null) {
      return new SuitePast(null);
    }
    SuitePast past = new SuitePast(commit(runs.now()));
    List<PastRun> newest = runs.newest(RUNS);
    for (PastRun run : newest) {
      context.cancellation().check();
      past.add(run);
    }
    return past;
  }

  /** The code that was tested, where that is a commit and nothing more. */
  private static @Nullable String commit(Subject subject) {
    return subject.dirty() ? null : subject.commit();
  }

  private void add(PastRun run) {
    Cycle cycle = new Cycle();
    cycle.commit = commit(run.subject());
    run.evidence(evidence -> {
      if (evidence instanceof Outcome outcome && results < RESULTS) {
        add(cycle, outcome);
      }
    });
    if (cycle.tests > 0) {
      cycles.add(cycle);
    }
  }

  private void add(Cycle cycle, Outcome outcome) {
    List<Attempt> attempts = attempts(outcome);
    if (attempts.isEmpty()) {
      return;
    }
    results++;
    String test = key(outcome.suite(), outcome.name());
    boolean failed = attempts.getFirst().result() == Attempt.Result.FAIL;
    cycle.tests++;
    cycle.failed += failed ? 1 : 0;
    tests.computeIfAbsent(test, name -> new ArrayList<>()).add(new Result(cycles.size(), attempts));
    String unit = outcome.labels().get(UNIT);
    if (unit != null && !unit.isEmpty()) {
      unitOf.put(test, unit);
      double[] sums = cycle.units.computeIfAbsent(unit, name -> new double[2]);
      sums[0] += outcome.attempts().getFirst().took().toNanos() / 1e9;
      sums[1] += failed ? 1 : 0;
    }
  }

  /** The attempts that were made, without those that a rule added; empty where it did not run. */
  private static List<Attempt> attempts(Outcome outcome) {
    String how = outcome.labels().get(RETRIED);
    String[] hows = how == null ? new String[0] : how.split(",");
    List<Attempt> made = new ArrayList<>();
    for (dev.assay.api.evidence.Attempt attempt : outcome.attempts()) {
      if (!Ruling.added(attempt)) {
        Attempt.Result result = result(attempt.result());
        if (result != Attempt.Result.NONE) {
          int number = made.size() - 1;
          made.add(new Attempt(result, number < 0 ? Rerun.AGAIN : rerun(hows, number)));
        }
      }
    }
    return List.copyOf(made);
  }

  private static Rerun rerun(String[] hows, int number) {
    if (number >= hows.length) {
      return Rerun.AGAIN;
    }
    try {
      return Rerun.valueOf(hows[number].toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      return Rerun.AGAIN;
    }
  }

  static Attempt.Result result(dev.assay.api.evidence.Attempt.Result result) {
    return switch (result) {
      case PASSED -> Attempt.Result.PASS;
      case FAILED, ERROR -> Attempt.Result.FAIL;
      case SKIPPED -> Attempt.Result.NONE;
    };
  }

  static String key(String suite, String name) {
    return suite + "#" + name;
  }

  /** Whether any run is known. */
  boolean known() {
    return !cycles.isEmpty();
  }

  int runs() {
    return cycles.size();
  }

  /** What units took on average, the latest runs counting most. */
  Map<String, Double> seconds() {
    Map<String, List<Double>> all = new TreeMap<>();
    for (Cycle cycle : cycles) {
      cycle.units.forEach(
          (unit, sums) -> all.computeIfAbsent(unit, name -> new ArrayList<>()).add(sums[0]));
    }
    Map<String, Double> means = new TreeMap<>();
    all.forEach((unit, past) -> means.put(unit, Durations.decayedMean(past)));
    return means;
  }

  /** What became of units, run by run. */
  List<List<Execution>> executions() {
    List<List<Execution>> all = new ArrayList<>();
    for (Cycle cycle : cycles) {
      List<Execution> one = new ArrayList<>();
      cycle.units.forEach((unit, sums) ->
          one.add(
              new Execution(
                  unit,
                  sums[1] > 0 ? Execution.Result.FAIL : Execution.Result.PASS,
                  OptionalDouble.of(sums[0]))));
      all.add(one);
    }
    return all;
  }

  /** The tests that were last known in a unit, as suite and name. */
  List<String> testsOf(String unit) {
    return unitOf.entrySet().stream()
        .filter(one -> one.getValue().equals(unit))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The past of one test with what became of it now. */
  History with(String suite, String name, List<Attempt> now, OptionalDouble failedShare) {
    List<History.Run> runs = new ArrayList<>();
    int last = -1;
    for (Result result : tests.getOrDefault(key(suite, name), List.of())) {
      Cycle cycle = cycles.get(result.run());
      History.Run run =
          new History.Run(
              cycle.commit, result.attempts(), History.Answer.UNKNOWN, cycle.failedShare());
      if (result.run() == last) {
        // namesakes of one run: tell nothing of each other, so the one that failed is kept
        if (!runs.getLast().failed()) {
          runs.set(runs.size() - 1, run);
        }
      } else {
        runs.add(run);
      }
      last = result.run();
    }
    runs.add(new History.Run(commit, now, History.Answer.UNKNOWN, failedShare));
    return new History(runs);
  }
}
