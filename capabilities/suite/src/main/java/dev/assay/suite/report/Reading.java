package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.Flaw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is gathered while one file is read. Not thread-safe. */
final class Reading {

  private static final int MOST_NOTICES = 100;

  private final String file;
  private final ReportListener listener;
  private final List<ReportNotice> notices = new ArrayList<>();
  private long tests;
  private long failures;
  private long errors;
  private long skipped;
  private long nanos;
  private boolean timed;

  Reading(String file, ReportListener listener) {
    this.file = file;
    this.listener = listener;
  }

  /** The file, as it is shown. */
  String file() {
    return file;
  }

  /** That this is nothing to be read. */
  ProblemException notAReport(long line, long column, String what, String mend) {
    Place place = new Place(file, clamped(line), clamped(column), "");
    return ReportProblems.NOT_A_REPORT.failure(place, what, mend);
  }

  private static int clamped(long number) {
    return Math.clamp(number, 1, Integer.MAX_VALUE);
  }

  void testCase(TestCase testCase) {
    listener.testCase(testCase);
    if (testCase.wholeSuite()) {
      return;
    }
    tests++;
    switch (testCase.result()) {
      case FAILED -> failures++;
      case ERROR -> errors++;
      case SKIPPED -> skipped++;
      case PASSED -> {
        // the rest
      }
    }
    if (testCase.took().isPresent()) {
      timed = true;
      nanos = saturated(nanos, testCase.took().get());
    }
  }

  private static long saturated(long sum, Duration more) {
    long added = sum + more.toNanos();
    return added < sum ? Long.MAX_VALUE : added;
  }

  /** Something failed outside every test: told as a case that is not counted, and as a notice. */
  void outside(long line, long column, String suite, String message, String detail) {
    CaseDraft draft = new CaseDraft();
    draft.suite = suite;
    draft.name = "(whole suite)";
    draft.result = Attempt.Result.ERROR;
    draft.message = message;
    draft.detail(detail);
    testCase(draft.build(true));
    String first = Texts.firstLine(message);
    notice(
        Rule.OUTSIDE_TESTS,
        false,
        line,
        column,
        "says that '"
            + Texts.shown(suite)
            + "' failed outside its tests"
            + (first == null ? "" : ": " + Texts.shown(first)));
  }

  /** Adds tests of which only numbers are known. */
  void count(long moreTests, long moreFailures, long moreErrors, long moreSkipped) {
    tests += moreTests;
    failures += moreFailures;
    errors += moreErrors;
    skipped += moreSkipped;
  }

  /** Takes this for the duration where no entry says one. */
  void elseDuration(Optional<Duration> declared) {
    if (!timed && declared.isPresent()) {
      timed = true;
      nanos = declared.get().toNanos();
    }
  }

  void file(FileCoverage file, SourceLines lines) {
    listener.file(file, lines);
  }

  void mutant(Mutant mutant) {
    listener.mutant(mutant);
  }

  void finding(Discovery found) {
    listener.finding(found);
  }

  void notice(Rule rule, boolean grave, long line, long column, String message) {
    ReportNotice notice =
        new ReportNotice(rule, grave, Math.max(1, line), Math.max(1, column), message);
    boolean kept =
        notices.size() < MOST_NOTICES || grave && notices.stream().noneMatch(ReportNotice::grave);
    if (kept) {
      notices.add(notice);
    }
    listener.notice(notice);
  }

  void flaw(Flaw flaw) {
    Rule rule = flaw.kind() == Flaw.Kind.TRUNCATED ? Rule.TRUNCATED : Rule.MALFORMED;
    notice(rule, flaw.grave(), flaw.line(), flaw.column(), flaw.message());
  }

  long tests() {
    return tests;
  }

  long failing() {
    return failures + errors;
  }

  List<ReportNotice> notices() {
    return notices;
  }

  Report.TestReport testReport(Format format) {
    Optional<Duration> duration = timed ? Optional.of(Duration.ofNanos(nanos)) : Optional.empty();
    return new Report.TestReport(format, tests, failures, errors, skipped, duration, notices);
  }
}
