package dev.assay.suite.report;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.suite.report.Report.CoverageReport;
import dev.assay.suite.report.Report.FindingsReport;
import dev.assay.suite.report.Report.MutationReport;
import dev.assay.suite.report.Report.TestReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A report in the forms that {@code assay suite read} shows. Stateless. */
public final class ReportForms {

  private ReportForms() {}

  /** One object for machines; docs/suite-reports.md describes its members. */
  public static Json.Obj json(String file, Report report) {
    var object = Json.object().put("file", file).put("format", report.format().id());
    switch (report) {
      case TestReport tests -> {
        object
            .put("tests", tests.tests())
            .put("failures", tests.failures())
            .put("errors", tests.errors())
            .put("skipped", tests.skipped());
        Json seconds = tests.duration().map(ReportForms::seconds).orElse(Json.Null.VALUE);
        object.put("duration_s", seconds);
      }
      case CoverageReport coverage ->
          object
              .put("lines_covered", coverage.linesCovered())
              .put("lines_valid", coverage.linesValid())
              .put("branches_covered", coverage.branchesCovered())
              .put("branches_valid", coverage.branchesValid());
      case MutationReport mutation ->
          object
              .put("mutants", mutation.mutants())
              .put("killed", mutation.killed())
              .put("survived", mutation.survived())
              .put("no_coverage", mutation.noCoverage())
              .put("timed_out", mutation.timedOut())
              .put("errors", mutation.errors());
      case FindingsReport findings ->
          object
              .put("findings", findings.findings())
              .put("errors", findings.errors())
              .put("warnings", findings.warnings())
              .put("suppressed", findings.suppressed());
    }
    List<Json> notices = report.notices().stream().map(ReportForms::json).toList();
    return object.put("grave", report.grave()).put("notices", Json.array(notices)).build();
  }

  private static Json seconds(Duration duration) {
    return Json.of(duration.toNanos() / 1e9);
  }

  private static Json json(ReportNotice notice) {
    return Json.object()
        .put("rule", notice.rule().id())
        .put("grave", notice.grave())
        .put("line", notice.line())
        .put("column", notice.column())
        .put("message", notice.message())
        .build();
  }

  /** One line for people, without the file. */
  public static String line(Report report) {
    String counts =
        switch (report) {
          case TestReport tests ->
              tests.tests()
                  + " tests, "
                  + tests.failures()
                  + " failed, "
                  + tests.errors()
                  + " errors, "
                  + tests.skipped()
                  + " skipped"
                  + tests
                      .duration()
                      .map(time -> String.format(Locale.ROOT, ", %.3f s", time.toNanos() / 1e9))
                      .orElse("");
          case CoverageReport coverage ->
              share("lines", coverage.linesCovered(), coverage.linesValid())
                  + ", "
                  + share("branches", coverage.branchesCovered(), coverage.branchesValid());
          case MutationReport mutation ->
              mutation.mutants()
                  + " mutants, "
                  + mutation.killed()
                  + " killed, "
                  + mutation.timedOut()
                  + " timed out, "
                  + mutation.survived()
                  + " survived, "
                  + mutation.noCoverage()
                  + " without coverage";
          case FindingsReport findings ->
              findings.findings()
                  + " findings, "
                  + findings.errors()
                  + " errors, "
                  + findings.warnings()
                  + " warnings, "
                  + findings.suppressed()
                  + " suppressed";
        };
    return String.format(Locale.ROOT, "%-16s  %s", report.format().id(), counts);
  }

  private static String share(String noun, long covered, long valid) {
    return valid == 0
        ? "no " + noun
        : String.format(
            Locale.ROOT, "%d of %d %s (%.1f %%)", covered, valid, noun, 100.0 * covered / valid);
  }

  /** What is wrong with a report so that its counts cannot be trusted; empty where nothing is. */
  public static List<Problem> damages(String file, Report report) {
    return report.notices().stream()
        .filter(ReportNotice::grave)
        .map(notice ->
            ReportProblems.DAMAGED.at(
                new Place(
                    file,
                    Math.clamp(notice.line(), 1, Integer.MAX_VALUE),
                    Math.clamp(notice.column(), 1, Integer.MAX_VALUE),
                    ""),
                "the report " + notice.message(),
                "do not rely on its counts; run the suite again and let it end"))
        .toList();
  }
}
