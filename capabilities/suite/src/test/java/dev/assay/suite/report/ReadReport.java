package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the readers said about a file, for tests to look at.
 *
 * @param report empty where the file is no report
 * @param problems why it is none
 */
record ReadReport(
    Optional<Report> report,
    List<TestCase> cases,
    List<ReportNotice> notices,
    List<FileCoverage> files,
    List<Problem> problems) {

  static ReadReport of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static ReadReport of(byte[] bytes) {
    return of(() -> new ByteArrayInputStream(bytes));
  }

  static ReadReport of(Reports.Source source) {
    Gathering gathering = new Gathering(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Optional<Report> report = Optional.empty();
    List<Problem> problems = List.of();
    try {
      report = Optional.of(Reports.read(source, "report", gathering));
    } catch (ProblemException none) {
      problems = none.problems();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new ReadReport(report, gathering.cases, gathering.notices, gathering.files, problems);
  }

  private record Gathering(
      List<TestCase> cases, List<ReportNotice> notices, List<FileCoverage> files)
      implements ReportListener {

    @Override
    public void testCase(TestCase testCase) {
      cases.add(testCase);
    }

    @Override
    public void file(FileCoverage file, SourceLines lines) {
      files.add(file);
    }

    @Override
    public void notice(ReportNotice notice) {
      notices.add(notice);
    }
  }

  /** Whether nobody would take it for a whole report. */
  boolean grave() {
    return report.map(Report::grave).orElse(true);
  }

  /** The report as a line for people: {@code junit 3 tests, 1 failed, …}. */
  String line() {
    return report
        .map(read -> ReportForms.line(read).replaceAll("\\s+", " "))
        .orElseGet(() -> "no report: " + problems.getFirst().what());
  }

  /** The whole as lines that a person can check against the report. */
  String text() {
    StringBuilder text = new StringBuilder(line()).append('\n');
    for (TestCase testCase : cases) {
      text.append(testCase.suite()).append(" | ").append(testCase.name());
      text.append(testCase.took().isPresent() ? "" : " | untimed");
      if (!testCase.labels().isEmpty()) {
        text.append(" | ").append(new TreeMap<>(testCase.labels()));
      }
      text.append('\n');
      testCase.attempts().forEach(attempt -> text.append(line(attempt)));
    }
    for (ReportNotice notice : notices) {
      text.append(notice.grave() ? "INVALID " : "warning ").append(notice.rule().id());
      text.append(" line ").append(notice.line()).append(" column ").append(notice.column());
      text.append(": ").append(notice.message()).append('\n');
    }
    return text.toString();
  }

  private static String line(Attempt attempt) {
    StringBuilder text = new StringBuilder("    " + attempt.result() + " " + attempt.took());
    append(text, "type", attempt.type());
    append(text, "message", attempt.message());
    append(text, "detail", attempt.detail());
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, String name, String value) {
    if (value != null) {
      text.append(" ").append(name).append("=[");
      text.append(value.replace("\n", "⏎").replace("\t", "⇥")).append(']');
    }
  }
}
