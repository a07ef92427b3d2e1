package dev.assay.cli;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.ChangedFiles;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SharedQuarantine;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.report.Attached;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.JsonReport;
import dev.assay.core.report.OutputListener;
import dev.assay.core.report.RunListener;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.terminal.Ink;
import dev.assay.core.report.terminal.LiveTerminal;
import dev.assay.core.report.terminal.PlainProgress;
import dev.assay.core.report.terminal.ProblemText;
import dev.assay.core.report.terminal.TerminalReport;
import dev.assay.core.run.Mender;
import dev.assay.core.run.Reproduction;
import dev.assay.core.run.RunOptions;
import dev.assay.core.run.RunResult;
import dev.assay.core.run.Runner;
import dev.assay.store.SqliteLedger;
import dev.assay.store.WorkspaceLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The main job. */
@Command(
    name = "run",
    description = "Runs a workspace and says whether the release may ship.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunCommand implements Callable<Integer> {

  private static final Duration LAST_SENDING = Duration.ofSeconds(60);

  @ParentCommand private AssayCommand assay;

  @Option(
      names = "--started-by",
      paramLabel = "NAME",
      description =
          "Who began it, by their name on the server: where two people must approve, others must.")
  private @Nullable String startedBy;

  @Mixin private ServerOption server = new ServerOption();

  @Mixin private PlanOptions chosen = new PlanOptions();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "CHECK",
      description = "Run only these checks and what they need.")
  private List<String> only = List.of();

  @Option(names = "--seed", description = "The seed of everything random (default: a new one).")
  private @Nullable Long seed;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "How many checks may run at once (default: the number of cores).")
  private @Nullable Integer parallel;

  @Option(
      names = "--resume",
      arity = "0..1",
      fallbackValue = "latest",
      paramLabel = "RUN",
      description =
          "Go on with an interrupted run: checks that passed are kept (default: the latest).")
  private @Nullable String resume;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      description =
          "Also write report.html, report.md, report.json, report.sarif, junit.xml and badge.svg"
              + " there.")
  private @Nullable Path report;

  @Mixin private TelemetryOption telemetry = new TelemetryOption();

  @Option(names = "--plain", description = "Plain lines of progress, also on a terminal.")
  private boolean plain;

  @Option(names = "--json", description = "Print the report as JSON on standard output.")
  private boolean json;

  /** The run whose checks are run again, as a person named it; null for an ordinary run. */
  private @Nullable String reproduced;

  private @Nullable Reproduction reproduction;

  /** Who is told of the run when it has ended. */
  private List<TelemetryPost> posts = List.of();

  /** The project of a server that gets the run; null for none. */
  private @Nullable String sentTo;

  /** The files whose change made this run; null for an ordinary run. */
  private @Nullable ChangedFiles changed;

  /** The command that runs what a change concerns. */
  static RunCommand watching(
      AssayCommand assay,
      Path workspace,
      @Nullable String environment,
      List<String> checks,
      @Nullable Integer parallel,
      boolean plain,
      ChangedFiles changed) {
    RunCommand command = new RunCommand();
    command.assay = assay;
    command.chosen = new PlanOptions(workspace, environment);
    command.only = checks;
    command.parallel = parallel;
    command.plain = plain;
    command.changed = changed;
    return command;
  }

  /** The command that runs checks of an earlier run again. */
  static RunCommand reproducing(
      AssayCommand assay,
      Path workspace,
      String run,
      List<String> checks,
      @Nullable Path report,
      boolean plain,
      boolean json) {
    RunCommand command = new RunCommand();
    command.assay = assay;
    command.chosen = new PlanOptions(workspace, null);
    command.reproduced = run;
    command.only = checks;
    command.report = report;
    command.plain = plain;
    command.json = json;
    return command;
  }

  @Override
  public Integer call() {
    Console console = assay.console();
    Clock clock = new SystemClock();
    Path file = WorkspaceOption.file(chosen.workspace);
    if (parallel != null && parallel < 1) {
      throw CliProblems.USAGE.failure(
          Where.named("--parallel"),
          "'" + parallel + "' checks at once is no number above 0",
          "give 1 or more");
    }
    ServerProject project = server.project(console.environment());
    sentTo = project == null ? null : project.given();
    posts = telemetry.posts(console.environment());
    Plan plan = assay.rooms().parser(console.environment()).parse(file);
    Path folder = WorkspaceOption.folder(chosen.workspace);
    NewRun begin = NewRun.draw(clock, seed);
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, "run " + begin.id())) {
      Mender.Result mended = new Mender(folder, clock, assay.rooms().undoActions()).mend();
      mended
          .mended()
          .forEach(line -> console.err().println("mended after an interrupted run: " + line));
      if (!mended.problems().isEmpty()) {
        return CommandLineRunner.show(console, json, mended.problems());
      }
      try (SqliteLedger ledger = SqliteLedger.open(folder, SqliteLedger.Mode.READ_WRITE)) {
        closeInterrupted(ledger, clock);
        RunSummary resumed = resumed(ledger);
        SharedQuarantine quarantine =
            project == null ? null : ServerQuarantine.fetch(project, folder, clock, console);
        RunOptions options = options(begin, resumed, quarantine);
        return project == null
            ? run(console, clock, plan, options, ledger, file, null)
            : sending(console, clock, plan, options, ledger, file, project);
      }
    }
  }

  /** The verdict is the run's, whether or not the server got it. */
  private int sending(
      Console console,
      Clock clock,
      Plan plan,
      RunOptions options,
      Ledger ledger,
      Path file,
      ServerProject project) {
    RunSummary resumed = options.resumed();
    String id = resumed == null ? options.run() : resumed.id();
    try (RunUpload upload = new RunUpload(ledger, id, project);
        OutputUpload output = new OutputUpload(id, project.again())) {
      int code = run(console, clock, plan, options, upload, file, output);
      String wrong = upload.finish(LAST_SENDING);
      console
          .err()
          .println(
              wrong == null
                  ? "sent to " + project.page(id)
                  : "the server has not got all of it: "
                      + wrong
                      + "; send the rest by: assay push "
                      + id
                      + workspaceOption(file)
                      + " --server "
                      + project.given());
      return code;
    }
  }

  /** The holder of the lock is the only one who runs: whatever is open was interrupted. */
  static void closeInterrupted(Ledger ledger, Clock clock) {
    for (RunSummary run : ledger.runs(50)) {
      if (run.closed() == null) {
        try {
          ledger
              .append(
                  run.id(), new LedgerEntry.RunClosed(clock.now(), Ending.BROKEN, Decision.NOT_RUN))
              .join();
        } catch (CompletionException broken) {
          if (broken.getCause() instanceof dev.assay.api.problem.ProblemException problem) {
            throw problem;
          }
          throw broken;
        }
      }
    }
  }

  private @Nullable RunSummary resumed(Ledger ledger) {
    String asked = resume;
    if (asked == null) {
      return null;
    }
    if (!asked.equals("latest")) {
      return Runs.find(ledger, asked);
    }
    return ledger.runs(50, run -> run.monitor() == null).stream()
        .filter(run -> run.ending() != Ending.COMPLETED)
        .findFirst()
        .orElseThrow(() ->
            CliProblems.NO_RUN.failure(
                Where.named("--resume"),
                "there is no interrupted run to resume",
                "start a new run, without --resume"));
  }

  private RunOptions options(
      NewRun begin, @Nullable RunSummary resumed, @Nullable SharedQuarantine quarantine) {
    Integer atOnce = parallel;
    Set<String> checks = new LinkedHashSet<>(only);
    return new RunOptions(
        chosen.environment,
        checks,
        begin.seed(),
        atOnce == null ? Math.max(1, Runtime.getRuntime().availableProcessors()) : atOnce,
        begin.id(),
        resumed,
        AssayCommand.Version.number(),
        changed,
        startedBy == null ? Map.of() : Map.of("started-by", startedBy),
        quarantine);
  }

  private int run(
      Console console,
      Clock clock,
      Plan plan,
      RunOptions options,
      Ledger ledger,
      Path file,
      @Nullable OutputListener output) {
    RunListener listener = listener(console, clock);
    Runner runner =
        new Runner(
            ledger,
            listener,
            clock,
            console.environment(),
            assay.rooms().observers(),
            WatchdogCommand.words(),
            output);
    try (StopOnSignal _ = StopOnSignal.watch(runner, listener)) {
      RunResult result = result(console, runner, plan, options, ledger);
      close(listener);
      show(console, ledger, result, options.seed(), plan, file);
      return ExitCode.of(result.decision(), result.ending(), result.problems()).code();
    } finally {
      close(listener);
    }
  }

  private RunResult result(
      Console console, Runner runner, Plan plan, RunOptions options, Ledger ledger) {
    String earlier = reproduced;
    if (earlier == null) {
      return runner.run(plan, options);
    }
    Reproduction found = runner.reproduction(plan, Runs.find(ledger, earlier), options.only());
    reproduction = found;
    console
        .err()
        .println(
            "reproducing run "
                + found.run().id()
                + " (seed "
                + found.seed()
                + "): "
                + String.join(", ", found.checks()));
    found.differences().forEach(line -> console.err().println("not as it was: " + line));
    return runner.reproduce(plan, options, found);
  }

  /** Whether what failed then failed again. */
  private void compare(Console console, RunReport shown) {
    Reproduction earlier = reproduction;
    if (earlier != null) {
      for (CheckReport check : shown.checks()) {
        Verdict verdict = check.verdict();
        if (verdict != null && earlier.checks().contains(check.id())) {
          String line = earlier.comparison(check.id(), verdict);
          (json ? console.err() : console.out()).println((json ? "" : "  ") + line);
        }
      }
    }
  }

  private RunListener listener(Console console, Clock clock) {
    if (console.terminal() && !plain) {
      return new LiveTerminal(console.err(), clock, console.ink(), console::width).start();
    }
    return new PlainProgress(console.err(), clock, console.ink());
  }

  private static void close(RunListener listener) {
    if (listener instanceof LiveTerminal live) {
      live.close();
    }
  }

  private void show(
      Console console, Ledger ledger, RunResult result, long seed, Plan plan, Path file) {
    RunSummary summary = Runs.find(ledger, result.run());
    RunReport shown = RunReport.read(ledger, summary);
    Path own = plan.folder().resolve(".assay").resolve("runs").resolve(result.run());
    List<Problem> problems = new ArrayList<>(result.problems());
    Attached attached =
        Attached.read(ledger, shown).with(Failures.groups(ledger, plan.folder(), summary));
    ReportFiles.write(shown, attached, own);
    Path elsewhere = report;
    if (elsewhere != null) {
      ReportFiles.write(shown, attached, elsewhere);
    }
    if (json) {
      console.out().println(JsonWriter.pretty(JsonReport.json(shown)));
    } else {
      List<TerminalReport.Hint> hints = new ArrayList<>();
      Path page = (elsewhere == null ? own : elsewhere).resolve("report.html");
      hints.add(new TerminalReport.Hint("report", display(page)));
      if (!attached.failures().isEmpty()) {
        hints.add(new TerminalReport.Hint("why", "assay failures" + workspaceOption(file)));
      }
      if (result.decision() != Decision.PASS) {
        hints.add(
            result.ending() == Ending.COMPLETED
                ? new TerminalReport.Hint("again", again(result, file, seed))
                : new TerminalReport.Hint("go on", "assay run " + file + " --resume"));
      }
      boolean outIsTerminal = console.terminal();
      console
          .out()
          .print(
              new TerminalReport(outIsTerminal ? console.ink() : Ink.PLAIN, console.width())
                  .render(shown, hints));
    }
    compare(console, shown);
    problems.addAll(tell(console, shown));
    if (!problems.isEmpty()) {
      console.err().print(new ProblemText(console.ink()).render(problems));
    }
  }

  /** What becomes of telemetry changes nothing of the run. */
  private List<Problem> tell(Console console, RunReport shown) {
    try {
      String at = sentTo;
      String page = at == null ? null : at + "/runs/" + shown.id();
      return TelemetryOption.send(posts, shown, page, console).stream()
          .flatMap(wrong -> wrong.problems().stream())
          .toList();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private String again(RunResult result, Path file, long seed) {
    if (result.decision() != Decision.FAIL) {
      return "assay run " + file + " --seed " + seed;
    }
    return "assay reproduce " + result.run() + workspaceOption(file);
  }

  private static String workspaceOption(Path file) {
    return file.equals(Path.of("assay.yaml")) ? "" : " -w " + file;
  }

  private static String display(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
  }
}
