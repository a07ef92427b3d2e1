package dev.assay.suite;

import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CheckContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds exit codes against reports. Not thread-safe. */
final class Conclusion {

  private final SuiteConfiguration suite;
  private final CheckContext context;
  private final Findings findings;
  private final Where where;
  private Batch.@Nullable Ended broken;
  private Batch.@Nullable Ended last;

  Conclusion(SuiteConfiguration suite, CheckContext context, Findings findings, Where where) {
    this.suite = suite;
    this.context = context;
    this.findings = findings;
    this.where = where;
  }

  /**
   * Takes a batch that ended.
   *
   * @param tests how many tests its reports told of
   * @param failing how many of them failed
   */
  void add(Batch.Ended ended, long tests, long failing) {
    last = ended;
    ExitCode exit = ended.exit();
    boolean well = suite.expects(exit.value());
    String part = part(ended);
    if (tests == 0) {
      if (!well && broken == null) {
        broken = ended;
      }
      if (!ended.batch().units().isEmpty() && !well) {
        findings.add(
            "suite.part-broke",
            Severity.INVALID,
            null,
            part
                + " ended with "
                + exit.text()
                + " and without a test; "
                + ended.batch().units().size()
                + " units were to run in it, such as "
                + ended.batch().units().getFirst(),
            lastLines(ended));
      }
    } else if (!well && failing == 0) {
      findings.add(
          "suite.exit-contradicts",
          Severity.INVALID,
          null,
          "none of "
              + tests
              + " tests failed, but "
              + part
              + " ended with "
              + exit.text()
              + ": something besides the tests went wrong",
          lastLines(ended));
    } else if (well && failing > 0) {
      findings.add(
          "suite.exit-contradicts",
          Severity.WARNING,
          null,
          failing + " tests failed, but " + part + " ended with " + exit.text());
    } else if (exit.signal().isPresent() && !well) {
      findings.add(
          "suite.killed",
          Severity.WARNING,
          null,
          part + " ended with " + exit.text() + "; tests after that are missing",
          lastLines(ended));
    }
  }

  private static String part(Batch.Ended ended) {
    return ended.batch().units().isEmpty() ? "the runner" : "part " + ended.batch().number();
  }

  /**
   * Says what is to be said of the whole.
   *
   * @param withheld whether tests were left out on purpose
   */
  void end(CaseCollector cases, boolean withheld) {
    Batch.Ended broke = broken;
    Batch.Ended ended = last;
    if (cases.total() == 0 && broke != null) {
      throw broke(broke);
    }
    if (cases.total() == 0 && ended != null) {
      findings.add(
          "suite.no-tests",
          Severity.ERROR,
          null,
          "the runner ended with " + ended.exit().text() + " but no test ran: " + noReports(ended),
          lastLines(ended));
    } else if (cases.total() == 0) {
      findings.add(
          "suite.no-tests",
          Severity.INVALID,
          null,
          withheld ? "no test fits the budget, so none was run" : "there was no test to run");
    } else if (cases.skipped() == cases.total()) {
      findings.add(
          "suite.all-skipped",
          Severity.INVALID,
          null,
          "all " + cases.total() + " tests were skipped, so nothing was tried");
    }
  }

  /** The same where tests were left out as they need not run: then it may be that none ran. */
  void endSelected(CaseCollector cases) {
    if (cases.total() > 0 || broken != null) {
      end(cases, true);
    }
  }

  private RuntimeException broke(Batch.Ended ended) {
    Batch batch = ended.batch();
    return broke(
        ended.exit(), ended.tail(), batch.command(), batch.folder(), noReports(ended) + "; ");
  }

  /** That a program ended before there was a test. */
  RuntimeException broke(
      ExitCode exit, OutputTail tail, String command, Path folder, String besides) {
    String lines = context.redact(tail.last());
    String said = lines.isEmpty() ? "it wrote no output" : "its last lines were\n" + lines;
    var type = exit.signal().isPresent() ? SuiteProblems.KILLED : SuiteProblems.BROKE;
    return type.failure(
        where,
        "the suite broke before a test ran: " + exit.text() + "; " + besides + said,
        "run `" + context.redact(command) + "` in " + folder + " and mend what it says");
  }

  private static String noReports(Batch.Ended ended) {
    String sought =
        ended.batch().reports().isEmpty()
            ? "its output tells of no test"
            : "nothing was written to " + String.join(", ", ended.batch().reports());
    if (!ended.found().fresh().isEmpty()) {
      sought = ended.found().fresh().size() + " reports were written, with no test in them";
    }
    List<Path> stale = ended.found().stale();
    return stale.isEmpty() ? sought : sought + " (" + stale.size() + " older reports ignored)";
  }

  private Map<String, String> lastLines(Batch.Ended ended) {
    return Map.of("output", context.redact(ended.tail().last()));
  }
}
