package dev.assay.suite;

import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.value.Template;
import dev.assay.api.value.Unit;
import dev.assay.suite.coverage.Change;
import dev.assay.suite.coverage.CodeCoverage;
import dev.assay.suite.coverage.CoverageRecord;
import dev.assay.suite.coverage.Gatherer;
import dev.assay.suite.coverage.Mutation;
import dev.assay.suite.coverage.MutationRecord;
import dev.assay.suite.coverage.PlacedMutant;
import dev.assay.suite.coverage.TestStrength;
import dev.assay.suite.git.Git;
import dev.assay.suite.report.FileCoverage;
import dev.assay.suite.report.Mutant;
import dev.assay.suite.report.Report;
import dev.assay.suite.report.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a suite's tools say of coverage and of mutants, and tells how much of all code, and of
 * what has changed, tests executed and noticed. What is not known for certain is not measured, and
 * a finding says why. Not thread-safe.
 */
final class SuiteCoverage {

  private final CheckContext context;
  private final EvidenceSink sink;
  private final Findings findings;
  private final Path folder;
  private final @Nullable Git git;
  private final Gatherer gatherer;
  private final List<List<String>> patterns;
  private final boolean asked;
  private final @Nullable String against;
  private final Set<Path> read = new HashSet<>();
  private @Nullable String partial;
  private boolean spoiled;
  private boolean stale;

  /**
   * Of a suite that is about to run.
   *
   * @param folder where its tool starts
   * @param usual patterns of reports, where the suite names none; of each list the first that
   *     matches counts
   */
  SuiteCoverage(
      SuiteConfiguration suite,
      CheckContext context,
      EvidenceSink sink,
      Findings findings,
      Path folder,
      List<List<String>> usual) {
    this.context = context;
    this.sink = sink;
    this.findings = findings;
    this.folder = real(folder);
    this.git = Git.at(folder).orElse(null);
    this.gatherer = new Gatherer(this.folder, git);
    CoverageConfiguration written = suite.coverage();
    List<Template> named = written == null ? List.of() : written.reports();
    Template since = written == null ? null : written.against();
    this.asked = written != null;
    this.against = since == null ? null : context.fill(since);
    this.patterns =
        named.isEmpty() ? usual : named.stream().map(one -> List.of(context.fill(one))).toList();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException gone) {
      return path.toAbsolutePath().normalize();
    }
  }

  /** Remembers what lies there before a start of the tool. */
  ReportFiles before(Instant now) throws IOException {
    return new ReportFiles(folder, patterns.stream().flatMap(List::stream).toList(), now);
  }

  /** What was executed is not all that the suite executes. */
  void partly(String why) {
    partial = why;
  }

  /** Hears a report that others read. */
  Gatherer gatherer() {
    return gatherer;
  }

  /** Reads what a start of the tool has written. */
  void read(ReportFiles files) throws IOException {
    ReportFiles.Found found = files.find();
    stale |= !found.stale().isEmpty();
    for (Path report : chosen(found.fresh())) {
      context.cancellation().check();
      if (read.add(report)) {
        read(report, files.name(report));
      }
    }
    read.clear();
  }

  /** Of alternatives the first that is there. */
  private List<Path> chosen(List<Path> fresh) {
    List<Path> chosen = new ArrayList<>();
    for (List<String> alternatives : patterns) {
      for (String pattern : alternatives) {
        Glob glob = Glob.of(folder, pattern);
        List<Path> matching =
            fresh.stream().filter(glob::matches).filter(one -> !chosen.contains(one)).toList();
        if (!matching.isEmpty()) {
          chosen.addAll(matching);
          break;
        }
      }
    }
    return chosen;
  }

  private void read(Path report, String name) throws IOException {
    gatherer.begin(report);
    try {
      took(report, name, Reports.read(report, name, gatherer));
    } catch (ProblemException noReport) {
      gatherer.drop();
      if (asked) {
        unreadable(name, noReport.problems().getFirst().what());
      }
    }
  }

  /** Takes a report that was read by the {@link #gatherer()}. */
  void took(Path file, String name, Report report) {
    boolean ours =
        report instanceof Report.CoverageReport || report instanceof Report.MutationReport;
    if (ours && report.grave()) {
      report.notices().stream()
          .filter(one -> one.grave())
          .findFirst()
          .ifPresent(notice -> unreadable(name, notice.message()));
    }
    if (ours && !report.grave()) {
      read.add(file);
      gatherer.end(report.format());
    } else {
      gatherer.drop();
    }
  }

  private void unreadable(String name, String why) {
    spoiled = true;
    findings.add(
        "coverage.unreadable",
        Severity.WARNING,
        name,
        name + " " + why + "; so neither coverage nor mutants are measured");
  }

  /** Tells what was found. */
  void end(Instant from, Instant to) throws IOException {
    CodeCoverage coverage = gatherer.coverage();
    Mutation mutation = gatherer.mutation();
    if (coverage == null && mutation == null) {
      if (asked && !spoiled) {
        findings.add(
            "coverage.no-report",
            Severity.WARNING,
            null,
            "no report of coverage or of mutants was written by this run to "
                + String.join(", ", patterns.stream().flatMap(List::stream).toList())
                + (stale ? "; what lies there is older" : ""));
      }
      return;
    }
    String why = partial;
    if (why != null) {
      findings.add(
          "coverage.partial",
          Severity.NOTE,
          null,
          "what the suite executes and notices is not measured, as " + why);
    }
    if (why != null || spoiled) {
      return;
    }
    Change.Sought sought =
        git == null
            ? Change.Sought.not("there is no git repository")
            : Change.find(git, against, System.getenv());
    Change change = sought.change();
    if (change == null) {
      findings.add(
          "coverage.no-change",
          asked && against != null ? Severity.WARNING : Severity.NOTE,
          null,
          "what has changed is not known, so its coverage is not measured: "
              + context.redact(sought.why()));
    }
    if (coverage != null) {
      coverage(coverage, change, from, to);
    }
    if (mutation != null) {
      mutation(mutation, change, from, to);
    }
  }

  // ---- coverage

  private void coverage(CodeCoverage coverage, @Nullable Change change, Instant from, Instant to)
      throws IOException {
    FileCoverage total = coverage.total();
    share(SuiteCheckType.LINES, total.linesCovered(), total.linesValid(), from, to);
    share(SuiteCheckType.BRANCHES, total.branchesCovered(), total.branchesValid(), from, to);
    matched(coverage);
    CodeCoverage.OfChange ofChange = change == null ? null : coverage.of(change);
    if (change != null && ofChange != null) {
      changed(ofChange, change, from, to);
    }
    attach(
        "coverage.json", CoverageRecord.MEDIA_TYPE, CoverageRecord.of(coverage, ofChange).text());
  }

  private void changed(CodeCoverage.OfChange ofChange, Change change, Instant from, Instant to) {
    share(SuiteCheckType.DIFF, ofChange.covered(), ofChange.valid(), from, to);
    boolean unknown = !ofChange.unknown().isEmpty();
    if (ofChange.valid() > 0 || !unknown) {
      count(SuiteCheckType.DIFF_UNCOVERED, ofChange.valid() - ofChange.covered(), from, to);
    }
    String since = change.from() + " (" + shortened(change.commit()) + ")";
    if (ofChange.valid() == 0) {
      findings.add(
          "coverage.diff-empty",
          Severity.NOTE,
          null,
          "no line that the reports speak of has changed since "
              + since
              + ", so `coverage.diff` does not apply and is not measured");
    } else {
      findings.add(
          "coverage.diff",
          Severity.NOTE,
          null,
          ofChange.covered()
              + " of "
              + ofChange.valid()
              + " lines that changed since "
              + since
              + " and can be executed were executed");
    }
    if (unknown) {
      findings.add(
          "coverage.diff-unknown",
          Severity.NOTE,
          ofChange.unknown().getFirst(),
          ofChange.unknown().size()
              + " changed files are in no report, as they hold nothing to execute or were never"
              + " loaded: "
              + some(ofChange.unknown()));
    }
    for (CodeCoverage.Gap gap : ofChange.gaps()) {
      findings.add(
          "coverage.diff-uncovered",
          Severity.WARNING,
          gap.path() + ":" + gap.from(),
          gap.path()
              + ", "
              + gap.shown()
              + ": changed, and no test executed "
              + (gap.lines() == 1 ? "it" : "them"),
          Map.of("lines", Integer.toString(gap.lines()), "to", Integer.toString(gap.to())));
    }
  }

  private void matched(CodeCoverage coverage) {
    if (git == null) {
      return;
    }
    coverage
        .ambiguous()
        .forEach((path, candidates) ->
            findings.add(
                "coverage.ambiguous-file",
                Severity.WARNING,
                path,
                path
                    + " of a report may be "
                    + some(candidates)
                    + "; so it does not count in what has changed"));
    if (!coverage.unfit().isEmpty()) {
      findings.add(
          "coverage.other-file",
          Severity.WARNING,
          coverage.unfit().getFirst(),
          "of "
              + coverage.unfit().size()
              + " files lines are reported that they do not have, so others were executed, and they"
              + " do not count in what has changed: "
              + some(coverage.unfit()));
    }
    if (!coverage.outside().isEmpty()) {
      findings.add(
          "coverage.unknown-file",
          Severity.NOTE,
          null,
          coverage.outside().size()
              + " files of reports are not in the repository (generated ones, for example), such as "
              + some(coverage.outside()));
    }
  }

  private static String some(List<String> names) {
    return String.join(", ", names.stream().limit(3).toList())
        + (names.size() > 3 ? " and " + (names.size() - 3) + " more" : "");
  }

  private static String shortened(String commit) {
    return commit.substring(0, Math.min(10, commit.length()));
  }

  // ---- mutants

  private void mutation(Mutation mutation, @Nullable Change change, Instant from, Instant to)
      throws IOException {
    Mutation.Score all = mutation.score();
    share(SuiteCheckType.MUTATION, all.detected(), all.valid(), from, to);
    if (git != null && mutation.unplaced() > 0) {
      findings.add(
          "mutation.unknown-file",
          Severity.NOTE,
          null,
          mutation.unplaced()
              + " mutants are in files that are not certainly of the repository, and do not count in"
              + " what has changed");
    }
    if (change != null) {
      Mutation.Score ofChange = mutation.of(change);
      share(SuiteCheckType.MUTATION_DIFF, ofChange.detected(), ofChange.valid(), from, to);
      count(SuiteCheckType.MUTATION_DIFF_UNNOTICED, ofChange.unnoticed().size(), from, to);
      ofChange.unnoticed().forEach(this::unnoticed);
    }
    for (TestStrength test : mutation.tests()) {
      if (test.weak()) {
        findings.add(
            "mutation.weak-test",
            Severity.NOTE,
            test.test(),
            test.test()
                + " executes "
                + test.covers()
                + " mutants and noticed none of the "
                + (test.covers() - test.untried())
                + " that it was tried with");
      }
    }
    attach("mutation.json", MutationRecord.MEDIA_TYPE, MutationRecord.of(mutation).text());
  }

  private void unnoticed(PlacedMutant placed) {
    boolean executed = placed.mutant().status() == Mutant.Status.SURVIVED;
    findings.add(
        "mutation.unnoticed-in-diff",
        Severity.WARNING,
        placed.place(),
        placed.place()
            + ": "
            + (executed ? "tests execute this changed line" : "no test executes this changed line")
            + ", and none noticed the mutant: "
            + placed.mutant().mutator());
  }

  // ---- evidence

  private void share(String metric, long hits, long total, Instant from, Instant to) {
    if (total > 0) {
      emit(metric, Unit.RATIO, new Measured.Proportion(Math.min(hits, total), total), from, to);
    }
  }

  private void count(String metric, long value, Instant from, Instant to) {
    emit(metric, Unit.NONE, new Measured.Count(value), from, to);
  }

  private void emit(String metric, Unit unit, Measured value, Instant from, Instant to) {
    sink.emit(new Measurement(context.check(), metric, unit, from, to, Map.of(), value));
  }

  private void attach(String name, String mediaType, String text) throws IOException {
    Path file = Files.createTempFile(context.scratch(), "attached", ".json");
    try {
      Files.writeString(file, context.redact(text));
      sink.attach(name, mediaType, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
