package dev.assay.suite;

import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.ledger.PastRuns;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.ChangedFiles;
import dev.assay.api.spi.CheckContext;
import dev.assay.suite.runner.Flag;
import dev.assay.suite.runner.Invocation;
import dev.assay.suite.runner.Request;
import dev.assay.suite.runner.TestRunner;
import dev.assay.suite.select.AskedRun;
import dev.assay.suite.select.Decision;
import dev.assay.suite.select.SelectedRun;
import dev.assay.suite.select.Selection;
import dev.assay.suite.select.Surroundings;
import dev.assay.suite.select.Tracing;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A suite of which only the tests run that a change can break. For one run, by one thread.
 *
 * <p>What is not run is no pass: it is reported as skipped with its reason, and makes the verdict
 * inconclusive, unless the workspace says that the evidence of the earlier run is accepted.
 */
final class SelectedSuite implements Closeable {

  /** The share of the tests that need not run which run anyway. */
  private static final double SAMPLE = 0.03;

  private final SuiteConfiguration suite;
  private final CheckContext context;
  private final Findings findings;
  private final Path scratch;
  private final Tracing tracing;
  private final String tool;
  private final @Nullable AskedRun asked;
  private final OnePass onePass;
  private @Nullable SelectedRun run;

  private SelectedSuite(
      SuiteConfiguration suite,
      CheckContext context,
      Findings findings,
      Path scratch,
      Tracing tracing,
      String tool,
      OnePass onePass,
      @Nullable AskedRun asked,
      @Nullable SelectedRun run) {
    this.suite = suite;
    this.context = context;
    this.findings = findings;
    this.scratch = scratch;
    this.tracing = tracing;
    this.tool = tool;
    this.onePass = onePass;
    this.asked = asked;
    this.run = run;
  }

  /**
   * Selects, after compiling where it must; null where everything is asked for or nothing known.
   */
  static @Nullable SelectedSuite of(
      SuiteConfiguration suite,
      CheckContext context,
      Findings findings,
      TestRunner runner,
      Request request,
      Map<String, String> environment)
      throws IOException, InterruptedException {
    boolean asked = suite.select() == SuiteConfiguration.Select.AFFECTED;
    // who watches wants an answer soon; what is left out is no pass all the same
    boolean watched = suite.tests() == null && context.find(ChangedFiles.class).isPresent();
    if (!asked && !watched) {
      return null;
    }
    Path scratch = Files.createDirectories(context.scratch().resolve("selection"));
    Path folder = request.project().folder();
    Map<String, String> all = new HashMap<>(System.getenv());
    all.putAll(environment);
    List<String> words = new ArrayList<>(request.options());
    words.addFirst(runner.id());
    Map<String, Long> around = Surroundings.read(all, words, suite.environment().keySet());
    Path kept = SelectedRun.memoryOf(context.folder().resolve(".assay"), context.check());
    OnePass onePass = OnePass.of(suite, runner, request, kept, all, around);
    if (onePass.possible()) {
      AskedRun asks = AskedRun.open(folder, kept, around, SAMPLE, context.seed(), scratch);
      return new SelectedSuite(
          suite, context, findings, scratch, asks.tracing(), runner.id(), onePass, asks, null);
    }
    context.progress("looks for the tests that a change can break");
    SelectedRun run = SelectedRun.select(folder, kept, around, SAMPLE, context.seed()).orElse(null);
    if (run != null && run.stale()) {
      Invocation compile = runner.preparation(request).orElse(null);
      if (compile != null) {
        new RunnerProcess(
                context,
                Where.named("check " + context.check()),
                scratch.resolve("compile.log"),
                "compiles: ")
            .run(compile.words(), folder, environment, () -> false);
        run = SelectedRun.select(folder, kept, around, SAMPLE, context.seed()).orElse(null);
      }
    }
    if (run == null && asked) {
      findings.add(
          "suite.not-selected",
          Severity.NOTE,
          null,
          "nothing in "
              + folder
              + " tells which tests a change can break, so everything runs; that is known for"
              + " Maven, Gradle, JavaScript, TypeScript and Python");
    }
    if (run == null) {
      return null;
    }
    return new SelectedSuite(
        suite,
        context,
        findings,
        scratch,
        run.trace(scratch, runner.id()),
        runner.id(),
        onePass,
        null,
        run);
  }

  /** What was selected; of a build that asks, only once that has ended. */
  private SelectedRun run() {
    return Objects.requireNonNull(run, "the build has ended");
  }

  /** To be called when the tool has ended, before its reports are read. */
  void toolEnded() throws IOException {
    AskedRun asks = asked;
    if (asks != null && run == null) {
      run = asks.end();
    }
  }

  @Override
  public void close() throws IOException {
    AskedRun asks = asked;
    if (asks != null) {
      asks.close();
    }
  }

  /** Variables by which it is seen what tests execute. */
  Map<String, String> environment(Map<String, String> before) {
    Map<String, String> all = new HashMap<>(System.getenv());
    all.putAll(before);
    return tracing.environment(all);
  }

  /** The units without those that need not run. */
  List<String> chosen(List<String> units) {
    Set<String> left =
        run().selection().skipped().stream().map(Decision::test).collect(Collectors.toSet());
    return units.stream().filter(unit -> !left.contains(unit)).toList();
  }

  /** Whether a test need not run, as far as is known yet. */
  boolean leavesOut() {
    return run != null && !run.selection().skipped().isEmpty();
  }

  /** The same start of the tool, for Maven with a list of tests to leave out. */
  Invocation of(Invocation all) throws IOException {
    return tool.equals("maven")
        ? without(all)
        : with(all, tracing.words(), "notes which files the tests of each file load");
  }

  private static Invocation with(Invocation all, List<String> words, String why) {
    if (words.isEmpty()) {
      return all;
    }
    List<Flag> flags = new ArrayList<>(all.flags());
    flags.add(new Flag(words, why));
    return new Invocation(flags, all.environment(), all.reports(), all.output());
  }

  private Invocation without(Invocation all) throws IOException {
    AskedRun asks = asked;
    List<String> words = asks == null ? run().mavenWords(scratch) : asks.words();
    return with(
        all,
        words,
        asks == null
            ? "leaves out tests that need not run"
            : "asks, once all is compiled, which tests need not run");
  }

  /** Reports what was not run, and remembers what ran; returns how many tests were not run. */
  long end(CaseCollector cases, SuitePast past) throws IOException {
    SelectedRun run = run();
    Selection selection = run.selection();
    long left = 0;
    Set<String> sources = new TreeSet<>();
    for (Decision decision : selection.skipped()) {
      String unit = decision.test();
      if (cases.unitsSeen().contains(unit)) {
        // the tool ran it all the same
        continue;
      }
      Map<String, String> labels = Map.of("not-run", "same-inputs", SuitePast.UNIT, unit);
      List<String> known = past.testsOf(unit);
      if (known.isEmpty()) {
        cases.notRun(unit, "(all its tests)", decision.reason(), labels);
      }
      for (String test : known) {
        int hash = test.indexOf('#');
        cases.notRun(test.substring(0, hash), test.substring(hash + 1), decision.reason(), labels);
      }
      left += Math.max(1, known.size());
      sources.add(decision.reason().replace("not run, same inputs as ", ""));
    }
    if (asked != null) {
      onePass.remember(asked.asked(), cases.total() > 0);
    }
    Tracing.Traces traces = tracing.read();
    String name = context.find(PastRuns.class).map(PastRuns::run).orElse("");
    SelectedRun.Sampled sampled =
        run.remember(
            cases.passedByUnit(),
            traces,
            name.isEmpty() ? "of " + context.clock().now() : name,
            context.clock().now());
    say(selection, left, sources, traces, sampled);
    return left;
  }

  private void say(
      Selection selection,
      long left,
      Set<String> sources,
      Tracing.Traces traces,
      SelectedRun.Sampled sampled) {
    if (left > 0) {
      boolean accepted = suite.cache() == SuiteConfiguration.Cache.ACCEPT;
      String what =
          left
              + " tests were not run, as their inputs are those of "
              + String.join(", ", sources.stream().limit(3).toList())
              + (sources.size() > 3 ? " and others" : "")
              + ", where they passed";
      findings.add(
          accepted ? "suite.stands-by-earlier-run" : "suite.not-run",
          accepted ? Severity.NOTE : Severity.INVALID,
          null,
          accepted
              ? what + "; `cache: accept` lets the verdict stand by that"
              : what + "; what was not run is no pass, unless the suite says `cache: accept`");
    }
    String everything =
        selection.run().stream()
            .filter(decision -> decision.kind() == Decision.Kind.EVERYTHING)
            .map(Decision::reason)
            .findFirst()
            .orElse(null);
    if (everything != null) {
      findings.add("suite.everything-runs", Severity.NOTE, null, context.redact(everything));
    }
    if (sampled.failed() > 0) {
      findings.add(
          "suite.selection-missed",
          Severity.WARNING,
          null,
          sampled.failed()
              + " of "
              + sampled.ran()
              + " tests that were run as a sample of those that need not run failed; they are"
              + " flaky, or depend on what Assay does not see");
    }
    if (selection.sampled() + sampled.ran() > 0) {
      findings.add("suite.miss-rate", Severity.NOTE, null, run().missRateText());
    }
    selection
        .notes()
        .forEach(note -> findings.add("suite.selection-limit", Severity.NOTE, null, note));
    traces
        .troubles()
        .forEach(trouble ->
            findings.add(
                "suite.not-traced",
                Severity.NOTE,
                null,
                "what tests execute was not seen, and only their code tells what they depend on: "
                    + context.redact(trouble)));
    onePass
        .whyNot()
        .ifPresent(why ->
            findings.add(
                "suite.two-passes",
                Severity.NOTE,
                null,
                "Maven ran twice where the code had changed, to compile and to test, which takes"
                    + " longer: "
                    + why));
    boolean ran = !selection.run().isEmpty();
    if (ran && run().traceable(tool) && traces.started() == 0 && traces.troubles().isEmpty()) {
      findings.add(
          "suite.not-traced",
          Severity.NOTE,
          null,
          "what tests execute was not seen, as no process that runs tests told of it; only their code tells"
              + " what they depend on");
    } else if (traces.started() > 0 && traces.executed().isEmpty()) {
      findings.add(
          "suite.not-traced",
          Severity.NOTE,
          null,
          "what tests execute was not seen, as they do not run on the JUnit Platform (JUnit 4 or"
              + " TestNG by a provider of their own); only their code tells what they depend on");
    }
  }
}
