package dev.assay.suite;

import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.Processes;
import dev.assay.api.value.Unit;
import dev.assay.suite.report.Report;
import dev.assay.suite.report.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Runs one suite once: starts the runner, waits, reads what it left. */
final class SuiteCheck implements Check {

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final long LONGEST_OUTPUT = 1L << 30;
  private static final int MOST_ATTACHED = 500;

  private final SuiteConfiguration suite;

  SuiteCheck(SuiteConfiguration suite) {
    this.suite = suite;
  }

  @Override
  public void run(CheckContext context, EvidenceSink sink) throws InterruptedException {
    RunnerCommand command = RunnerCommand.of(suite, context);
    Where where = Where.named("check " + context.check());
    try {
      new OneRun(suite, context, sink, command, where).run();
    } catch (IOException unreadable) {
      throw new ProblemException(
          SuiteProblems.FILES
              .at(
                  where,
                  "a file of the suite cannot be read or written: " + unreadable.getMessage(),
                  "look at its permissions and at the space on the disk")
              .causedBy(unreadable));
    }
  }

  /** What belongs to one run of the suite. Used by one thread. */
  private static final class OneRun {
    private final SuiteConfiguration suite;
    private final CheckContext context;
    private final EvidenceSink sink;
    private final RunnerCommand command;
    private final Where where;
    private final Findings findings;
    private final Path output;
    private final OutputTail tail;

    OneRun(
        SuiteConfiguration suite,
        CheckContext context,
        EvidenceSink sink,
        RunnerCommand command,
        Where where) {
      this.suite = suite;
      this.context = context;
      this.sink = sink;
      this.command = command;
      this.where = where;
      this.findings = new Findings(context, sink);
      this.output = context.scratch().resolve("output.log");
      this.tail = new OutputTail(output);
    }

    void run() throws IOException, InterruptedException {
      context.cancellation().check();
      Instant from = context.clock().now();
      ReportFiles files = new ReportFiles(command.folder(), command.reports(), from);
      long nanos = context.clock().nanos();
      ExitCode exit;
      try {
        exit = runner();
      } finally {
        attach(output, "output.log", "text/plain");
      }
      long took = context.clock().nanos() - nanos;
      Instant to = context.clock().now();
      sink.emit(
          new Measurement(
              context.check(),
              SuiteCheckType.DURATION,
              Unit.NANOSECONDS,
              from,
              to,
              Map.of(),
              new Measured.Scalar(took)));
      ReportFiles.Found found = files.find();
      CaseCollector cases = read(files, found);
      cases.emitTimes(from, to);
      conclude(exit, found, cases);
    }

    // ---- the runner

    private ExitCode runner() throws IOException, InterruptedException {
      context.progress(String.join(" ", command.words()));
      Files.deleteIfExists(output);
      Processes.Child child =
          context
              .processes()
              .start(
                  new Processes.Command(
                      command.words(), command.folder(), command.environment(), output, GRACE));
      boolean ended = false;
      try {
        OptionalInt exit = child.await(LOOK);
        while (exit.isEmpty()) {
          look();
          exit = child.await(LOOK);
        }
        ended = true;
        tail.follow();
        return new ExitCode(exit.getAsInt());
      } finally {
        if (!ended) {
          child.stop();
        }
      }
    }

    private void look() throws IOException {
      if (context.cancellation().requested()) {
        throw new CancelledException("the suite was stopped on request");
      }
      long before = tail.length();
      tail.follow();
      if (tail.length() > LONGEST_OUTPUT) {
        throw SuiteProblems.OUTPUT.failure(
            where,
            "the runner wrote more than 1 GiB to its output and was stopped",
            "find what logs in a loop; the end of the output is the artifact output.log");
      }
      if (tail.length() > before) {
        context.progress(context.redact(tail.progress()));
      }
    }

    // ---- its reports

    private CaseCollector read(ReportFiles files, ReportFiles.Found found) throws IOException {
      CaseCollector cases = new CaseCollector(context, sink, findings);
      int attached = 0;
      for (Path report : found.fresh()) {
        context.cancellation().check();
        read(report, files.name(report), cases);
        if (attached++ < MOST_ATTACHED) {
          attach(report, files.name(report), "application/xml");
        }
      }
      for (Path report : found.stale()) {
        findings.add(
            "suite.stale-report",
            Severity.NOTE,
            files.name(report),
            files.name(report) + " was not written by this run and is not read");
      }
      if (found.more()) {
        findings.add(
            "suite.too-many-reports",
            Severity.INVALID,
            null,
            "more than " + ReportFiles.MOST + " files match `reports`; not all were read");
      }
      return cases;
    }

    private void read(Path file, String name, CaseCollector cases) throws IOException {
      cases.begin(name);
      try {
        Report report = Reports.read(file, name, cases);
        if (!(report instanceof Report.TestReport)) {
          findings.add(
              "suite.no-test-report",
              Severity.NOTE,
              name,
              name + " holds no tests; it is " + report.format().id() + " and is only kept");
        }
      } catch (ProblemException noReport) {
        for (Problem problem : noReport.problems()) {
          findings.add(
              "report.not-a-report",
              Severity.INVALID,
              problem.where().text(),
              problem.what() + "; " + problem.mend());
        }
      }
    }

    private void attach(Path file, String name, String mediaType) throws IOException {
      if (!Files.isRegularFile(file)) {
        return;
      }
      Path copy = Files.createTempFile(context.scratch(), "attached", ".txt");
      try {
        if (RedactedCopy.copy(file, copy, context::redact)) {
          findings.add(
              "suite.artifact-cut",
              Severity.NOTE,
              name,
              name + " is long; only its begin and its end are kept");
        }
        sink.attach(name, mediaType, copy);
      } finally {
        Files.deleteIfExists(copy);
      }
    }

    // ---- the exit code against the reports

    private void conclude(ExitCode exit, ReportFiles.Found found, CaseCollector cases) {
      boolean well = suite.expects(exit.value());
      if (cases.total() == 0) {
        if (!well) {
          throw broke(exit, found);
        }
        findings.add(
            "suite.no-tests",
            Severity.ERROR,
            null,
            "the runner ended with " + exit.text() + " but no test ran: " + noReports(found),
            lastLines());
      } else if (!well && cases.failing() == 0) {
        findings.add(
            "suite.exit-contradicts",
            Severity.INVALID,
            null,
            "none of "
                + cases.total()
                + " tests failed, but the runner ended with "
                + exit.text()
                + ": something besides the tests went wrong",
            lastLines());
      } else if (well && cases.failing() > 0) {
        findings.add(
            "suite.exit-contradicts",
            Severity.WARNING,
            null,
            cases.failing() + " tests failed, but the runner ended with " + exit.text());
      } else if (exit.signal().isPresent() && !well) {
        findings.add(
            "suite.killed",
            Severity.WARNING,
            null,
            "the runner ended with " + exit.text() + "; tests after that are missing",
            lastLines());
      }
      if (cases.total() > 0 && cases.skipped() == cases.total()) {
        findings.add(
            "suite.all-skipped",
            Severity.INVALID,
            null,
            "all " + cases.total() + " tests were skipped, so nothing was tried");
      }
    }

    private RuntimeException broke(ExitCode exit, ReportFiles.Found found) {
      String lines = context.redact(tail.last());
      String said = lines.isEmpty() ? "it wrote no output" : "its last lines were\n" + lines;
      var type = exit.signal().isPresent() ? SuiteProblems.KILLED : SuiteProblems.BROKE;
      return type.failure(
          where,
          "the suite broke before a test ran: "
              + exit.text()
              + "; "
              + noReports(found)
              + "; "
              + said,
          "run `"
              + context.redact(String.join(" ", command.words()))
              + "` in "
              + command.folder()
              + " and mend what it says");
    }

    private String noReports(ReportFiles.Found found) {
      String sought = "nothing was written to " + String.join(", ", command.reports());
      if (!found.fresh().isEmpty()) {
        sought = found.fresh().size() + " reports were written, with no test in them";
      }
      List<Path> stale = found.stale();
      return stale.isEmpty() ? sought : sought + " (" + stale.size() + " older reports ignored)";
    }

    private Map<String, String> lastLines() {
      return Map.of("output", context.redact(tail.last()));
    }
  }
}
