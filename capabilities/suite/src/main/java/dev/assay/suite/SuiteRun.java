package dev.assay.suite;

import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.SharedQuarantine;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Template;
import dev.assay.api.value.Unit;
import dev.assay.suite.flaky.Classification;
import dev.assay.suite.flaky.Rerun;
import dev.assay.suite.runner.Invocation;
import dev.assay.suite.runner.Request;
import dev.assay.suite.runner.Request.Cases;
import dev.assay.suite.runner.TestRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One run of a suite: decides what is run, starts the tool, reads what it left, tries again what
 * failed, and tells what is thought of it. For one use, by one thread.
 */
final class SuiteRun {

  private final SuiteConfiguration suite;
  private final CheckContext context;
  private final EvidenceSink sink;
  private final Where where;
  private final Findings findings;
  private final BatchReader reader;
  private final Conclusion conclusion;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> ownReports;
  private final List<Path> outputs = new CopyOnWriteArrayList<>();
  private @Nullable SuiteCoverage coverage;
  private @Nullable SuitePast past;
  private @Nullable SelectedSuite selected;
  private int batches;

  SuiteRun(SuiteConfiguration suite, CheckContext context, EvidenceSink sink) {
    this.suite = suite;
    this.context = context;
    this.sink = sink;
    this.where = Where.named("check " + context.check());
    this.findings = new Findings(context, sink);
    this.reader = new BatchReader(context, sink, findings);
    this.conclusion = new Conclusion(suite, context, findings, where);
    suite.environment().forEach((name, value) -> environment.put(name, context.fill(value)));
    this.ownReports = suite.reports().stream().map(context::fill).toList();
  }

  void run() throws IOException, InterruptedException {
    context.cancellation().check();
    Template file = suite.quarantine();
    String shown = file == null ? "" : context.fill(file);
    QuarantineFile quarantine =
        shared(
            file == null
                ? QuarantineFile.NONE
                : QuarantineFile.read(context.folder().resolve(shown), shown));
    CommandLine command = suite.command();
    Instant from = context.clock().now();
    long nanos = context.clock().nanos();
    CaseCollector cases;
    try {
      cases = command == null ? project(quarantine) : command(command, quarantine);
    } finally {
      SelectedSuite selection = selected;
      if (selection != null) {
        selection.close();
      }
      keepOutputs();
    }
    Instant to = context.clock().now();
    measure(SuiteCheckType.DURATION, Unit.NANOSECONDS, from, to, context.clock().nanos() - nanos);
    SuiteCoverage measures = coverage;
    if (measures != null) {
      measures.end(from, to);
    }
    cases.emitTimes(from, to);
    cases.emitQuarantine(shown);
  }

  /** With what a server keeps for all suites; said in the report, as it decides. */
  private QuarantineFile shared(QuarantineFile own) {
    SharedQuarantine shared = context.find(SharedQuarantine.class).orElse(null);
    if (shared == null) {
      return own;
    }
    QuarantineFile theirs = QuarantineFile.read(shared.file(), shared.origin());
    String away = shared.away();
    if (away != null || !theirs.entries().isEmpty()) {
      int count = theirs.entries().size();
      findings.add(
          "suite.quarantine-shared",
          away == null ? Severity.NOTE : Severity.WARNING,
          shared.origin(),
          (count == 1 ? "1 test is" : count + " tests are")
              + " in quarantine at "
              + shared.origin()
              + (away == null ? "" : ", as of " + shared.fetched() + ": " + away));
    }
    return own.and(theirs, shared.origin());
  }

  /** Also of what was stopped or broke. */
  private void keepOutputs() throws IOException {
    for (Path output : List.copyOf(outputs)) {
      reader.attachOutput(output, String.valueOf(output.getFileName()));
    }
  }

  private void measure(String metric, Unit unit, Instant from, Instant to, double value) {
    sink.emit(
        new Measurement(
            context.check(), metric, unit, from, to, Map.of(), new Measured.Scalar(value)));
  }

  private CaseCollector collector(
      CaseCollector.Units units, Rerun byTool, QuarantineFile quarantine) {
    return new CaseCollector(
        context, sink, findings, units, byTool, new Ruling(suite.flaky()), quarantine);
  }

  private SuiteCoverage measuring(Path folder, List<List<String>> usual) {
    SuiteCoverage measures = new SuiteCoverage(suite, context, sink, findings, folder, usual);
    coverage = measures;
    reader.measuring(measures);
    return measures;
  }

  // ---- any command

  private CaseCollector command(CommandLine command, QuarantineFile quarantine)
      throws IOException, InterruptedException {
    CaseCollector cases = collector((name, labels) -> "", Rerun.AGAIN, quarantine);
    Template written = suite.folder();
    Path folder =
        SuiteProject.existing(
            where, "folder", context.folder(), written == null ? "." : context.fill(written));
    measuring(folder, List.of());
    Invocation invocation =
        new Invocation(
            List.of(
                new dev.assay.suite.runner.Flag(
                    command.words().stream().map(context::fill).toList(), "")),
            Map.of(),
            ownReports,
            null);
    runAll(
        worker -> worker > 0 || batches > 0 ? null : batch(List.of(), invocation, folder),
        1,
        cases);
    finish(cases, OptionalDouble.empty());
    conclusion.end(cases, false);
    return cases;
  }

  // ---- a known tool

  private CaseCollector project(QuarantineFile quarantine)
      throws IOException, InterruptedException {
    SuiteProject project = SuiteProject.of(suite, context);
    TestRunner runner = project.runner();
    SuiteCoverage measures = measuring(project.files().folder(), runner.measures());
    CaseCollector cases =
        collector(
            (name, labels) -> runner.unit(project.files(), name, labels),
            runner.id().equals("maven") ? Rerun.SAME_JVM : Rerun.AGAIN,
            quarantine);
    CommandLine words = suite.goals() == null ? suite.options() : suite.goals();
    String pattern = suite.tests();
    Request request =
        new Request(
            project.files(),
            project.path(),
            newFolder(),
            words == null ? List.of() : words.words().stream().map(context::fill).toList(),
            pattern == null ? new Request.All() : new Request.Matching(pattern),
            runner.retriesByItself() ? suite.retries() : 0,
            false);
    boolean withheld = false;
    SelectedSuite selected =
        SelectedSuite.of(suite, context, findings, runner, request, environment);
    this.selected = selected;
    boolean byUnits = selected != null && selected.leavesOut() && !runner.id().equals("maven");
    List<String> units = suite.inParts() || byUnits ? units(runner, request) : List.of();
    boolean none = false;
    if (selected != null) {
      environment.putAll(selected.environment(environment));
      none = !units.isEmpty() && selected.chosen(units).isEmpty();
      sayPartly(selected, measures);
      units = units.isEmpty() ? units : selected.chosen(units);
      if (byUnits && !suite.inParts() && !units.isEmpty()) {
        request = request.of(new Request.Units(units), request.reports());
        units = List.of();
      }
    }
    if (none) {
      context.progress("no test needs to run");
    } else if (units.isEmpty()) {
      Invocation whole = runner.invocation(request);
      Invocation invocation = selected == null ? whole : selected.of(whole);
      runAll(
          worker ->
              worker > 0 || batches > 0
                  ? null
                  : batch(List.of(), invocation, project.files().folder()),
          1,
          cases);
    } else {
      PartedSuite parted = new PartedSuite(runner, request, units);
      withheld = parted.run(cases);
      if (withheld) {
        measures.partly("tests were left out that do not fit the budget");
      } else if (parted.besideEachOther()) {
        measures.partly("parts of it ran at the same time and write the same reports");
      }
    }
    context.cancellation().check();
    OptionalDouble share =
        cases.total() - cases.skipped() < SuitePast.FEWEST_FOR_A_SHARE
            ? OptionalDouble.empty()
            : OptionalDouble.of(cases.failing() / (double) (cases.total() - cases.skipped()));
    if (suite.retries() > 0 && !runner.retriesByItself()) {
      Request asked = request;
      new Reruns(context, past(), share, (some, title) -> again(runner, asked, some, title))
          .make(cases.held(), suite.retries());
    }
    finish(cases, share);
    if (selected == null) {
      conclusion.end(cases, withheld);
    } else {
      conclusion.endSelected(cases);
      long left = selected.end(cases, past());
      Instant now = context.clock().now();
      long ran = cases.total() - cases.skipped();
      measure(SuiteCheckType.STANDING, Unit.NONE, now, now, ran + left);
      measure(SuiteCheckType.STANDING_FAILED, Unit.NONE, now, now, cases.toldFailed());
    }
    return cases;
  }

  private SuitePast past() {
    SuitePast known = past;
    if (known == null) {
      known = SuitePast.read(context);
      past = known;
    }
    return known;
  }

  private Path newFolder() throws IOException {
    return Files.createDirectories(context.scratch().resolve("part-" + (batches + 1)));
  }

  private Batch batch(List<String> units, Invocation invocation, Path folder) throws IOException {
    batches++;
    Path output =
        context.scratch().resolve(batches == 1 ? "output.log" : "output-" + batches + ".log");
    outputs.add(output);
    Instant now = context.clock().now();
    return Batch.of(
        batches,
        units,
        invocation,
        ownReports,
        folder,
        environment,
        output,
        java.util.Objects.requireNonNull(coverage, "made before anything starts").before(now),
        now);
  }

  private interface Next {
    @Nullable Batch next(int worker) throws IOException;
  }

  private void runAll(Next next, int workers, CaseCollector cases)
      throws IOException, InterruptedException {
    new Batches(
            context,
            where,
            new Batches.Source() {
              @Override
              public @Nullable Batch next(int worker) throws IOException {
                return next.next(worker);
              }

              @Override
              public Batch again(Batch crashed) {
                return crashed;
              }
            },
            ended -> false)
        .run(workers, ended -> take(ended, cases));
  }

  private void take(Batch.Ended ended, CaseCollector cases) throws IOException {
    SuiteCoverage measures = coverage;
    Path output = ended.batch().output();
    reader.attachOutput(output, String.valueOf(output.getFileName()));
    SelectedSuite selection = selected;
    if (selection != null) {
      selection.toolEnded();
      sayPartly(selection, measures);
    }
    long tests = cases.total();
    long failing = cases.failing();
    reader.read(ended, cases::begin, cases);
    if (measures != null) {
      measures.read(ended.batch().measures());
    }
    conclusion.add(ended, cases.total() - tests, cases.failing() - failing);
  }

  private void sayPartly(SelectedSuite selection, @Nullable SuiteCoverage measures) {
    if (selection.leavesOut()) {
      reader.partly();
      if (measures != null) {
        measures.partly("tests were left out that what has changed cannot break");
      }
    }
  }

  // ---- again

  private Map<String, Held> again(TestRunner runner, Request request, Cases some, String title)
      throws IOException, InterruptedException {
    Path folder = newFolder();
    Invocation invocation = runner.invocation(request.of(some, folder));
    Batch batch = batch(List.of(), invocation, request.project().folder());
    RunnerProcess process =
        new RunnerProcess(
            context, where, batch.output(), title + ", " + some.cases().size() + " tests: ");
    ExitCode exit = process.run(batch.words(), batch.folder(), batch.environment(), () -> false);
    reader.attachOutput(batch.output(), String.valueOf(batch.output().getFileName()));
    CaseCollector drafts =
        collector(
            (name, labels) -> runner.unit(request.project(), name, labels),
            Rerun.AGAIN,
            QuarantineFile.NONE);
    Map<String, Held> found = new HashMap<>();
    reader.read(
        new Batch.Ended(batch, exit, process.tail(), batch.files().find()),
        name -> {},
        new dev.assay.suite.report.ReportListener() {
          @Override
          public void testCase(dev.assay.suite.report.TestCase one) {
            if (one.result() != dev.assay.api.evidence.Attempt.Result.SKIPPED) {
              // of namesakes, the one that failed
              found.merge(
                  SuitePast.key(one.suite(), one.name()),
                  drafts.draft(one, "", ""),
                  (before, now) -> before.fails() ? before : now);
            }
          }
        });
    return found;
  }

  // ---- what is thought of what failed

  private void finish(CaseCollector cases, OptionalDouble share) {
    List<Held> held = cases.held();
    int together = 0;
    if (!held.isEmpty()) {
      Reruns thoughts = new Reruns(context, past(), share, (some, title) -> Map.<String, Held>of());
      for (Held test : held) {
        Classification thought = thoughts.classify(test);
        together += thought.state() == Classification.State.INFRASTRUCTURE ? 1 : 0;
        label(test, thought);
        cases.emit(test);
      }
    }
    if (together > 0) {
      findings.add(
          "suite.infrastructure",
          Severity.WARNING,
          null,
          together
              + " of "
              + cases.total()
              + " tests failed together, which is most likely not of their own making: look at"
              + " the machine, the network and the services first");
    }
  }

  private void label(Held test, Classification thought) {
    test.labels.put("flaky.state", thought.state().name().toLowerCase(Locale.ROOT));
    test.labels.put("flaky.probability", probability(thought.nondeterministic()));
    if (thought.lastFailureReal().isPresent()) {
      test.labels.put("failure.real", probability(thought.lastFailureReal().getAsDouble()));
    }
    test.labels.put("flaky.why", context.redact(thought.reason()));
  }

  private static String probability(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  // ---- in parts

  /** The units of a project, asked of its tool where that can tell; empty where nobody can. */
  private List<String> units(TestRunner runner, Request request)
      throws IOException, InterruptedException {
    List<String> units = List.of();
    Invocation listing = runner.listing(request).orElse(null);
    if (listing != null) {
      Path output = context.scratch().resolve("listing.log");
      Map<String, String> variables = new LinkedHashMap<>(listing.environment());
      variables.putAll(environment);
      RunnerProcess process = new RunnerProcess(context, where, output, "lists tests: ");
      ExitCode exit =
          process.run(listing.words(), request.project().folder(), variables, () -> false);
      if (exit.value() == 0) {
        units = runner.listed(request.project(), TextLines.of(output));
      }
    }
    units = units.isEmpty() ? runner.units(request) : units;
    if (units.isEmpty()) {
      findings.add(
          "suite.not-in-parts",
          Severity.WARNING,
          null,
          runner.title() + " names no units that could be run alone, so all is run as a whole");
    }
    return units;
  }

  /** A suite that is run in several starts of its tool. */
  private final class PartedSuite {

    private final TestRunner runner;
    private final Request request;
    private final WorkPlan plan;
    private final Portions portions;
    private final long deadline;

    PartedSuite(TestRunner runner, Request request, List<String> units) {
      this.runner = runner;
      this.request = request;
      this.plan =
          WorkPlan.of(
              units,
              past(),
              runner.besideItself()
                  ? Workers.parse(suite.workers())
                  : new Workers(java.util.OptionalInt.of(1)),
              Runtime.getRuntime().availableProcessors(),
              suite.order() == SuiteConfiguration.Order.FAILING_FIRST,
              suite.budget());
      boolean small = suite.budget() != null || !runner.keepsOrder(request.project());
      this.portions =
          plan.ordered()
              ? Portions.ordered(plan.chosenSeconds(), plan.workers(), small)
              : Portions.balanced(plan.chosenSeconds(), plan.workers());
      var budget = suite.budget();
      this.deadline = budget == null ? Long.MAX_VALUE : context.clock().nanos() + budget.toNanos();
    }

    /** Runs it; whether something was left out. */
    boolean run(CaseCollector cases) throws IOException, InterruptedException {
      say();
      if (!plan.units().isEmpty()) {
        prepare();
      }
      Request built = request.afterBuild();
      new Batches(
              context,
              where,
              new Batches.Source() {
                @Override
                public @Nullable Batch next(int worker) throws IOException {
                  return late() ? null : part(built, portions.next(worker));
                }

                @Override
                public Batch again(Batch crashed) throws IOException {
                  return java.util.Objects.requireNonNull(part(built, crashed.units()));
                }
              },
              PartedSuite.this::crashed)
          .run(plan.workers(), ended -> take(ended, cases));
      context.cancellation().check();
      List<String> late = portions.rest(plan.workers());
      leaveOut(cases, plan.left(), "it does not fit the budget");
      leaveOut(cases, late, "the time of the budget was used up");
      compare(cases, late);
      return !plan.left().isEmpty() || !late.isEmpty();
    }

    private boolean besideEachOther() {
      return plan.workers() > 1;
    }

    private boolean late() {
      return context.clock().nanos() - deadline >= 0 && deadline != Long.MAX_VALUE;
    }

    private synchronized @Nullable Batch part(Request built, List<String> units)
        throws IOException {
      if (units.isEmpty()) {
        return null;
      }
      Request part = built.of(new Request.Units(units), newFolder());
      return batch(units, runner.invocation(part), request.project().folder());
    }

    /** It was killed, or it could not begin: nothing of it is known. */
    private boolean crashed(Batch.Ended ended) {
      return !suite.expects(ended.exit().value())
          && (ended.exit().signal().isPresent()
              || ended.batch().format() == null && ended.found().fresh().isEmpty());
    }

    private void say() {
      context.progress(
          plan.units().size()
              + " units in "
              + plan.workers()
              + (plan.workers() == 1 ? " process" : " processes at once")
              + (plan.ordered() ? ", ordered by " + plan.ranking() : "")
              + (past().known() ? ", from " + past().runs() + " runs" : ", without a past"));
      if (plan.missed().isPresent()) {
        Instant now = context.clock().now();
        measure(SuiteCheckType.MISSED, Unit.RATIO, now, now, plan.missed().getAsDouble());
        if (!plan.left().isEmpty()) {
          findings.add(
              "suite.budget",
              Severity.NOTE,
              null,
              plan.left().size()
                  + " of "
                  + (plan.units().size() + plan.left().size())
                  + " units do not fit the budget; the probability that at least one of them would"
                  + " have failed is "
                  + String.format(Locale.ROOT, "%.1f %%", 100 * plan.missed().getAsDouble())
                  + (past().known() ? "" : ", of which nothing is known, as there is no past"));
        }
      }
    }

    private void prepare() throws IOException, InterruptedException {
      Invocation preparation = runner.preparation(request).orElse(null);
      if (preparation == null || plan.workers() == 1) {
        return;
      }
      Path output = context.scratch().resolve("preparation.log");
      Map<String, String> variables = new LinkedHashMap<>(preparation.environment());
      variables.putAll(environment);
      RunnerProcess process = new RunnerProcess(context, where, output, "builds: ");
      ExitCode exit =
          process.run(preparation.words(), request.project().folder(), variables, () -> false);
      reader.attachOutput(output, "preparation.log");
      if (exit.value() != 0) {
        throw conclusion.broke(
            exit,
            process.tail(),
            String.join(" ", preparation.words()),
            request.project().folder(),
            "");
      }
    }

    private void leaveOut(CaseCollector cases, List<String> units, String why) {
      for (String unit : units) {
        String reason =
            why
                + " of "
                + suite.budget()
                + String.format(
                    Locale.ROOT,
                    " (it takes about %.1f s)",
                    plan.seconds().getOrDefault(unit, 0.0));
        List<String> known = past().testsOf(unit);
        Map<String, String> labels = Map.of("not-run", "budget", SuitePast.UNIT, unit);
        if (known.isEmpty()) {
          cases.notRun(unit, "(all its tests)", reason, labels);
        }
        for (String test : known) {
          int hash = test.indexOf('#');
          cases.notRun(test.substring(0, hash), test.substring(hash + 1), reason, labels);
        }
      }
    }

    /** A unit without a test is told, as it may be one that the tool was not asked for rightly. */
    private void compare(CaseCollector cases, List<String> late) {
      List<String> silent =
          plan.units().stream()
              .filter(unit -> !late.contains(unit) && !cases.unitsSeen().contains(unit))
              .toList();
      if (!silent.isEmpty() && cases.total() > 0) {
        findings.add(
            "suite.units-without-tests",
            Severity.NOTE,
            null,
            silent.size()
                + " of the units that were run had no test, such as "
                + silent.getFirst());
      }
    }
  }
}
