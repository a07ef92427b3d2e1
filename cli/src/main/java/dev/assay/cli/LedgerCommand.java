package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.Ledger.Verification;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.Where;
import dev.assay.store.LedgerVerification;
import dev.assay.store.SqliteLedger;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Looks into the ledger. */
@Command(
    name = "ledger",
    description = "Lists, shows, verifies and exports what the ledger holds.",
    mixinStandardHelpOptions = true,
    subcommands = {
      LedgerCommand.ListRuns.class,
      LedgerCommand.Show.class,
      LedgerCommand.Verify.class,
      LedgerCommand.Export.class,
      LedgerEraseCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LedgerCommand implements Runnable {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @ParentCommand private AssayCommand assay;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-w", "--workspace"},
      scope = ScopeType.INHERIT,
      defaultValue = "assay.yaml",
      paramLabel = "FILE",
      description = "The workspace file, or its folder (default: ${DEFAULT-VALUE}).")
  private Path workspace;

  @Override
  public void run() {
    spec.commandLine().usage(assay.console().out());
  }

  Path folder() {
    return WorkspaceOption.folder(workspace);
  }

  private Ledger open() {
    return SqliteLedger.open(folder(), SqliteLedger.Mode.READ_ONLY);
  }

  Console console() {
    return assay.console();
  }

  /** Lists runs. */
  @Command(
      name = "list",
      description = "Lists the runs, the newest first.",
      mixinStandardHelpOptions = true)
  static final class ListRuns implements Callable<Integer> {

    @ParentCommand private LedgerCommand ledger;

    @Option(
        names = {"-n", "--limit"},
        defaultValue = "20",
        description = "How many at the most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--monitors", description = "What monitors found, too.")
    private boolean monitors;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
      try (Ledger open = ledger.open()) {
        List<RunSummary> runs =
            open.runs(Math.max(1, limit), run -> monitors || run.monitor() == null);
        PrintStream out = ledger.console().out();
        if (json) {
          out.println(JsonWriter.pretty(Json.array(runs.stream().map(ListRuns::json).toList())));
        } else if (runs.isEmpty()) {
          out.println("no run yet; `assay run` makes the first");
        } else {
          out.printf(
              "%-22s %-13s %-19s %9s  %-12s %s%n",
              "run", "decision", "began", "took", "environment", "commit");
          runs.forEach(run -> line(out, run));
        }
      }
      return ExitCode.PASS.code();
    }

    private static void line(PrintStream out, RunSummary run) {
      Instant closed = run.closed();
      String commit = run.subject().commit();
      out.printf(
          "%-22s %-13s %-19s %9s  %-12s %s%n",
          run.id(),
          closed == null
                  || run.ending() == LedgerEntry.Ending.BROKEN
                      && run.decision() == dev.assay.api.verdict.Decision.NOT_RUN
              ? "interrupted"
              : run.decision().word(),
          MOMENT.format(run.opened().atZone(ZoneId.systemDefault())),
          closed == null
              ? "-"
              : dev.assay.api.value.Unit.NANOSECONDS.format(
                  Duration.between(run.opened(), closed).toNanos()),
          run.subject().environment(),
          commit == null
              ? "-"
              : commit.substring(0, Math.min(10, commit.length()))
                  + (run.subject().dirty() ? " with changes" : ""));
    }

    private static Json json(RunSummary run) {
      Instant closed = run.closed();
      LedgerEntry.Ending ending = run.ending();
      return Json.object()
          .put("id", run.id())
          .put("workspace", run.workspace())
          .put("digest", run.digest())
          .put("subject", LedgerCodec.encode(run.subject()))
          .put("opened", run.opened().toString())
          .putIfPresent("closed", closed == null ? null : closed.toString())
          .put("decision", run.decision().name())
          .putIfPresent("ending", ending == null ? null : ending.name())
          .put("entries", run.entries())
          .put("labels", Json.texts(run.labels()))
          .build();
    }
  }

  /** Shows entries. */
  @Command(
      name = "show",
      description = "Shows every entry of a run, one line each, with the chain's hash.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {

    @ParentCommand private LedgerCommand ledger;

    @Parameters(
        arity = "0..1",
        defaultValue = "latest",
        paramLabel = "RUN",
        description = "The run (default: ${DEFAULT-VALUE}).")
    private String run;

    @Option(names = "--json", description = "As JSON lines, whole.")
    private boolean json;

    @Override
    public Integer call() {
      try (Ledger open = ledger.open()) {
        PrintStream out = ledger.console().out();
        open.read(Runs.find(open, run).id(), stored -> print(out, stored));
      }
      return ExitCode.PASS.code();
    }

    private void print(PrintStream out, Ledger.Stored stored) {
      Json.Obj entry = LedgerCodec.encode(stored.entry());
      if (json) {
        out.println(
            JsonWriter.canonical(
                Json.object()
                    .put("sequence", stored.sequence())
                    .put("hash", stored.hash())
                    .put("entry", entry)
                    .build()));
      } else {
        String text = JsonWriter.canonical(entry);
        out.printf(
            "%6d  %s  %-14s  %s%n",
            stored.sequence(),
            stored.hash().substring(0, 12),
            entry.text("entry"),
            text.length() > 160 ? text.substring(0, 159) + "…" : text);
      }
    }
  }

  /** Verifies. */
  @Command(
      name = "verify",
      description = "Reads everything that was written and finds what was changed since.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {

    @ParentCommand private LedgerCommand ledger;

    @Option(
        names = "--head",
        paramLabel = "HASH",
        description = "Also fail unless this hash, noted earlier, is in the chain.")
    private @Nullable String head;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
      Console console = ledger.console();
      Verification result = LedgerVerification.verify(ledger.folder());
      List<String> damages = new ArrayList<>(result.damages());
      String noted = head;
      if (noted != null && damages.isEmpty() && !contains(noted)) {
        damages.add("the hash " + noted + " is not in the chain: the ledger was replaced or cut");
      }
      if (json) {
        console
            .out()
            .println(
                JsonWriter.pretty(
                    Json.object()
                        .put("sound", damages.isEmpty())
                        .put("entries", result.entries())
                        .put("artifacts", result.artifacts())
                        .put("head", result.head())
                        .put("damages", Json.array(damages.stream().map(Json::of).toList()))
                        .build()));
      } else if (damages.isEmpty()) {
        console
            .out()
            .printf(
                "sound: %d entries, %d artifacts, head %s%n",
                result.entries(), result.artifacts(), result.head());
      }
      if (damages.isEmpty()) {
        return ExitCode.PASS.code();
      }
      List<Problem> problems =
          damages.stream()
              .map(damage ->
                  CliProblems.DAMAGED.at(
                      Where.named(ledger.folder().toString()),
                      damage,
                      "restore .assay from a backup, or move it away and keep it for whoever looks into it"))
              .toList();
      return CommandLineRunner.show(console, false, problems);
    }

    private boolean contains(String hash) {
      boolean[] found = new boolean[1];
      try (Ledger open = ledger.open()) {
        for (RunSummary run : open.runs(Integer.MAX_VALUE)) {
          open.read(run.id(), stored -> found[0] |= stored.hash().startsWith(hash));
        }
      }
      return found[0];
    }
  }

  /** Exports. */
  @Command(
      name = "export",
      description =
          "Prints a run, or all of them, as JSON lines: sequence, hash, run and canonical entry.",
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {

    @ParentCommand private LedgerCommand ledger;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run (default: all).")
    private @Nullable String run;

    @Override
    public Integer call() {
      try (Ledger open = ledger.open()) {
        String one = run;
        List<RunSummary> runs =
            one == null ? open.runs(Integer.MAX_VALUE).reversed() : List.of(Runs.find(open, one));
        PrintStream out = ledger.console().out();
        for (RunSummary summary : runs) {
          open.read(
              summary.id(),
              stored ->
                  out.println(
                      JsonWriter.canonical(
                          Json.object()
                              .put("sequence", stored.sequence())
                              .put("hash", stored.hash())
                              .put("run", summary.id())
                              .put("entry", LedgerCodec.encode(stored.entry()))
                              .build())));
        }
      }
      return ExitCode.PASS.code();
    }
  }
}
