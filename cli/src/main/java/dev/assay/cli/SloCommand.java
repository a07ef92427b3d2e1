package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.plan.Plan;
import dev.assay.api.spi.SystemClock;
import dev.assay.observe.slo.Budget;
import dev.assay.observe.slo.PrometheusRules;
import dev.assay.observe.slo.Slo;
import dev.assay.observe.slo.SloText;
import dev.assay.store.SqliteLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says how the objectives of a workspace stand. */
@Command(
    name = "slo",
    description = {
      "Says how the service level objectives (OpenSLO) of a workspace stand: budget, burn, forecast.",
      "Exits 1 where a budget is spent, 2 where there is no data."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SloCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..1",
      defaultValue = "assay.yaml",
      paramLabel = "FILE",
      description = "The workspace file, or its folder (default: ${DEFAULT-VALUE}).")
  private Path workspace;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Option(
      names = "--prometheus-rules",
      paramLabel = "FILE",
      description = "Write recording and alerting rules for Prometheus to this file instead.")
  private @Nullable Path rules;

  @Override
  public Integer call() throws InterruptedException {
    Console console = assay.console();
    Path file = WorkspaceOption.file(workspace);
    Plan plan = assay.rooms().parser(console.environment()).parse(file);
    try (SloLedger objectives = SloLedger.of(plan, console.environment())) {
      objectives.needed(file);
      Path out = rules;
      return out == null ? look(console, objectives) : export(console, objectives.slos(), out);
    }
  }

  private int look(Console console, SloLedger objectives) throws InterruptedException {
    List<Budget> budgets;
    try (SqliteLedger ledger =
        SqliteLedger.open(WorkspaceOption.folder(workspace), SqliteLedger.Mode.READ_ONLY)) {
      budgets =
          objectives.look(
              ledger,
              new SystemClock().now(),
              none -> CommandLineRunner.show(console, false, none.problems()));
    }
    if (json) {
      console
          .out()
          .println(
              JsonWriter.pretty(
                  Json.object()
                      .put("slos", Json.array(budgets.stream().map(SloText::json).toList()))
                      .build()));
    } else {
      budgets.forEach(budget -> console.out().print(SloText.text(budget)));
    }
    if (budgets.stream().anyMatch(budget -> budget.state() == Budget.State.MISSED)) {
      return ExitCode.FAIL.code();
    }
    return budgets.stream().anyMatch(budget -> budget.state() == Budget.State.UNKNOWN)
        ? ExitCode.UNDECIDED.code()
        : ExitCode.PASS.code();
  }

  private static int export(Console console, List<Slo> slos, Path out) {
    List<Slo> able = slos.stream().filter(PrometheusRules::can).toList();
    ReportFiles.write(out, PrometheusRules.write(able) + "\n");
    slos.stream()
        .filter(slo -> !able.contains(slo))
        .forEach(slo ->
            console
                .err()
                .println("left out: " + slo.name() + ", whose data is not a ratio in Prometheus"));
    console.err().println("wrote " + out);
    return ExitCode.PASS.code();
  }
}
