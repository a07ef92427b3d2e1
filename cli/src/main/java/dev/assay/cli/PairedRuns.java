package dev.assay.cli;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.SystemClock;
import dev.assay.core.compare.BaselineChoice;
import dev.assay.core.compare.ComparedMetric;
import dev.assay.core.compare.ComparedRuns;
import dev.assay.core.compare.RunsComparison;
import dev.assay.core.compare.SameCode;
import dev.assay.core.compare.Trend;
import dev.assay.core.compare.Trends;
import dev.assay.core.report.RunListener;
import dev.assay.core.report.Words;
import dev.assay.core.run.FileUndoJournal;
import dev.assay.core.run.Mender;
import dev.assay.core.run.RunOptions;
import dev.assay.core.run.RunResult;
import dev.assay.core.run.Runner;
import dev.assay.core.run.Worktree;
import dev.assay.stats.compare.Comparison.Answer;
import dev.assay.stats.compare.LevelComparison;
import dev.assay.store.SqliteLedger;
import dev.assay.store.WorkspaceLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a baseline and the working tree in turn, B C B C …, until it is decided whether the tree is
 * worse. Each is a run in the ledger, labelled as a part of this comparison. Looking again and
 * again would find something some time, so each look has its part of the accepted error only. What
 * is called worse has to come again in fresh pairs.
 */
final class PairedRuns {

  /** The error that a confirmation may make: it is asked about what was already seen once. */
  private static final double CONFIRMING_ERROR = 0.1;

  private static final int MOST_RUNS = 400;
  private static final long MOST_ENTRIES = 500_000;

  private final AssayCommand assay;
  private final Console console;
  private final Clock clock = new SystemClock();
  private final Path file;
  private final Path folder;
  private final PairOptions asked;
  private final Set<String> checks;
  private final RunsComparison.Wanted wanted;
  private final List<RunSummary> baseline = new ArrayList<>();
  private final List<RunSummary> candidate = new ArrayList<>();
  private @Nullable StayUntilDone stay;

  /** Shows what came out; gives the exit code. */
  interface Show {
    int show(ComparedRuns compared, List<String> told);
  }

  /** Everything that one run of a pair needs. */
  private record Session(
      SqliteLedger ledger, Plan before, Plan after, NewRun begin, Map<String, String> labels) {}

  PairedRuns(
      AssayCommand assay,
      Path workspace,
      PairOptions asked,
      Set<String> checks,
      RunsComparison.Wanted wanted) {
    this.assay = assay;
    this.console = assay.console();
    this.file = WorkspaceOption.file(workspace);
    this.folder = WorkspaceOption.folder(workspace);
    this.asked = asked;
    this.checks = checks;
    this.wanted = wanted;
  }

  int carryOut(Show show) {
    int[] looks = asked.looks();
    Plan plan = assay.rooms().parser(console.environment()).parse(file);
    NewRun begin = NewRun.draw(clock, asked.seed);
    try (StayUntilDone staying = StayUntilDone.begin();
        WorkspaceLock _ = WorkspaceLock.acquire(folder, "compare " + begin.id())) {
      Mender.Result mended = new Mender(folder, clock, assay.rooms().undoActions()).mend();
      mended.mended().forEach(line -> say("mended after an interrupted run: " + line));
      if (!mended.problems().isEmpty()) {
        throw new ProblemException(mended.problems());
      }
      try (SqliteLedger ledger = SqliteLedger.open(folder, SqliteLedger.Mode.READ_WRITE)) {
        RunCommand.closeInterrupted(ledger, clock);
        stay = staying;
        return beside(show, looks, plan, begin, ledger);
      }
    }
  }

  private int beside(Show show, int[] looks, Plan plan, NewRun begin, SqliteLedger ledger) {
    String against = asked.against;
    if (against == null) {
      prepare(plan.folder());
      Map<String, String> labels = Map.of(BaselineChoice.PAIR, begin.id(), SameCode.LABEL, "same");
      return pairs(show, looks, new Session(ledger, plan, plan, begin, labels));
    }
    try (ScratchFolder scratch = ScratchFolder.create("assay-baseline-");
        FileUndoJournal journal = FileUndoJournal.open(folder, begin.id(), clock, List.of());
        Worktree tree =
            Worktree.add(plan.folder(), against, scratch.path().resolve("tree"), journal)) {
      say("baseline: commit " + Words.brief(tree.commit()) + " in " + tree.workspace());
      Plan before = sameChecks(plan, tree);
      prepare(tree.workspace());
      prepare(plan.folder());
      Map<String, String> labels = Map.of(BaselineChoice.PAIR, begin.id(), "against", against);
      return pairs(show, looks, new Session(ledger, before, plan, begin, labels));
    }
  }

  /** Both sides are measured by the same checks: those of the working tree. */
  private Plan sameChecks(Plan plan, Worktree tree) {
    Path there = tree.workspace().resolve(plan.file().getFileName());
    try {
      Files.createDirectories(tree.workspace());
      Files.copy(plan.file(), there, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException broken) {
      throw CliProblems.NOT_WRITTEN.failure(
          Where.named(there.toString()),
          "the workspace file cannot be copied to the baseline: " + IoReason.of(broken),
          "leave room on the disk");
    }
    return assay.rooms().parser(console.environment()).parse(there);
  }

  private void prepare(Path where) {
    String command = asked.prepare;
    if (command == null) {
      return;
    }
    say("preparing " + where + ": " + command);
    int code;
    try {
      Process process =
          new ProcessBuilder("sh", "-c", command)
              .directory(where.toFile())
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      try (var lines = process.inputReader()) {
        lines.lines().forEach(line -> say("  " + line));
      }
      code = process.waitFor();
    } catch (IOException | UncheckedIOException broken) {
      throw prepareFailed(where, String.valueOf(broken.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw prepareFailed(where, "it was interrupted");
    }
    if (code != 0) {
      throw prepareFailed(where, "it ended with code " + code);
    }
  }

  private ProblemException prepareFailed(Path where, String why) {
    return CliProblems.NOT_PREPARED.failure(
        Where.named(where.toString()),
        "'" + asked.prepare + "' failed: " + why,
        "correct the command, or the commit");
  }

  private int pairs(Show show, int[] looks, Session session) {
    RunsComparison.Wanted strict = wanted.withError(LevelComparison.ERROR / looks.length);
    ComparedRuns compared = null;
    for (int look : looks) {
      while (baseline.size() < look) {
        if (!pair(session)) {
          return ExitCode.INTERRUPTED.code();
        }
      }
      compared = compare(session, strict, baseline, candidate);
      say("after " + look + " pairs: " + ComparedRuns.word(compared.answer()));
      if (compared.answer() != Answer.INCONCLUSIVE) {
        break;
      }
    }
    ComparedRuns decided = Objects.requireNonNull(compared, "there is a look");
    List<String> told = new ArrayList<>();
    boolean alarm = !decided.of(Answer.WORSE).isEmpty();
    if (alarm && asked.confirm > 0 && !asked.same) {
      decided = confirmed(session, strict, decided, told);
      if (decided == null) {
        return ExitCode.INTERRUPTED.code();
      }
    }
    if (asked.same) {
      told.addAll(rates(session, decided));
    }
    return show.show(decided, told);
  }

  /** How often each check called the same code different, so far. */
  private List<String> rates(Session session, ComparedRuns compared) {
    Map<String, List<Trend>> trends =
        new Trends(session.ledger, check -> assay.rooms().metrics().of(check.type()))
                .read(
                    new Trends.Range(
                        run -> run.labels().containsKey(SameCode.LABEL), MOST_RUNS, MOST_ENTRIES),
                    (_, key, metric) ->
                        key.step() == null
                            && metric.better() != Metric.Better.NEITHER
                            && RunsComparison.Wanted.main(key))
                .stream()
                .collect(Collectors.groupingBy(Trend::check));
    return compared.checks().stream()
        .filter(trends::containsKey)
        .map(
            check -> check + ": " + SameCode.rate(trends.getOrDefault(check, List.of())).sentence())
        .toList();
  }

  /** Whether what is worse comes again; null where it was stopped. */
  private @Nullable ComparedRuns confirmed(
      Session session, RunsComparison.Wanted strict, ComparedRuns first, List<String> told) {
    int before = baseline.size();
    say("confirming by " + asked.confirm + " fresh pairs");
    for (int i = 0; i < asked.confirm; i++) {
      if (!pair(session)) {
        return null;
      }
    }
    List<ComparedMetric> again =
        compare(
                session,
                onlyWorse(first),
                baseline.subList(before, baseline.size()),
                candidate.subList(before, candidate.size()))
            .of(Answer.WORSE);
    Set<String> confirmed =
        again.stream()
            .map(metric -> metric.check() + " " + metric.key().text())
            .collect(Collectors.toSet());
    ComparedRuns all = compare(session, strict, baseline, candidate);
    List<ComparedMetric> metrics = new ArrayList<>();
    for (ComparedMetric metric : all.metrics()) {
      boolean lost =
          metric.answer() == Answer.WORSE
              && !confirmed.contains(metric.check() + " " + metric.key().text());
      metrics.add(lost ? metric.undecided() : metric);
      if (lost) {
        told.add(
            metric.key().text()
                + " of "
                + metric.check()
                + " did not come again in "
                + asked.confirm
                + " fresh pairs, so it is not called worse.");
      }
    }
    if (!confirmed.isEmpty()) {
      told.add("Confirmed by " + asked.confirm + " fresh pairs.");
    }
    return new ComparedRuns(
        all.baseline(),
        all.candidate(),
        all.order(),
        metrics,
        all.tests(),
        all.notes(),
        all.error());
  }

  private RunsComparison.Wanted onlyWorse(ComparedRuns first) {
    return new RunsComparison.Wanted(
        first.of(Answer.WORSE).stream().map(ComparedMetric::check).collect(Collectors.toSet()),
        first.of(Answer.WORSE).stream()
            .map(metric -> metric.key().text())
            .collect(Collectors.toSet()),
        wanted.steps(),
        wanted.all(),
        wanted.by(),
        wanted.points(),
        CONFIRMING_ERROR);
  }

  private ComparedRuns compare(
      Session session,
      RunsComparison.Wanted strictness,
      List<RunSummary> before,
      List<RunSummary> after) {
    return new RunsComparison(session.ledger, assay.rooms().metrics(), strictness)
        .compare(before, after, "BC".repeat(before.size()));
  }

  /** Makes one pair; false where it was stopped. */
  private boolean pair(Session session) {
    StayUntilDone staying = stay;
    return (staying == null || !staying.stopping())
        && one(session, session.before, "B", baseline)
        && one(session, session.after, "C", candidate);
  }

  private boolean one(Session session, Plan plan, String letter, List<RunSummary> side) {
    int number = side.size() + 1;
    NewRun run = NewRun.draw(clock, session.begin.seed() + number);
    Map<String, String> labels = new java.util.HashMap<>(session.labels);
    labels.put(BaselineChoice.PAIR, session.begin.id() + "/" + number + "/" + letter);
    RunListener notes =
        new RunListener() {
          @Override
          public void note(String line) {
            say(line);
          }
        };
    Runner runner =
        new Runner(
            session.ledger,
            notes,
            clock,
            console.environment(),
            assay.rooms().observers(),
            WatchdogCommand.words());
    RunResult result;
    try (StopOnSignal _ = StopOnSignal.watch(runner, notes)) {
      result =
          runner.run(
              plan,
              new RunOptions(
                  asked.environment,
                  checks,
                  run.seed(),
                  Math.max(1, Runtime.getRuntime().availableProcessors()),
                  run.id(),
                  null,
                  AssayCommand.Version.number(),
                  null,
                  labels));
    }
    RunSummary summary = Runs.find(session.ledger, result.run());
    say(
        "pair "
            + number
            + "  "
            + (letter.equals("B") ? "baseline " : "candidate")
            + "  "
            + result.decision().word()
            + "  "
            + Words.took(
                java.time.Duration.between(
                    summary.opened(), Objects.requireNonNullElse(summary.closed(), clock.now())))
            + "  "
            + result.run());
    if (!result.problems().isEmpty()) {
      throw new ProblemException(result.problems());
    }
    side.add(summary);
    return result.ending() == Ending.COMPLETED;
  }

  private void say(String line) {
    console.err().println(line);
  }
}
