package dev.assay.cli;

import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.problem.Where;
import dev.assay.core.compare.BaselineChoice;
import dev.assay.core.compare.ComparedRuns;
import dev.assay.core.compare.RunsComparison;
import dev.assay.core.report.ComparisonJson;
import dev.assay.core.report.page.ComparisonPage;
import dev.assay.core.report.terminal.ComparisonText;
import dev.assay.core.report.terminal.Ink;
import dev.assay.core.report.terminal.TerminalReport;
import dev.assay.stats.compare.Comparison.Answer;
import dev.assay.stats.compare.LevelComparison;
import dev.assay.store.SqliteLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says whether a change made anything worse. */
@Command(
    name = "compare",
    description = {
      "Says whether runs are worse than others, by every metric of their checks.",
      "  assay compare last last~1              two stored runs",
      "  assay compare last:5 --baseline main:5 two sets of them",
      "  assay compare --against main           runs both in turn until it is decided",
      "A run is named by its id or its beginning, last, last~3, or a branch; with :N the newest N of",
      "it. Exit code 1 where anything is worse, 2 where it is not decided."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompareCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..*",
      paramLabel = "RUN",
      description =
          "The run, and the run to compare it with; with --baseline the runs of the candidate; with"
              + " --against or --a-a the checks to run (default: last, and the one before).")
  private List<String> names = List.of();

  @Option(
      names = "--baseline",
      arity = "1..*",
      split = ",",
      paramLabel = "RUN",
      description = "The runs to compare with.")
  private List<String> baseline = List.of();

  @ArgGroup(exclusive = false, heading = "%nRunning both in turn:%n")
  private PairOptions pairs = new PairOptions();

  @Mixin private WorkspaceOption workspace;

  @Option(
      names = "--check",
      split = ",",
      paramLabel = "CHECK",
      description = "Compare only these checks of stored runs.")
  private Set<String> checks = Set.of();

  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "METRIC",
      description = "Compare only these, such as latency.p95,errors.")
  private Set<String> metrics = Set.of();

  @Option(names = "--steps", description = "Compare each step and service, too.")
  private boolean steps;

  @Option(
      names = "--all",
      description = "Compare also what says the same as another metric or only explains it.")
  private boolean all;

  @Option(
      names = "--by",
      defaultValue = "5",
      paramLabel = "PERCENT",
      description =
          "What nobody acts on, in per cent (default: ${DEFAULT-VALUE}); three times that for p99.")
  private double by;

  @Option(
      names = "--points",
      defaultValue = "0.5",
      paramLabel = "POINTS",
      description =
          "The same for shares such as errors, in percentage points (default: ${DEFAULT-VALUE}).")
  private double points;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Option(names = "--html", paramLabel = "FILE", description = "Also write a page to this file.")
  private @Nullable Path html;

  @Override
  public Integer call() {
    RunsComparison.Wanted wanted = wanted();
    if (pairs.asked()) {
      if (!baseline.isEmpty()) {
        throw CliProblems.USAGE.failure(
            Where.named("--baseline"),
            "--baseline names stored runs, and --against runs new ones",
            "give one of the two");
      }
      return new PairedRuns(assay, workspace.given(), pairs, new LinkedHashSet<>(names), wanted)
          .carryOut(this::show);
    }
    try (SqliteLedger ledger = workspace.ledger()) {
      List<RunSummary> after = candidates(ledger);
      List<RunSummary> before = baselines(ledger);
      refuseOverlap(before, after);
      ComparedRuns compared =
          new RunsComparison(ledger, assay.rooms().metrics(), wanted)
              .compare(before, after, pairOrder(before, after));
      return show(compared, List.of());
    }
  }

  private RunsComparison.Wanted wanted() {
    if (!(by > 0 && by <= 1000) || !(points > 0 && points <= 100)) {
      throw CliProblems.USAGE.failure(
          Where.named("--by and --points"),
          by + " per cent and " + points + " points are no limits",
          "give numbers above 0");
    }
    return new RunsComparison.Wanted(
        checks, metrics, steps, all, by / 100, points / 100, LevelComparison.ERROR);
  }

  private List<RunSummary> candidates(Ledger ledger) {
    if (baseline.isEmpty()) {
      if (names.size() > 2) {
        throw CliProblems.USAGE.failure(
            Where.named("the command line"),
            names.size() + " runs are given, and it is not said which are the baseline",
            "give them after --baseline");
      }
      return Runs.several(ledger, names.isEmpty() ? "last" : names.getFirst());
    }
    return named(ledger, names.isEmpty() ? List.of("last") : names);
  }

  private List<RunSummary> baselines(Ledger ledger) {
    return baseline.isEmpty()
        ? Runs.several(ledger, names.size() < 2 ? "last~1" : names.getLast())
        : named(ledger, baseline);
  }

  private static List<RunSummary> named(Ledger ledger, List<String> names) {
    Map<String, RunSummary> runs = new LinkedHashMap<>();
    for (String name : names) {
      Runs.several(ledger, name).forEach(run -> runs.put(run.id(), run));
    }
    List<RunSummary> inTime = new ArrayList<>(runs.values());
    inTime.sort(java.util.Comparator.comparing(RunSummary::opened));
    return inTime;
  }

  private static void refuseOverlap(List<RunSummary> before, List<RunSummary> after) {
    for (RunSummary run : after) {
      if (before.stream().anyMatch(other -> other.id().equals(run.id()))) {
        throw CliProblems.USAGE.failure(
            Where.named("the command line"),
            "run " + run.id() + " is on both sides",
            "compare a run with another one, such as last~1");
      }
    }
  }

  /** Runs that were made as pairs of one comparison are still pairs later. */
  private static String pairOrder(List<RunSummary> before, List<RunSummary> after) {
    List<String> pairs =
        java.util.stream.Stream.concat(before.stream(), after.stream())
            .map(run -> run.labels().getOrDefault(BaselineChoice.PAIR, "").replaceAll("/.*", ""))
            .distinct()
            .toList();
    return pairs.size() == 1 && !pairs.getFirst().isEmpty()
        ? RunsComparison.order(before, after)
        : "";
  }

  private int show(ComparedRuns compared, List<String> told) {
    Console console = assay.console();
    List<TerminalReport.Hint> hints = new ArrayList<>();
    Path file = html;
    if (file != null) {
      ReportFiles.write(file, ComparisonPage.write(compared));
      hints.add(new TerminalReport.Hint("page", file.toString()));
    }
    boolean open = compared.answer() == Answer.INCONCLUSIVE || compared.answer() == Answer.WORSE;
    if (open && !pairs.asked()) {
      String commit = compared.baseline().getLast().subject().commit();
      if (commit != null) {
        hints.add(
            new TerminalReport.Hint(
                "decide", "assay compare --against " + commit.substring(0, 10) + " --pairs auto"));
      }
    }
    if (json) {
      console.out().println(JsonWriter.pretty(ComparisonJson.json(compared)));
      told.forEach(console.err()::println);
    } else {
      Ink ink = console.terminal() ? console.ink() : Ink.PLAIN;
      console.out().print(new ComparisonText(ink, console.width()).render(compared, hints));
      told.forEach(line -> console.out().println("  " + line));
    }
    return code(compared.answer()).code();
  }

  private static ExitCode code(Answer answer) {
    return switch (answer) {
      case WORSE -> ExitCode.FAIL;
      case INCONCLUSIVE -> ExitCode.UNDECIDED;
      case BETTER, NOT_WORSE -> ExitCode.PASS;
    };
  }
}
