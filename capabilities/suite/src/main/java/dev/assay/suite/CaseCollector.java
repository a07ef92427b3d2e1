package dev.assay.suite;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.value.Unit;
import dev.assay.stats.HistogramEncoding;
import dev.assay.suite.failure.Failure;
import dev.assay.suite.git.Git;
import dev.assay.suite.git.ProjectCode;
import dev.assay.suite.report.ReportListener;
import dev.assay.suite.report.ReportNotice;
import dev.assay.suite.report.TestCase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Turns the cases of reports into evidence and counts them. Not thread-safe. */
final class CaseCollector implements ReportListener {

  private final CheckContext context;
  private final EvidenceSink sink;
  private final Findings findings;
  private final Histogram times = new Histogram(3);
  private String report = "";
  private String module = "";
  private long total;
  private long failing;
  private long skipped;
  private @Nullable ProjectCode code;

  CaseCollector(CheckContext context, EvidenceSink sink, Findings findings) {
    this.context = context;
    this.sink = sink;
    this.findings = findings;
  }

  /** Says whose cases come next. */
  void begin(String reportName) {
    report = reportName;
    int target = ("/" + reportName).indexOf("/target/");
    module = target <= 0 ? "" : reportName.substring(0, target - 1);
  }

  @Override
  public void testCase(TestCase testCase) {
    total++;
    failing += testCase.result().failure() ? 1 : 0;
    skipped += testCase.result() == Result.SKIPPED ? 1 : 0;
    if (testCase.took().isPresent() && testCase.result() != Result.SKIPPED) {
      times.recordValue(testCase.took().get().toNanos());
    }
    Map<String, String> labels = new LinkedHashMap<>(testCase.labels());
    labels.put("report", report);
    if (!module.isEmpty()) {
      labels.put("module", module);
    }
    Outcome outcome =
        new Outcome(
            context.check(),
            context.clock().now(),
            context.redact(testCase.suite()),
            context.redact(testCase.name()),
            redacted(testCase.attempts()),
            labels);
    sink.emit(outcome.result().failure() ? fingerprinted(outcome) : outcome);
    if (total % 1000 == 0) {
      context.progress(total + " tests read");
    }
  }

  /** With what the same failure is known by in other runs, which the sources of now tell. */
  private Outcome fingerprinted(Outcome outcome) {
    ProjectCode sources = code;
    if (sources == null) {
      sources = ProjectCode.in(context.folder(), Git.at(context.folder()));
      code = sources;
    }
    Failure failure = Failure.of(outcome, sources);
    Map<String, String> labels = new LinkedHashMap<>(outcome.labels());
    labels.put(Failure.FINGERPRINT, failure.fingerprint());
    failure.place().ifPresent(place -> labels.put(Failure.PLACE, place.place()));
    return new Outcome(
        outcome.check(), outcome.at(), outcome.suite(), outcome.name(), outcome.attempts(), labels);
  }

  private List<Attempt> redacted(List<Attempt> attempts) {
    return attempts.stream()
        .map(attempt ->
            new Attempt(
                attempt.result(),
                attempt.took(),
                masked(attempt.type()),
                masked(attempt.message()),
                masked(attempt.detail())))
        .toList();
  }

  private @Nullable String masked(@Nullable String text) {
    return text == null ? null : Attempt.cut(context.redact(text));
  }

  @Override
  public void notice(ReportNotice notice) {
    findings.add(
        notice.rule().id(),
        notice.grave() ? Finding.Severity.INVALID : Finding.Severity.WARNING,
        report + ":" + notice.line(),
        report + " " + notice.message());
  }

  /** Emits how long the cases took, where any says so. */
  void emitTimes(Instant from, Instant to) {
    if (times.getTotalCount() > 0) {
      sink.emit(
          new Measurement(
              context.check(),
              SuiteCheckType.TEST_TIME,
              Unit.NANOSECONDS,
              from,
              to,
              Map.of(),
              new Measured.Distribution(times.getTotalCount(), HistogramEncoding.encode(times))));
    }
  }

  long total() {
    return total;
  }

  long failing() {
    return failing;
  }

  long skipped() {
    return skipped;
  }
}
