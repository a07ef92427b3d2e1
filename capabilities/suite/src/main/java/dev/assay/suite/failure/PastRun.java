package dev.assay.suite.failure;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.suite.coverage.CoverageRecord;
import dev.assay.suite.coverage.MutationRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of the tests in one run of the ledger. Details of failures are kept, of passes only
 * that they passed and how long they took. Immutable.
 *
 * @param run the run
 * @param tests each test's result
 * @param measures the artifacts that tell of coverage and of mutants
 */
public record PastRun(RunSummary run, Map<TestId, Seen> tests, List<Artifact> measures) {

  private static final Set<String> MEASURES =
      Set.of(CoverageRecord.MEDIA_TYPE, MutationRecord.MEDIA_TYPE);

  /** Copies the collections. */
  public PastRun {
    tests = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tests));
    measures = List.copyOf(measures);
  }

  /**
   * A test in a run.
   *
   * @param result of its last attempt
   * @param results of all attempts, where there were several
   * @param took all attempts together
   * @param outcome the whole outcome; null where nothing failed
   */
  public record Seen(
      Attempt.Result result,
      List<Attempt.Result> results,
      Duration took,
      @Nullable Outcome outcome) {
    /** Copies the list. */
    public Seen {
      results = List.copyOf(results);
    }

    /** Whether it failed and passed. */
    public boolean flaky() {
      return result == Attempt.Result.PASSED && results.stream().anyMatch(Attempt.Result::failure);
    }
  }

  /** The commit of the run; null where it is not known or files differed from it. */
  public @Nullable String commit() {
    return run.subject().dirty() ? null : run.subject().commit();
  }

  /** The share of its tests that failed; 0 where it had none. */
  public double failedShare() {
    long failed = tests.values().stream().filter(seen -> seen.result().failure()).count();
    long ran =
        tests.values().stream().filter(seen -> seen.result() != Attempt.Result.SKIPPED).count();
    return ran == 0 ? 0 : (double) failed / ran;
  }

  /** Reads one run. */
  public static PastRun read(Ledger ledger, RunSummary run) {
    Map<TestId, Seen> tests = new LinkedHashMap<>();
    List<Artifact> measures = new ArrayList<>();
    ledger.read(
        run.id(),
        stored -> {
          switch (stored.entry()) {
            case LedgerEntry.CheckOpened opened -> {
              tests.keySet().removeIf(test -> test.check().equals(opened.check()));
              measures.removeIf(measure -> measure.check().equals(opened.check()));
            }
            case LedgerEntry.Recorded recorded -> {
              if (recorded.evidence() instanceof Outcome outcome) {
                tests.merge(
                    new TestId(outcome.check(), outcome.suite(), outcome.name()),
                    seen(outcome),
                    PastRun::graver);
              }
              if (recorded.evidence() instanceof Artifact artifact
                  && MEASURES.contains(artifact.mediaType())) {
                measures.add(artifact);
              }
            }
            default -> {}
          }
        });
    return new PastRun(run, tests, measures);
  }

  /** A test that is in two reports failed if it failed in one. */
  private static Seen graver(Seen earlier, Seen later) {
    return earlier.result().failure() ? earlier : later;
  }

  private static Seen seen(Outcome outcome) {
    Duration took =
        outcome.attempts().stream().map(Attempt::took).reduce(Duration.ZERO, Duration::plus);
    boolean failed = outcome.attempts().stream().anyMatch(attempt -> attempt.result().failure());
    List<Attempt.Result> results = outcome.attempts().stream().map(Attempt::result).toList();
    return new Seen(outcome.result(), results, took, failed ? outcome : null);
  }

  /**
   * Reads the newest runs that ended, the oldest first.
   *
   * @param before only what began before this run; null for all
   * @param mostRuns how many at the most
   * @param mostOutcomes after so many outcomes no older run is read
   */
  public static List<PastRun> newest(
      Ledger ledger, @Nullable RunSummary before, int mostRuns, long mostOutcomes) {
    List<PastRun> runs = new ArrayList<>();
    long outcomes = 0;
    String monitor = before == null ? null : before.monitor();
    for (RunSummary summary :
        ledger.runs(mostRuns * 2 + 1, past -> Objects.equals(past.monitor(), monitor))) {
      boolean earlier =
          before == null
              || !summary.id().equals(before.id()) && !summary.opened().isAfter(before.opened());
      if (earlier
          && summary.closed() != null
          && runs.size() < mostRuns
          && outcomes < mostOutcomes) {
        PastRun run = read(ledger, summary);
        outcomes += run.tests.size();
        runs.add(run);
      }
    }
    return runs.reversed();
  }

  /** Whether two runs are about the same: the same environment. */
  boolean sameEnvironment(RunSummary other) {
    return Objects.equals(run.subject().environment(), other.subject().environment());
  }
}
