package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.core.report.RunListener;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.terminal.Ink;
import dev.assay.core.report.terminal.ProblemText;
import dev.assay.core.report.terminal.TerminalReport;
import dev.assay.core.run.Mender;
import dev.assay.core.run.RunOptions;
import dev.assay.core.run.RunResult;
import dev.assay.core.run.Runner;
import dev.assay.store.MemoryLedger;
import dev.assay.store.SqliteLedger;
import dev.assay.store.WorkspaceLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * An experiment of the Chaos Toolkit without a workspace: the options become one, which is run like
 * any other, so that what it does is in an undo journal and can be mended.
 */
@Command(
    name = "run",
    description = "Runs an experiment of the Chaos Toolkit as it is written.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ChaosRunCommand implements Callable<Integer> {

  @ParentCommand private ChaosCommand chaos;

  @Parameters(paramLabel = "FILE", description = "The experiment, .json, .yaml or .yml.")
  private Path file;

  @Option(
      names = "--journal-path",
      defaultValue = "journal.json",
      paramLabel = "FILE",
      description = "Where the toolkit's journal is written (default: ${DEFAULT-VALUE}).")
  private Path journal;

  @Option(
      names = "--rollback-strategy",
      paramLabel = "WHEN",
      description = "default, always, never or deviated (default: what the file says).")
  private @Nullable String rollbacks;

  @Option(
      names = "--hypothesis-strategy",
      paramLabel = "WHEN",
      description =
          "default, before-method-only, after-method-only, during-method-only or continuously"
              + " (default: what the file says).")
  private @Nullable String hypothesis;

  @Option(
      names = "--hypothesis-frequency",
      paramLabel = "SECONDS",
      description = "How long is waited between looks during the method (default: 1).")
  private double frequency = 1;

  @Option(names = "--fail-fast", description = "End the method when a look during it fails.")
  private boolean failFast;

  @Option(
      names = "--dry",
      paramLabel = "WHAT",
      description = "Leave out probes, actions, activities or pause.")
  private @Nullable String dry;

  @Option(
      names = "--var",
      paramLabel = "NAME[:TYPE]=VALUE",
      description = "A value of the configuration; the type is str, int, float or bytes.")
  private Map<String, String> variables = new LinkedHashMap<>();

  @Option(
      names = "--var-file",
      paramLabel = "FILE",
      description = "A .json or .yaml file with configuration and secrets, or a .env file.")
  private List<Path> variableFiles = new ArrayList<>();

  @Option(names = "--quiet", description = "Show no progress and no summary.")
  private boolean quiet;

  @Override
  public Integer call() {
    Console console = chaos.assay().console();
    Clock clock = new SystemClock();
    Path here = Path.of("").toAbsolutePath();
    Path folder = here.resolve(".assay");
    Plan plan =
        chaos
            .assay()
            .rooms()
            .parser(console.environment())
            .parse(workspace(), here.resolve("assay.yaml"));
    NewRun begin = NewRun.draw(clock, null);
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, "chaos run " + begin.id());
        ScratchFolder scratch = ScratchFolder.create("assay-chaos");
        MemoryLedger memory = new MemoryLedger(scratch.path().resolve("ledger"))) {
      Mender.Result mended = new Mender(folder, clock, chaos.assay().rooms().undoActions()).mend();
      if (!mended.problems().isEmpty()) {
        return CommandLineRunner.show(console, false, mended.problems());
      }
      RunListener listener = quiet ? RunListener.SILENT : new Lines(console);
      Runner runner =
          new Runner(
              memory, listener, clock, console.environment(), List.of(), WatchdogCommand.words());
      try (StopOnSignal _ = StopOnSignal.watch(runner, listener)) {
        RunResult result = runner.run(plan, options(begin));
        show(console, memory, result);
        keep(console, memory, result.run(), folder);
        return ExitCode.of(result.decision(), result.ending(), result.problems()).code();
      }
    }
  }

  private static RunOptions options(NewRun begin) {
    return new RunOptions(
        null, Set.of(), begin.seed(), 1, begin.id(), null, AssayCommand.Version.number());
  }

  /** What is logged, line by line, as the toolkit does. */
  private record Lines(Console console) implements RunListener {
    @Override
    public void progress(String check, String line) {
      console.err().println(line);
    }

    @Override
    public void note(String line) {
      console.err().println(line);
    }
  }

  /** The workspace that does the same; JSON is YAML, and texts in it need no other care. */
  private String workspace() {
    Json.Builder experiment =
        Json.object()
            .put("file", plain(file.toAbsolutePath().toString()))
            .put("journal", plain(journal.toAbsolutePath().toString()))
            .put("frequency", Math.round(frequency * 1000) + "ms")
            .put("fail fast", failFast);
    word(experiment, "hypothesis", hypothesis);
    word(experiment, "rollbacks", rollbacks);
    word(experiment, "dry", dry);
    Json.Builder values = Json.object();
    variables.forEach((name, value) -> values.put(name, plain(value)));
    experiment.put("var", values.build());
    experiment.put(
        "var files",
        Json.array(
            variableFiles.stream()
                .map(one -> Json.of(plain(one.toAbsolutePath().toString())))
                .toList()));
    Json.Obj check =
        Json.object()
            .put("chaos", Json.object().put("experiment", experiment.build()).build())
            .put("timeout", "24h")
            .build();
    return JsonWriter.pretty(
        Json.object()
            .put("workspace", "chaos")
            .put("checks", Json.object().put("experiment", check).build())
            .build());
  }

  /** Words of the toolkit, as the workspace writes them. */
  private static void word(Json.Builder experiment, String key, @Nullable String value) {
    if (value != null) {
      String known = value.toLowerCase(Locale.ROOT);
      // the toolkit's own old spelling
      experiment.put(key, known.equals("continously") ? "continuously" : known);
    }
  }

  /** A text without places to fill. */
  private static String plain(String text) {
    return text.replace("$", "$$");
  }

  private void show(Console console, MemoryLedger memory, RunResult result) {
    if (!quiet) {
      RunReport shown = RunReport.read(memory, Runs.find(memory, result.run()));
      List<TerminalReport.Hint> hints = new ArrayList<>();
      if (Files.exists(journal)) {
        hints.add(new TerminalReport.Hint("journal", journal.toString()));
      }
      Ink ink = console.terminal() ? console.ink() : Ink.PLAIN;
      console.out().print(new TerminalReport(ink, console.width()).render(shown, hints));
    }
    if (!result.problems().isEmpty()) {
      console.err().print(new ProblemText(console.ink()).render(result.problems()));
    }
  }

  /** A ledger that is here takes the run, so that suggestions know of it. */
  private static void keep(Console console, MemoryLedger memory, String run, Path folder) {
    if (!Files.exists(Path.of("assay.yaml"))) {
      return;
    }
    try (SqliteLedger lasting = SqliteLedger.open(folder, SqliteLedger.Mode.READ_WRITE)) {
      memory.copy(run, lasting);
    } catch (ProblemException refused) {
      console.err().println("not kept in " + folder + ": " + refused.problems().getFirst().what());
    }
  }
}
