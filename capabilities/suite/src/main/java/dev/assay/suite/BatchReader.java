package dev.assay.suite;

import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.suite.report.FileCoverage;
import dev.assay.suite.report.Mutant;
import dev.assay.suite.report.Report;
import dev.assay.suite.report.ReportListener;
import dev.assay.suite.report.ReportNotice;
import dev.assay.suite.report.Reports;
import dev.assay.suite.report.SourceLines;
import dev.assay.suite.report.TestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what batches left, and keeps it. Not thread-safe. */
final class BatchReader {

  private static final int MOST_ATTACHED = 500;
  private static final int MOST_OUTPUTS = 50;

  /** Is told whose cases come next. */
  interface Named {
    void begin(String report);
  }

  private final CheckContext context;
  private final EvidenceSink sink;
  private final Findings findings;
  private int attached;
  private boolean partly;
  private @Nullable SuiteCoverage coverage;
  private final Set<String> outputs = new HashSet<>();

  BatchReader(CheckContext context, EvidenceSink sink, Findings findings) {
    this.context = context;
    this.sink = sink;
    this.findings = findings;
  }

  /** Not all tests run, so reports of others may be left from before and are nothing to note. */
  void partly() {
    partly = true;
  }

  /** What is no report of tests goes there. */
  void measuring(SuiteCoverage measures) {
    coverage = measures;
  }

  /** Reads the reports of a batch that ended, and attaches them. */
  void read(Batch.Ended ended, Named named, ReportListener cases) throws IOException {
    Batch batch = ended.batch();
    for (Path report : ended.found().fresh()) {
      context.cancellation().check();
      String name = name(batch, report);
      named.begin(name);
      read(name, () -> measured(report, name, cases));
      if (attached++ < MOST_ATTACHED) {
        attach(report, name, mediaType(name));
      }
    }
    var format = batch.format();
    if (format != null && Files.isRegularFile(batch.output())) {
      String name = String.valueOf(batch.output().getFileName());
      named.begin(name);
      read(name, () -> Reports.readOutput(batch.output(), name, format, cases));
    }
    for (Path report : partly ? List.<Path>of() : ended.found().stale()) {
      String name = name(batch, report);
      findings.add(
          "suite.stale-report",
          Severity.NOTE,
          name,
          name + " was not written by this run and is not read");
    }
    if (ended.found().more()) {
      findings.add(
          "suite.too-many-reports",
          Severity.INVALID,
          null,
          "more than " + ReportFiles.MOST + " files match `reports`; not all were read");
    }
  }

  /** The name of a report for people; what is in the scratch folder is named from there. */
  private String name(Batch batch, Path report) {
    return report.startsWith(context.scratch())
        ? context.scratch().relativize(report).toString()
        : batch.files().name(report);
  }

  private static String mediaType(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".json") ? "application/json" : "application/xml";
  }

  private Report measured(Path file, String name, ReportListener cases) throws IOException {
    SuiteCoverage measures = coverage;
    if (measures == null) {
      return Reports.read(file, name, cases);
    }
    measures.gatherer().begin(file);
    Report report = Reports.read(file, name, new Both(cases, measures.gatherer()));
    measures.took(file, name, report);
    return report;
  }

  /** Tests to the one, the rest to the other. */
  private record Both(ReportListener cases, ReportListener measures) implements ReportListener {
    @Override
    public void testCase(TestCase testCase) {
      cases.testCase(testCase);
    }

    @Override
    public void notice(ReportNotice notice) {
      cases.notice(notice);
    }

    @Override
    public void file(FileCoverage file, SourceLines lines) {
      measures.file(file, lines);
    }

    @Override
    public void mutant(Mutant mutant) {
      measures.mutant(mutant);
    }
  }

  private interface Reading {
    Report read() throws IOException;
  }

  private void read(String name, Reading reading) throws IOException {
    try {
      Report report = reading.read();
      if (report instanceof Report.FindingsReport) {
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

  /** Keeps what a program printed, once. */
  void attachOutput(Path output, String name) throws IOException {
    if (outputs.size() < MOST_OUTPUTS && outputs.add(name)) {
      attach(output, name, "text/plain");
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
}
