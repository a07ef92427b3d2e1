package dev.assay.suite.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What one file says, counted from its entries. Immutable. */
public sealed interface Report {

  /** The format that was found. */
  Format format();

  /** What is odd about the file: the first 100, grave or not, in the order they were met. */
  List<ReportNotice> notices();

  /** Whether the counts cannot be trusted. */
  default boolean grave() {
    return notices().stream().anyMatch(ReportNotice::grave);
  }

  /**
   * Tests and what became of them. A test that was retried is one test.
   *
   * @param tests all of them, with those that were skipped
   * @param failures those that did not hold
   * @param errors those that could not be carried out
   * @param skipped those that were not carried out, or say neither yes nor no
   * @param duration the sum of what the entries took; empty where none says it
   */
  record TestReport(
      Format format,
      long tests,
      long failures,
      long errors,
      long skipped,
      Optional<Duration> duration,
      List<ReportNotice> notices)
      implements Report {

    /** Copies the list. */
    public TestReport {
      notices = List.copyOf(notices);
    }
  }

  /**
   * What was executed.
   *
   * @param linesCovered lines that were executed at least in part; of Go's profiles, statements
   * @param linesValid lines that could have been
   * @param branchesCovered branches that were taken
   * @param branchesValid branches that could have been
   */
  record CoverageReport(
      Format format,
      long linesCovered,
      long linesValid,
      long branchesCovered,
      long branchesValid,
      List<ReportNotice> notices)
      implements Report {

    /** Copies the list. */
    public CoverageReport {
      notices = List.copyOf(notices);
    }
  }

  /**
   * What became of mutants. Those that are in none of the other counts are ignored or pending.
   *
   * @param mutants all of them
   * @param killed a test failed because of it
   * @param survived tests ran it and none failed
   * @param noCoverage no test ran it
   * @param timedOut it made a test run for ever, which counts as noticed
   * @param errors it could not be compiled or run, so it says nothing about the tests
   */
  record MutationReport(
      Format format,
      long mutants,
      long killed,
      long survived,
      long noCoverage,
      long timedOut,
      long errors,
      List<ReportNotice> notices)
      implements Report {

    /** Copies the list. */
    public MutationReport {
      notices = List.copyOf(notices);
    }
  }

  /**
   * What an analyser found.
   *
   * @param findings all results of all runs, but those that only say that something holds
   * @param errors those whose level is error and that nobody has accepted
   * @param warnings the same of the level warning
   * @param suppressed those that somebody has accepted
   */
  record FindingsReport(
      Format format,
      long findings,
      long errors,
      long warnings,
      long suppressed,
      List<ReportNotice> notices)
      implements Report {

    /** Copies the list. */
    public FindingsReport {
      notices = List.copyOf(notices);
    }
  }
}
