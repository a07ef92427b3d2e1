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
import dev.assay.core.passport.Ruling;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import dev.assay.core.run.Staleness;
import dev.assay.store.SqliteLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "Says what a run decided, and whether that still holds for what is here: it is stale when"
          + " the",
      "run was of another commit or workspace file, or is too old. Exit code as of `assay run`."
          + " With",
      "--server what people decided there counts, too: a run that did not pass and was overridden",
      "gives 0; with --approved one that passed gives 0 where it was approved, and else 2."
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

  @Mixin private ServerOption server;

  @Option(
      names = "--server-key",
      paramLabel = "FILE",
      description =
          "The server's public key (default: the one that it gave at first, kept in .assay).")
  private @Nullable Path serverKey;

  @Option(
      names = "--approved",
      description = "Where it passed, people of the server must have approved it, too.")
  private boolean approved;

  @Option(
      names = "--to",
      paramLabel = "NAME",
      description = "The environment that the release goes to (default: where the run was).")
  private @Nullable String to;

  @Override
  public Integer call() {
    Console console = assay.console();
    Plan plan = assay.rooms().parser(console.environment()).parse(workspace.file());
    try (SqliteLedger ledger = workspace.ledger();
        ServerProject project = server.project(console.environment())) {
      if (project == null && (approved || serverKey != null || to != null)) {
        throw CliProblems.USAGE.failure(
            Where.named("assay verdict"),
            "--approved, --server-key and --to ask a server, and none is named",
            "give --server http://HOST/projects/NAME");
      }
      Instant now = new SystemClock().now();
      RunSummary found = Runs.find(ledger, run);
      Staleness staleness = Staleness.of(plan.folder(), plan.digest(), now, console.environment());
      Optional<String> stale = staleness.why(found, age(within));
      Decision then = found.closed() == null ? Decision.NOT_RUN : found.decision();
      Decision decision = stale.isPresent() ? Decision.STALE : then;
      if (!json) {
        console.out().println(line(found, decision, then, stale.orElse("")));
      }
      boolean asks = project != null && (approved || decision != Decision.PASS);
      boolean another = staleness.why(found, null).isPresent() || found.closed() == null;
      ReleaseGate gate =
          project == null || !asks || another
              ? null
              : gate(project, ledger, found, decision, now, console);
      show(console, gate, asks && another, json(found, decision, then, stale.orElse(null)));
      if (gate != null) {
        if (gate.reached()) {
          return ExitCode.PASS.code();
        }
        if (decision == Decision.PASS) {
          return ExitCode.UNDECIDED.code();
        }
      }
      Ending ending = Objects.requireNonNullElse(found.ending(), Ending.BROKEN);
      return ExitCode.of(decision, stale.isPresent() ? Ending.COMPLETED : ending, List.of()).code();
    }
  }

  private ReleaseGate gate(
      ServerProject project,
      SqliteLedger ledger,
      RunSummary found,
      Decision decision,
      Instant now,
      Console console) {
    return ReleaseGate.ask(
        project,
        RunReport.read(ledger, found),
        decision == Decision.PASS ? Ruling.Kind.APPROVAL : Ruling.Kind.OVERRIDE,
        Objects.requireNonNullElse(to, found.subject().environment()),
        serverKey,
        workspace.folder(),
        now,
        console);
  }

  /** What people decided, behind the verdict, which stays what it is. */
  private void show(
      Console console, @Nullable ReleaseGate gate, boolean another, Json.Obj verdict) {
    if (!json) {
      if (another) {
        console.out().println("  Nobody decides on a run that is of another build, or not over.");
      } else if (gate != null) {
        gate.lines().forEach(each -> console.out().println("  " + each));
      }
      return;
    }
    if (gate == null) {
      console.out().println(JsonWriter.pretty(verdict));
      return;
    }
    Map<String, Json> members = new LinkedHashMap<>(verdict.members());
    members.put(
        gate.kind().done(),
        Json.object()
            .put("holds", gate.reached())
            .put("people", Json.array(gate.people().stream().map(Json::of).toList()))
            .putIfPresent("until", gate.until() == null ? null : gate.until().toString())
            .put("said", Json.array(gate.lines().stream().map(Json::of).toList()))
            .build());
    console.out().println(JsonWriter.pretty(new Json.Obj(members)));
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
