package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.core.report.Words;
import dev.assay.core.run.Staleness;
import dev.assay.store.SqliteLedger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What is known of this build. */
@Command(
    name = "verdict",
    description = {
      "Says what a run decided, and whether that still holds for what is here: it is stale when the",
      "run was of another commit or workspace file, or is too old. Exit code as of `assay run`."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VerdictCommand implements Callable<Integer> {

  private static final int BRIEF = 10;

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..1",
      defaultValue = "latest",
      paramLabel = "RUN",
      description = "The run (default: ${DEFAULT-VALUE}).")
  private String run;

  @Mixin private WorkspaceOption workspace;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      description = "How old it may be: 24h, 7d (default: any age).")
  private @Nullable String within;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = assay.console();
    Plan plan = assay.rooms().parser(console.environment()).parse(workspace.file());
    try (SqliteLedger ledger = workspace.ledger()) {
      RunSummary found = Runs.find(ledger, run);
      Optional<String> stale =
          Staleness.of(plan.folder(), plan.digest(), new SystemClock().now(), console.environment())
              .why(found, age(within));
      Decision then = found.closed() == null ? Decision.NOT_RUN : found.decision();
      Decision decision = stale.isPresent() ? Decision.STALE : then;
      if (json) {
        console.out().println(JsonWriter.pretty(json(found, decision, then, stale.orElse(null))));
      } else {
        console.out().println(line(found, decision, then, stale.orElse("")));
      }
      Ending ending = Objects.requireNonNullElse(found.ending(), Ending.BROKEN);
      return ExitCode.of(decision, stale.isPresent() ? Ending.COMPLETED : ending, List.of()).code();
    }
  }

  private static String line(RunSummary run, Decision decision, Decision then, String stale) {
    String commit = Objects.requireNonNullElse(run.subject().commit(), "");
    String first =
        Words.glyph(decision)
            + " "
            + decision.word()
            + ": run "
            + run.id()
            + (commit.isEmpty() ? "" : " of " + commit.substring(0, BRIEF))
            + " in "
            + run.subject().environment()
            + ", "
            + Words.moment(run.opened());
    return stale.isEmpty()
        ? first
        : first + "\n  " + stale + " Then it was " + then.word() + ". Run again: assay run";
  }

  private static Json.Obj json(
      RunSummary run, Decision decision, Decision then, @Nullable String stale) {
    return Json.object()
        .put("verdict", decision.name())
        .put("run", run.id())
        .put("decided", then.name())
        .put("environment", run.subject().environment())
        .put("opened", run.opened().toString())
        .putIfPresent("commit", run.subject().commit())
        .putIfPresent("stale", stale)
        .build();
  }

  /** Reads how old something may be. */
  static @Nullable Duration age(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Quantity quantity = Quantity.parse(text);
      if (quantity.unit() == Unit.NANOSECONDS && quantity.value() > 0) {
        return Duration.ofNanos((long) quantity.value());
      }
    } catch (IllegalArgumentException wrong) {
      // said below
    }
    throw CliProblems.USAGE.failure(
        Where.named("--within"), "'" + text + "' is no length of time", "write it like 24h or 7d");
  }
}
