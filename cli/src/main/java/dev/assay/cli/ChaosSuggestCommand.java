package dev.assay.cli;

import dev.assay.api.plan.Plan;
import dev.assay.chaos.suggest.ChaosHistory;
import dev.assay.chaos.suggest.Suggestion;
import dev.assay.chaos.suggest.Suggestions;
import dev.assay.store.SqliteLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Suggests the next experiments. */
@Command(
    name = "suggest",
    description =
        "Suggests the next experiments from the workspace and its ledger, as YAML to paste.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ChaosSuggestCommand implements Callable<Integer> {

  @ParentCommand private ChaosCommand chaos;

  @Parameters(
      arity = "0..1",
      defaultValue = "assay.yaml",
      paramLabel = "FILE",
      description = "The workspace file, or its folder (default: ${DEFAULT-VALUE}).")
  private Path workspace;

  @Option(
      names = "--limit",
      defaultValue = "5",
      paramLabel = "N",
      description = "How many at the most (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    Console console = chaos.assay().console();
    Plan plan =
        chaos.assay().rooms().parser(console.environment()).parse(WorkspaceOption.file(workspace));
    List<Suggestion> all = Suggestions.of(plan, history());
    if (all.isEmpty()) {
      console
          .err()
          .println(
              "nothing to suggest: it takes a load or http check for the steady state, and a"
                  + " service or link to break");
      return ExitCode.PASS.code();
    }
    console.out().println("checks:");
    all.stream().limit(Math.max(1, limit)).map(Suggestion::yaml).forEach(console.out()::print);
    return ExitCode.PASS.code();
  }

  private ChaosHistory history() {
    Path folder = WorkspaceOption.folder(workspace);
    if (!Files.isDirectory(folder)) {
      return ChaosHistory.NONE;
    }
    try (SqliteLedger ledger = SqliteLedger.open(folder, SqliteLedger.Mode.READ_ONLY)) {
      return ChaosHistory.read(ledger);
    }
  }
}
