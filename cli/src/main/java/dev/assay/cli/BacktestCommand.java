package dev.assay.cli;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.Where;
import dev.assay.core.compare.Backtest;
import dev.assay.core.compare.BaselineChoice;
import dev.assay.core.parse.IncidentFile;
import dev.assay.core.report.BacktestJson;
import dev.assay.core.report.terminal.BacktestText;
import dev.assay.core.report.terminal.Ink;
import dev.assay.store.SqliteLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tries a policy on the past. */
@Command(
    name = "backtest",
    description = {
      "Judges the runs of the ledger again by other expectations.",
      "Says what they would have stopped and, with the incidents of production, how much of that was",
      "right. POLICY is a workspace file; its checks are found in the runs by their names."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BacktestCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..1",
      defaultValue = "assay.yaml",
      paramLabel = "POLICY",
      description = "The workspace file with the expectations (default: ${DEFAULT-VALUE}).")
  private Path policy;

  @Option(
      names = {"-w", "--workspace"},
      defaultValue = "assay.yaml",
      paramLabel = "FILE",
      description = "The workspace whose ledger it is (default: ${DEFAULT-VALUE}).")
  private Path workspace;

  @Option(
      names = "--incidents",
      paramLabel = "FILE",
      description =
          "A YAML list of incidents: - { at: TIME, commit: HASH, minutes: N, what: TEXT }")
  private @Nullable Path incidents;

  @Mixin private HistoryOptions history;

  @Option(names = "--json", description = "As JSON, with every run.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = assay.console();
    Plan plan = assay.rooms().parser(console.environment()).parse(WorkspaceOption.file(policy));
    Path file = incidents;
    List<IncidentFile.Incident> known = file == null ? List.of() : IncidentFile.read(file);
    try (SqliteLedger ledger =
        SqliteLedger.open(WorkspaceOption.folder(workspace), SqliteLedger.Mode.READ_ONLY)) {
      List<RunSummary> runs = runs(ledger);
      Backtest.Result result =
          new Backtest(plan, assay.rooms().observers()).replay(ledger, runs, known);
      if (result.releases().isEmpty()) {
        throw CliProblems.NO_HISTORY.failure(
            Where.named("the ledger"),
            "none of " + runs.size() + " runs had a check of '" + policy + "'",
            "name a policy whose checks are called as they were in the runs");
      }
      if (json) {
        console.out().println(JsonWriter.pretty(BacktestJson.json(result)));
      } else {
        Ink ink = console.terminal() ? console.ink() : Ink.PLAIN;
        console.out().print(new BacktestText(ink, console.width()).render(result));
      }
    }
    return ExitCode.PASS.code();
  }

  private List<RunSummary> runs(SqliteLedger ledger) {
    Predicate<RunSummary> like = history.like(() -> Runs.find(ledger, "last"));
    return ledger
        .runs(
            history.limit(),
            run ->
                run.closed() != null
                    && !run.labels().containsKey(BaselineChoice.PAIR)
                    && like.test(run))
        .reversed();
  }
}
