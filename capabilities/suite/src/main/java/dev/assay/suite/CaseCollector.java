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
import dev.assay.suite.flaky.Quarantine.Effect;
import dev.assay.suite.flaky.Quarantine.Entry;
import dev.assay.suite.flaky.Rerun;
import dev.assay.suite.git.CodeOwners;
import dev.assay.suite.git.Git;
import dev.assay.suite.git.ProjectCode;
import dev.assay.suite.report.ReportListener;
import dev.assay.suite.report.ReportNotice;
import dev.assay.suite.report.TestCase;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Turns the cases of reports into evidence and counts them. A test whose attempts all passed is
 * reported at once; one that failed is held until all is known of it. Not thread-safe.
 */
final class CaseCollector implements ReportListener {

  /** More failing tests than that are reported at once, without being tried again. */
  static final int MOST_HELD = 5_000;

  /** Names the unit of a case. */
  interface Units {
    /** Empty where it has none. */
    String of(String suite, Map<String, String> labels);
  }

  private final CheckContext context;
  private final EvidenceSink sink;
  private final Findings findings;
  private final Units units;
  private final Rerun byTool;
  private final Ruling ruling;
  private final QuarantineFile quarantine;
  private final LocalDate today;
  private final Set<Entry> used = new HashSet<>();
  private final List<Held> held = new ArrayList<>();
  private final Histogram times = new Histogram(3);
  private final Set<String> unitsSeen = new HashSet<>();
  private final Map<String, Boolean> passedByUnit = new HashMap<>();
  private String report = "";
  private String module = "";
  private long total;
  private long failing;
  private long skipped;
  private long told;
  private @Nullable ProjectCode code;
  private @Nullable CodeOwners owners;

  CaseCollector(
      CheckContext context,
      EvidenceSink sink,
      Findings findings,
      Units units,
      Rerun byTool,
      Ruling ruling,
      QuarantineFile quarantine) {
    this.context = context;
    this.sink = sink;
    this.findings = findings;
    this.units = units;
    this.byTool = byTool;
    this.ruling = ruling;
    this.quarantine = quarantine;
    this.today = LocalDate.ofInstant(context.clock().now(), ZoneOffset.UTC);
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
    Held one = draft(testCase, report, module);
    if (!one.unit.isEmpty()) {
      unitsSeen.add(one.unit);
    }
    boolean failed = one.attempts().stream().anyMatch(attempt -> attempt.result().failure());
    if (!one.unit.isEmpty() && testCase.result() != Result.SKIPPED) {
      passedByUnit.merge(one.unit, !failed, Boolean::logicalAnd);
    }
    if (failed && held.size() < MOST_HELD) {
      held.add(one);
    } else {
      emit(one);
    }
    if (total % 1000 == 0) {
      context.progress(total + " tests read");
    }
  }

  /** A case as it will be reported, if nothing more is found out. */
  Held draft(TestCase testCase, String reportName, String ofModule) {
    Map<String, String> labels = new LinkedHashMap<>(testCase.labels());
    labels.put("report", reportName);
    if (!ofModule.isEmpty()) {
      labels.put("module", ofModule);
    }
    String unit = units.of(testCase.suite(), testCase.labels());
    if (!unit.isEmpty()) {
      labels.put(SuitePast.UNIT, unit);
    }
    return new Held(
        testCase.suite(), testCase.name(), unit, labels, redacted(testCase.attempts()), byTool);
  }

  /** With what the same failure is known by in other runs, which the sources of now tell. */
  private Outcome fingerprinted(Outcome outcome) {
    ProjectCode sources = code;
    if (sources == null) {
      Optional<Git> git = Git.at(context.folder());
      sources = ProjectCode.in(context.folder(), git);
      code = sources;
      owners = CodeOwners.of(git.map(Git::root).orElse(context.folder())).orElse(null);
    }
    Failure failure = Failure.of(outcome, sources);
    Map<String, String> labels = new LinkedHashMap<>(outcome.labels());
    labels.put(Failure.FINGERPRINT, failure.fingerprint());
    failure
        .place()
        .ifPresent(place -> {
          labels.put(Failure.PLACE, place.place());
          owners(place.path()).ifPresent(names -> labels.put(Failure.OWNERS, names));
        });
    return new Outcome(
        outcome.check(), outcome.at(), outcome.suite(), outcome.name(), outcome.attempts(), labels);
  }

  private Optional<String> owners(String path) {
    CodeOwners rules = owners;
    return rules == null || path.isEmpty()
        ? Optional.empty()
        : rules
            .of(path)
            .map(found -> String.join(" ", found.names()))
            .filter(names -> !names.isEmpty());
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

  /** Reports a test by what is ruled of it. */
  void emit(Held one) {
    Entry entry = quarantine.of(one.suite, one.name).orElse(null);
    Effect effect = Effect.GATES;
    if (entry != null) {
      used.add(entry);
      effect = quarantine.effect(entry, today);
    }
    if (!one.reruns().isEmpty()) {
      one.labels.put(
          SuitePast.RETRIED,
          String.join(
              ",",
              one.reruns().stream()
                  .map(how -> how.name().toLowerCase(java.util.Locale.ROOT))
                  .toList()));
    }
    emit(one.suite, one.name, ruling.rule(one.attempts(), entry, effect, one.labels), one.labels);
  }

  /** Reports a test that was not run. */
  void notRun(String suite, String name, String why, Map<String, String> labels) {
    emit(suite, name, List.of(Ruling.notRun(why)), labels);
  }

  private void emit(String suite, String name, List<Attempt> attempts, Map<String, String> labels) {
    Outcome outcome =
        new Outcome(
            context.check(),
            context.clock().now(),
            context.redact(suite),
            context.redact(name),
            attempts,
            labels);
    told += outcome.result().failure() ? 1 : 0;
    sink.emit(outcome.result().failure() ? fingerprinted(outcome) : outcome);
  }

  /**
   * What has expired fails, also where its tests are gone; what matched nothing is noted. Of what
   * stands elsewhere for many suites only that counts which this one has.
   */
  void emitQuarantine(String file) {
    for (Entry entry : quarantine.expired(today)) {
      String elsewhere = quarantine.elsewhere(entry).orElse(null);
      if (elsewhere == null || used.contains(entry)) {
        emit(
            "quarantine",
            entry.test(),
            List.of(Ruling.expired(entry, elsewhere == null ? file : elsewhere)),
            Map.of("quarantine", entry.owner()));
      }
    }
    for (Entry entry : quarantine.entries()) {
      if (!used.contains(entry) && total > 0 && quarantine.elsewhere(entry).isEmpty()) {
        findings.add(
            "suite.quarantine-unused",
            Finding.Severity.NOTE,
            file,
            "'" + entry.test() + "' is in quarantine, and no test of this run matches it");
      }
    }
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

  /** The tests that failed at least once, and wait to be reported. */
  List<Held> held() {
    return held;
  }

  /** The units that had a test. */
  Set<String> unitsSeen() {
    return unitsSeen;
  }

  /** Whether no attempt of any test of a unit failed, for units in which a test ran. */
  Map<String, Boolean> passedByUnit() {
    return passedByUnit;
  }

  /** How many tests were reported as failed, after what is ruled of them. */
  long toldFailed() {
    return told;
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
