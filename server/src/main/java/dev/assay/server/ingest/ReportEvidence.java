package dev.assay.server.ingest;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.value.Unit;
import dev.assay.core.report.Words;
import dev.assay.stats.HistogramEncoding;
import dev.assay.suite.report.Discovery;
import dev.assay.suite.report.Report;
import dev.assay.suite.report.ReportListener;
import dev.assay.suite.report.ReportNotice;
import dev.assay.suite.report.TestCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Collects what reports say as evidence of one check. Not thread-safe. */
final class ReportEvidence implements ReportListener {

  /** What is more is no report of one run. */
  private static final int MOST = 1_000_000;

  /** So much that is odd, or was found by analysers, is kept one by one; all is counted. */
  private static final int MOST_FINDINGS = 10_000;

  private static final int LONGEST = 1_000;

  private final String check;
  private final Instant now;
  private final List<Evidence> evidence = new ArrayList<>();
  private final Histogram times = new Histogram(3);
  private String report = "";
  private long linesCovered;
  private long lines;
  private long branchesCovered;
  private long branches;
  private long findings;
  private long grave;
  private boolean analysed;
  private int kept;
  private boolean invalid;

  ReportEvidence(String check, Instant now) {
    this.check = check;
    this.now = now;
  }

  void begin(String name) {
    report = name;
  }

  @Override
  public void testCase(TestCase testCase) {
    if (evidence.size() >= MOST) {
      return;
    }
    if (testCase.result() != Result.SKIPPED) {
      testCase.took().ifPresent(took -> times.recordValue(took.toNanos()));
    }
    Map<String, String> labels = new LinkedHashMap<>(testCase.labels());
    labels.put("report", report);
    evidence.add(
        new Outcome(
            check,
            now,
            testCase.suite(),
            testCase.name(),
            testCase.attempts().stream().map(ReportEvidence::bounded).toList(),
            labels));
    if (evidence.size() == MOST) {
      finding(
          "report.too-large",
          Finding.Severity.INVALID,
          report,
          "there are more than " + MOST + " entries, and the rest was not read");
    }
  }

  private static Attempt bounded(Attempt attempt) {
    String detail = attempt.detail();
    return detail == null
        ? attempt
        : new Attempt(
            attempt.result(),
            attempt.took(),
            attempt.type(),
            attempt.message(),
            Attempt.cut(detail));
  }

  @Override
  public void notice(ReportNotice notice) {
    if (kept++ >= MOST_FINDINGS && (invalid || !notice.grave())) {
      return;
    }
    invalid |= notice.grave();
    finding(
        notice.rule().id(),
        notice.grave() ? Finding.Severity.INVALID : Finding.Severity.WARNING,
        report + ":" + notice.line(),
        report + " " + notice.message());
  }

  @Override
  public void finding(Discovery found) {
    if (kept++ >= MOST_FINDINGS) {
      return;
    }
    String rule = found.rule().isEmpty() ? "sarif" : found.rule();
    String file = found.place().replaceFirst(":\\d+$", "");
    String same = found.print().isEmpty() ? found.message() : found.print();
    evidence.add(
        new Finding(
            check,
            now,
            rule,
            switch (found.level()) {
              case "error" -> Finding.Severity.ERROR;
              case "warning" -> Finding.Severity.WARNING;
              default -> Finding.Severity.NOTE;
            },
            found.place().isEmpty() ? report : found.place(),
            found.message().isBlank()
                ? rule
                : Words.encodable(Words.line(found.message(), LONGEST)),
            EvidenceCodec.sha256(String.join("\n", rule, check, file, same)).substring(0, 16),
            found.tool().isEmpty() ? Map.of() : Map.of("tool", found.tool())));
  }

  private void finding(String rule, Finding.Severity severity, String place, String message) {
    evidence.add(
        new Finding(
            check,
            now,
            rule,
            severity,
            place,
            message,
            EvidenceCodec.sha256(rule + "\n" + check + "\n" + report).substring(0, 16),
            Map.of()));
  }

  /** What a report comes to as a whole. */
  void end(Report whole) {
    switch (whole) {
      case Report.CoverageReport coverage -> {
        linesCovered += coverage.linesCovered();
        lines += coverage.linesValid();
        branchesCovered += coverage.branchesCovered();
        branches += coverage.branchesValid();
      }
      case Report.FindingsReport found -> {
        analysed = true;
        findings += found.findings() - found.suppressed();
        grave += found.errors();
        if (found.findings() > 0) {
          finding(
              "sarif.results",
              found.errors() > 0
                  ? Finding.Severity.ERROR
                  : found.warnings() > 0 ? Finding.Severity.WARNING : Finding.Severity.NOTE,
              report,
              report
                  + " has "
                  + Words.many(found.findings(), "result")
                  + ": "
                  + Words.many(found.errors(), "error")
                  + ", "
                  + Words.many(found.warnings(), "warning")
                  + ", "
                  + found.suppressed()
                  + " accepted");
        }
      }
      case Report.MutationReport mutants ->
          share("mutation.score", mutants.killed() + mutants.timedOut(), mutants.mutants());
      case Report.TestReport _ -> {}
    }
  }

  private void share(String metric, long hits, long total) {
    if (total > 0) {
      measure(metric, Unit.RATIO, new Measured.Proportion(Math.min(hits, total), total));
    }
  }

  private void measure(String metric, Unit unit, Measured value) {
    evidence.add(new Measurement(check, metric, unit, now, now, Map.of(), value));
  }

  /** All of it, once every report was read. */
  List<Evidence> all() {
    if (times.getTotalCount() > 0) {
      measure(
          ReportRuns.TEST_TIME,
          Unit.NANOSECONDS,
          new Measured.Distribution(times.getTotalCount(), HistogramEncoding.encode(times)));
    }
    share("coverage.line", linesCovered, lines);
    share("coverage.branch", branchesCovered, branches);
    if (analysed) {
      measure(ReportRuns.FINDINGS, Unit.NONE, new Measured.Count(findings));
      measure(ReportRuns.GRAVE, Unit.NONE, new Measured.Count(grave));
    }
    return List.copyOf(evidence);
  }

  boolean analysed() {
    return analysed;
  }

  boolean covered() {
    return lines > 0;
  }

  boolean tested() {
    return evidence.stream().anyMatch(Outcome.class::isInstance);
  }
}
