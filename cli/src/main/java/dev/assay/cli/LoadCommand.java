package dev.assay.cli;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.verdict.Decision;
import dev.assay.core.report.Attached;
import dev.assay.core.report.JsonReport;
import dev.assay.core.report.LoadFigures;
import dev.assay.core.report.RunListener;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.terminal.Ink;
import dev.assay.core.report.terminal.LoadLines;
import dev.assay.core.report.terminal.LoadScreen;
import dev.assay.core.report.terminal.LoadShape;
import dev.assay.core.report.terminal.LoadSummary;
import dev.assay.core.report.terminal.ProblemText;
import dev.assay.core.report.terminal.TerminalReport;
import dev.assay.core.run.RunOptions;
import dev.assay.core.run.RunResult;
import dev.assay.core.run.Runner;
import dev.assay.load.adhoc.AdHocLoad;
import dev.assay.load.adhoc.AdHocWorkspace;
import dev.assay.load.adhoc.Knock;
import dev.assay.store.MemoryLedger;
import dev.assay.store.SqliteLedger;
import dev.assay.store.WorkspaceLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Load without a workspace: the options become one, which is run like any other. */
@Command(
    name = "load",
    description = "Puts load on an address, shows it while it goes on and judges it.",
    subcommands = LoadImportCommand.class,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay load http://127.0.0.1:8080/ --rate 500 --for 30s --expect 'latency.p99 < 50 ms'",
      "  assay load http://127.0.0.1:8080/ --users 50 --for 10s",
      "  assay load http://127.0.0.1:8080/orders --rate 100 --json '{\"product\": 7}'"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LoadCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(arity = "0..1", paramLabel = "URL", description = "The address to send to.")
  private @Nullable String url;

  @Mixin private LoadOptions options;

  @Option(names = "--seed", description = "The seed of everything random (default: a new one).")
  private @Nullable Long seed;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Also write a report: .html, .md, .json or .xml (JUnit).")
  private @Nullable Path report;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Also write the workspace that does the same.")
  private @Nullable Path save;

  @Option(
      names = "--ledger",
      paramLabel = "FOLDER",
      description = "Keep the run in this ledger (default: that of ./assay.yaml, if it is there).")
  private @Nullable Path ledger;

  @Option(names = "--json-output", description = "Print the report as JSON on standard output.")
  private boolean json;

  @Option(names = "--result-line", description = "Print one line of figures on standard output.")
  private boolean resultLine;

  @Option(names = "--plain", description = "Plain lines of progress, also on a terminal.")
  private boolean plain;

  @Option(names = "--quiet", description = "Show no progress and no summary.")
  private boolean quiet;

  /** The command that this one belongs to, for its own subcommands. */
  AssayCommand assay() {
    return assay;
  }

  @Override
  public Integer call() {
    Console console = assay.console();
    Clock clock = new SystemClock();
    String target = url;
    if (target == null) {
      throw CliProblems.USAGE.failure(
          Where.named("URL"),
          "there is no URL to put load on",
          "write it like `assay load http://127.0.0.1:8080/ --rate 100 --for 10s`");
    }
    Path file = report;
    if (file != null) {
      ReportFiles.formatOf(file);
    }
    AdHocLoad load =
        new LoadPermission(console, assay.rooms()).of(options.load(target, console.environment()));
    save(load);
    try (ScratchFolder scratch = ScratchFolder.create("assay-load")) {
      return run(console, clock, load, scratch.path());
    }
  }

  private int run(Console console, Clock clock, AdHocLoad load, Path scratch) {
    AdHocWorkspace workspace = AdHocWorkspace.of(load, scratch);
    Map<String, String> environment = new HashMap<>(console.environment());
    environment.putAll(workspace.secrets());
    Plan plan = parse(workspace, scratch, environment);
    if (LoadPermission.obvious(load)) {
      // else it is first asked whether anything may be sent there at all
      Knock.at(load.request().url(), LoadOptions.patience(load));
    }
    LoadShape shape = LoadOptions.shape(load);
    RunListener listener = listener(console, clock, shape);
    NewRun begin = NewRun.draw(clock, seed);
    try (MemoryLedger memory = new MemoryLedger(scratch.resolve("ledger"))) {
      Runner runner = new Runner(memory, listener, clock, environment);
      try (StopOnSignal _ = StopOnSignal.watch(runner, listener)) {
        RunResult result = runner.run(plan, runOptions(begin));
        close(listener);
        RunReport shown = RunReport.read(memory, Runs.find(memory, result.run()));
        show(console, result, shown, shape, begin.seed());
        keep(console, memory, result.run());
        return ExitCode.of(result.decision(), result.ending(), result.problems()).code();
      } finally {
        close(listener);
      }
    }
  }

  private static RunOptions runOptions(NewRun begin) {
    return new RunOptions(
        null, Set.of(), begin.seed(), 1, begin.id(), null, AssayCommand.Version.number());
  }

  /** Nobody has seen the text, so a problem of it is one of the command line. */
  private Plan parse(AdHocWorkspace workspace, Path folder, Map<String, String> environment) {
    try {
      return assay
          .rooms()
          .parser(environment)
          .parse(workspace.text(), folder.resolve("assay.yaml"));
    } catch (ProblemException broken) {
      throw new ProblemException(ofTheCommandLine(broken.problems()));
    }
  }

  private static List<Problem> ofTheCommandLine(List<Problem> problems) {
    Where where = Where.named("the command line");
    return problems.stream()
        .map(one ->
            one.where() instanceof Place
                ? new Problem(one.type(), where, one.what(), one.mend(), one.cause())
                : one)
        .toList();
  }

  private void save(AdHocLoad load) {
    Path file = save;
    if (file == null) {
      return;
    }
    if (Files.exists(file)) {
      throw CliProblems.EXISTS.failure(
          Where.named(file.toString()),
          "there already is a file '" + file + "'",
          "name another one, or move it away");
    }
    Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
    AdHocWorkspace workspace = AdHocWorkspace.of(load, folder);
    Map<String, String> environment = new HashMap<>(assay.console().environment());
    environment.putAll(workspace.secrets());
    parse(workspace, folder, environment);
    ReportFiles.write(file, workspace.text());
    assay.console().err().println("wrote " + file);
    workspace
        .secrets()
        .keySet()
        .forEach(name ->
            assay.console().err().println("set " + name + " before `assay run " + file + "`"));
  }

  private RunListener listener(Console console, Clock clock, LoadShape shape) {
    if (quiet) {
      return RunListener.SILENT;
    }
    return console.terminal() && !plain
        ? new LoadScreen(console.err(), clock, console.ink(), console::width, shape).start()
        : new LoadLines(console.err(), clock, shape);
  }

  private static void close(RunListener listener) {
    if (listener instanceof LoadScreen screen) {
      screen.close();
    }
  }

  private void show(
      Console console, RunResult result, RunReport shown, LoadShape shape, long seeded) {
    Path file = report;
    if (file != null) {
      ReportFiles.write(file, ReportFiles.formatOf(file).render(shown, Attached.NONE));
    }
    boolean measured = !shown.checks().getFirst().evidence().metrics().isEmpty();
    if (json) {
      console.out().println(JsonWriter.pretty(JsonReport.json(shown)));
    }
    if (resultLine) {
      console.out().println(LoadFigures.of(shown.checks().getFirst(), shape.timed()).line());
    }
    if (measured && !json && !resultLine && !quiet) {
      List<TerminalReport.Hint> hints = new ArrayList<>();
      if (file != null) {
        hints.add(new TerminalReport.Hint("report", file.toString()));
      }
      if (result.decision() != Decision.PASS) {
        hints.add(new TerminalReport.Hint("seed", "--seed " + seeded + " sends the same again"));
      }
      Ink ink = console.terminal() ? console.ink() : Ink.PLAIN;
      console.out().print(new LoadSummary(ink, console.width(), shape).render(shown, hints));
    }
    if (!result.problems().isEmpty()) {
      console
          .err()
          .print(new ProblemText(console.ink()).render(ofTheCommandLine(result.problems())));
    }
  }

  /** A ledger that was named must take the run; that of the folder does so if nobody uses it. */
  private void keep(Console console, MemoryLedger memory, String run) {
    Path named = ledger;
    if (named == null && !Files.exists(Path.of("assay.yaml"))) {
      return;
    }
    Path folder = named == null ? WorkspaceOption.folder(Path.of("assay.yaml")) : named;
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, "load " + run);
        SqliteLedger lasting = SqliteLedger.open(folder, SqliteLedger.Mode.READ_WRITE)) {
      memory.copy(run, lasting);
    } catch (ProblemException refused) {
      if (named != null) {
        throw refused;
      }
      console.err().println("not kept in " + folder + ": " + refused.problems().getFirst().what());
    }
  }
}
