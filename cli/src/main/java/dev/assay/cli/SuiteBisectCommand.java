package dev.assay.cli;

import dev.assay.api.evidence.Outcome;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Template;
import dev.assay.core.run.CancellationSource;
import dev.assay.core.run.ProcessLauncher;
import dev.assay.store.MemoryLedger;
import dev.assay.suite.SuiteConfiguration;
import dev.assay.suite.bisect.BisectProblems;
import dev.assay.suite.bisect.Bisection;
import dev.assay.suite.bisect.CommandProbe;
import dev.assay.suite.bisect.ExecutedFirst;
import dev.assay.suite.bisect.Experiment;
import dev.assay.suite.bisect.Lineage;
import dev.assay.suite.bisect.Notes;
import dev.assay.suite.bisect.Result;
import dev.assay.suite.bisect.Suspicion;
import dev.assay.suite.bisect.Worktree;
import dev.assay.suite.bisect.WorktreeUndo;
import dev.assay.suite.cache.Executed;
import dev.assay.suite.failure.Failure;
import dev.assay.suite.failure.FailureAnalysis;
import dev.assay.suite.failure.Histories;
import dev.assay.suite.failure.PastRun;
import dev.assay.suite.failure.TestId;
import dev.assay.suite.flaky.Classification;
import dev.assay.suite.flaky.FlakyClassifier;
import dev.assay.suite.git.Commit;
import dev.assay.suite.git.Git;
import dev.assay.suite.select.SelectedRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Finds the commit that broke a test. */
@Command(
    name = "bisect",
    description = {
      "Finds the commit that broke a test, also one that fails only at times: builds commits in a",
      "worktree of their own and runs the test where that teaches most, until one commit is as",
      "likely as asked for. Interrupted, it goes on with the same command."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay suite bisect OrderTest#total --good v1.4.0",
      "  assay suite bisect test_total --good main~40 --bad main --prepare 'npm ci'",
      "  assay suite bisect total --good v1 --command 'sh check.sh' --carry test/new_test.py",
      "",
      "Exit code 0 where the commit was found, 2 where it was not."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SuiteBisectCommand implements Callable<Integer> {

  private static final int MOST_COMMITS = 10_000;
  private static final int MOST_RUNS = 100;
  private static final int PATIENCE_SECONDS = 60;
  private static final long MOST_OUTCOMES = 300_000;

  @ParentCommand private SuiteCommand suite;

  @Parameters(
      index = "0",
      paramLabel = "TEST",
      description = "Its name, its class, or both: OrderTest#total.")
  private String test;

  @Option(
      names = "--good",
      required = true,
      paramLabel = "COMMIT",
      description = "A commit at which the test passed.")
  private String good;

  @Option(
      names = "--bad",
      defaultValue = "HEAD",
      paramLabel = "COMMIT",
      description = "A later commit at which it fails (default: ${DEFAULT-VALUE}).")
  private String bad;

  @Option(
      names = "--check",
      paramLabel = "NAME",
      description = "The check that the test is of, where several have one of that name.")
  private @Nullable String check;

  @Option(
      names = "--probability",
      defaultValue = "0.95",
      description = "How sure to be, 0.5 to 0.9999 (default: ${DEFAULT-VALUE}).")
  private double probability;

  @Option(
      names = "--command",
      paramLabel = "COMMAND",
      description =
          "What runs the test, in the repository's folder: exit code 0 passes, 125 leaves the"
              + " commit out (default: by the test's last report and the project's files).")
  private @Nullable String command;

  @Option(
      names = "--reports",
      paramLabel = "PATTERN",
      description =
          "Where the command writes reports, such as out/*.xml; the test is looked up in them.")
  private List<String> reports = List.of();

  @Option(
      names = "--prepare",
      paramLabel = "COMMAND",
      description = "What is run before, at every commit; where it fails, the commit is left out.")
  private @Nullable String prepare;

  @Option(
      names = "--carry",
      paramLabel = "FILE",
      description = "A file of the checkout to put into every commit, such as a test that is new.")
  private List<String> carried = List.of();

  @Option(names = "--first-parent", description = "Of merges, search along the first parent only.")
  private boolean firstParent;

  @Option(
      names = "--timeout",
      defaultValue = "30",
      paramLabel = "MINUTES",
      description = "After so many minutes a run is ended (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(
      names = "--most",
      defaultValue = "200",
      paramLabel = "RUNS",
      description = "How often the test is run at the most (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(names = "--fresh", description = "Begin anew, also where a search was interrupted.")
  private boolean fresh;

  @Mixin private WorkspaceOption workspace;

  @Option(names = "--json", description = "What was found as JSON on standard output.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (!(probability >= 0.5 && probability <= 0.9999) || most < 1 || timeout < 1) {
      throw CliProblems.USAGE.failure(
          Where.named("the command line"),
          "--probability is 0.5 to 0.9999, --most and --timeout are 1 or more",
          "give such numbers");
    }
    Path root = workspace.root();
    Git git = repository(root);
    try (Ledger ledger = ledger(root)) {
      return search(git, root, ledger);
    }
  }

  /** The classes that the test was seen to execute, nearest to where it fails. */
  private Set<String> executed(Known known, Commit to, Commit from) {
    Executed executed =
        new Executed(
            SelectedRun.memoryOf(workspace.folder(), known.test().check()).resolve("executed"));
    for (Commit commit : List.of(to, from)) {
      Set<String> seen = executed.get(commit.hash()).getOrDefault(known.test().suite(), Set.of());
      if (!seen.isEmpty()) {
        return seen;
      }
    }
    try {
      return executed.all().getOrDefault(known.test().suite(), Set.of());
    } catch (IOException unreadable) {
      return Set.of();
    }
  }

  private static Git repository(Path root) {
    return Git.at(root)
        .orElseThrow(() ->
            BisectProblems.RANGE.failure(
                Where.named(root.toString()),
                "there is no git repository",
                "name a workspace in a repository with --workspace"));
  }

  /** That of the workspace; without one, nothing is known of the past. */
  private Ledger ledger(Path root) {
    return Files.exists(workspace.folder())
        ? workspace.ledger()
        : new MemoryLedger(root.resolve(".assay"));
  }

  private int search(Git git, Path root, Ledger ledger) throws InterruptedException {
    Commit from = commit(git, "--good", good);
    Commit to = commit(git, "--bad", bad);
    List<Commit> commits = git.between(from.hash(), to.hash(), firstParent, MOST_COMMITS);
    if (!git.ancestor(from.hash(), to.hash()) || commits.isEmpty()) {
      throw BisectProblems.RANGE.failure(
          Where.named(good + ".." + bad),
          commits.isEmpty()
              ? "there is no commit between the two"
              : "'" + good + "' did not come before '" + bad + "'",
          "give a commit that came before as --good");
    }
    List<PastRun> past = PastRun.newest(ledger, null, MOST_RUNS, MOST_OUTCOMES);
    FailureAnalysis analysis = new FailureAnalysis(ledger, root);
    Known known = Known.of(past, test, check, analysis);
    Experiment experiment = experiment(git, root, known, analysis);
    Lineage lineage = firstParent ? Lineage.straight(commits) : Lineage.of(commits);
    Suspicion suspicion =
        new Suspicion(
            lineage,
            ExecutedFirst.weights(
                analysis.weights(commits, known.failure()), commits, executed(known, to, from)),
            known.flaking());
    Clock clock = new SystemClock();
    Notes notes =
        Notes.open(workspace.folder().resolve("bisect"), identity(experiment, known), fresh);
    Console console = suite.console();
    console.err().println(begin(known, experiment, commits.size()));
    CancellationSource stop = new CancellationSource();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(stop, ended), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (CommandJournal journal = CommandJournal.open(suite.assay(), clock, "suite bisect");
        ScratchFolder scratch = ScratchFolder.create(WorktreeUndo.AROUND);
        Worktree worktree =
            Worktree.open(git, scratch.path().resolve("tree"), to.hash(), carried, journal);
        ProcessLauncher processes = new ProcessLauncher(journal, clock, console.environment())) {
      Path output = workspace.folder().resolve("bisect").resolve("output.log");
      CommandProbe probe =
          new CommandProbe(
              processes,
              worktree,
              experiment,
              known.test(),
              output,
              Duration.ofMinutes(timeout),
              stop);
      Bisection bisection = new Bisection(from, lineage, suspicion, probe, notes, clock);
      known.results(past).forEach(one -> bisection.know(one.commit(), one.result()));
      Bisection.Conclusion found = bisection.search(probability, most, new Steps(console.err()));
      show(console, git, found, known);
      return (found.ending() == Bisection.Ending.FOUND ? ExitCode.PASS : ExitCode.UNDECIDED).code();
    } catch (CancelledException stopped) {
      console.err().println("stopped; the same command goes on from here");
      return ExitCode.INTERRUPTED.code();
    } finally {
      ended.countDown();
      if (!stop.requested()) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }

  /** Ends the run in order when this process is asked to end, and waits for that. */
  private static void stop(CancellationSource stop, CountDownLatch ended) {
    stop.request();
    try {
      boolean done = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!done) {
        Thread.currentThread().interrupt(); // then the watchdog removes what is left
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Commit commit(Git git, String option, String written) {
    return git.resolve(written)
        .flatMap(git::commit)
        .orElseThrow(() ->
            BisectProblems.RANGE.failure(
                Where.named(option),
                "there is no commit '" + written + "'",
                git.shallow()
                    ? "this clone was cut: get the rest with `git fetch --unshallow`"
                    : "give a hash, a tag or a branch of this repository"));
  }

  /** What a search must have in common with another one to use its results. */
  private List<String> identity(Experiment experiment, Known known) {
    List<String> words = new ArrayList<>(List.of(known.test().suite(), known.test().name()));
    words.addAll(experiment.command());
    words.add(experiment.folder());
    words.add(String.valueOf(experiment.prepare()));
    words.addAll(experiment.reports());
    words.addAll(carried);
    return words;
  }

  private Experiment experiment(Git git, Path root, Known known, FailureAnalysis analysis) {
    List<String> before = prepare == null ? null : words(prepare);
    String given = command;
    if (given != null) {
      return new Experiment(before, words(given), "", reports);
    }
    Outcome outcome = known.outcome();
    Optional<Experiment> found =
        outcome == null
            ? Optional.empty()
            : analysis.command(known.test(), outcome).map(Experiment::of);
    Experiment chosen = found.or(() -> ofCheck(git, root, known)).orElse(null);
    if (chosen == null) {
      throw BisectProblems.COMMAND.failure(
          Where.named(known.test().text()),
          outcome == null
              ? "no run of the ledger has such a test"
              : "the project's files do not say how it is run alone",
          "say it with --command, and with --reports where it writes them");
    }
    return new Experiment(
        before == null ? chosen.prepare() : before,
        chosen.command(),
        chosen.folder(),
        reports.isEmpty() ? chosen.reports() : reports);
  }

  /** The whole suite, as the check runs it, where it needs nothing that only a run has. */
  private Optional<Experiment> ofCheck(Git git, Path root, Known known) {
    Path file = workspace.file();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    for (CheckPlan<?> planned :
        suite.assay().rooms().parser(suite.console().environment()).parse(file).checks()) {
      boolean meant = planned.id().equals(known.test().check());
      if (meant && planned.configuration() instanceof SuiteConfiguration configuration) {
        CommandLine line = configuration.command();
        List<Template> patterns = configuration.reports();
        boolean plain =
            line != null
                && line.words().stream().allMatch(word -> word.names().isEmpty())
                && patterns.stream().allMatch(word -> word.names().isEmpty());
        Template inside = configuration.folder();
        if (plain && line != null && (inside == null || inside.names().isEmpty())) {
          Path folder = root.resolve(inside == null ? "." : inside.toString()).normalize();
          String relative = git.root().relativize(real(folder)).toString();
          String prefix = relative.isEmpty() ? "" : relative + "/";
          return Optional.of(
              new Experiment(
                  null,
                  line.words().stream().map(Template::toString).toList(),
                  relative,
                  patterns.stream().map(pattern -> prefix + pattern).toList()));
        }
      }
    }
    return Optional.empty();
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (java.io.IOException missing) {
      return folder;
    }
  }

  private static List<String> words(String line) {
    return CommandLine.parse(line).words().stream().map(Template::toString).toList();
  }

  private static String begin(Known known, Experiment experiment, int commits) {
    String flaking =
        known.flaking() < 0.001
            ? ""
            : String.format(
                Locale.ROOT,
                "; by its past it fails by chance %.1f %% of the time",
                known.flaking() * 100);
    return "bisecting "
        + known.test().text()
        + " over "
        + commits
        + (commits == 1 ? " commit" : " commits")
        + flaking
        + "\nwith "
        + String.join(" ", experiment.command());
  }

  /**
   * What is known of the test.
   *
   * @param test which
   * @param outcome its newest failure, else its newest outcome that the ledger kept; null for none
   * @param failure what it failed with; null where it did not
   * @param flaking how often it fails by chance
   */
  private record Known(
      TestId test, @Nullable Outcome outcome, @Nullable Failure failure, double flaking) {

    record Past(String commit, Result result) {}

    static Known of(
        List<PastRun> past, String written, @Nullable String check, FailureAnalysis analysis) {
      List<TestId> meant =
          past.reversed().stream()
              .flatMap(run -> run.tests().keySet().stream())
              .filter(id -> id.meant(written) && (check == null || id.check().equals(check)))
              .distinct()
              .toList();
      if (meant.size() > 1) {
        throw CliProblems.NO_TEST.failure(
            Where.named("TEST"),
            "'"
                + written
                + "' may mean "
                + String.join(
                    ", ",
                    meant.stream().limit(5).map(id -> id.check() + ": " + id.text()).toList()),
            "name one with its class, as CLASS#NAME, and with --check");
      }
      if (meant.isEmpty()) {
        int at = written.lastIndexOf('#');
        TestId id =
            new TestId(
                Objects.requireNonNullElse(check, ""),
                at < 0 ? "" : written.substring(0, at),
                written.substring(at + 1));
        return new Known(id, null, null, 0);
      }
      TestId id = meant.getFirst();
      Outcome failed = null;
      for (PastRun run : past) {
        PastRun.Seen seen = run.tests().get(id);
        failed = seen == null || seen.outcome() == null ? failed : seen.outcome();
      }
      Classification classified = FlakyClassifier.classify(Histories.of(id, past));
      boolean chance = classified.state() != Classification.State.BROKEN;
      return new Known(
          id,
          failed,
          failed == null ? null : analysis.failureOf(failed),
          chance ? classified.nondeterministic() * classified.failingRate() : 0);
    }

    /** What the ledger knows of it at clean commits. */
    List<Past> results(List<PastRun> past) {
      List<Past> results = new ArrayList<>();
      for (PastRun run : past) {
        PastRun.Seen seen = run.tests().get(test);
        String commit = run.commit();
        if (seen != null && commit != null) {
          seen.results().stream()
              .filter(one -> one != dev.assay.api.evidence.Attempt.Result.SKIPPED)
              .forEach(
                  one -> results.add(new Past(commit, one.failure() ? Result.FAIL : Result.PASS)));
        }
      }
      return results;
    }
  }

  /** Prints each step. */
  private record Steps(PrintStream err) implements Bisection.Listener {

    @Override
    public void begins(int number, Commit commit) {
      // the end of a run says what it was; a build that takes long is seen by the log
    }

    @Override
    public void ended(
        int number, Commit commit, Result result, int left, Commit likeliest, double share) {
      String word =
          switch (result) {
            case PASS -> "✔ passes  ";
            case FAIL -> "✘ fails   ";
            case UNBUILDABLE -> "– no build";
            case MISSING -> "– no test ";
          };
      err.printf(
          Locale.ROOT,
          "[%2d] %s  %s “%s”; %d left, %s is %.0f %%%n",
          number,
          word,
          commit.brief(),
          commit.subject(),
          left,
          likeliest.brief(),
          share * 100);
    }
  }

  // ---- the end

  private void show(Console console, Git git, Bisection.Conclusion found, Known known) {
    if (json) {
      console.out().println(JsonWriter.pretty(json(found, known)));
      return;
    }
    PrintStream out = console.out();
    String spent =
        found.runs()
            + (found.runs() == 1 ? " run" : " runs")
            + (found.reused() > 0 ? ", " + found.reused() + " known before" : "")
            + (found.skipped() > 0 ? ", " + found.skipped() + " left out" : "");
    String sure = String.format(Locale.ROOT, "%.1f %%", Math.min(99.9, found.probability() * 100));
    switch (found.ending()) {
      case FOUND -> {
        Commit commit = found.candidates().getFirst().commit();
        out.println(
            commit.hash() + " broke " + known.test().text() + " (" + sure + ", " + spent + ")");
        out.println("  “" + commit.subject() + "”");
        out.println("  by " + commit.author() + " <" + commit.email() + "> at " + commit.date());
        out.println("  " + git.statistics(commit.hash()));
        if (found.brokenRate() < 0.97) {
          out.printf(
              Locale.ROOT,
              "  since then it fails about %.0f %% of the time, before about %.1f %%%n",
              found.brokenRate() * 100,
              found.chanceRate() * 100);
        }
      }
      case AMONG, SPENT -> {
        out.println(
            (found.ending() == Bisection.Ending.AMONG
                    ? "one of these broke "
                    : "not found in as many runs as are allowed; likeliest for ")
                + known.test().text()
                + " ("
                + sure
                + " together, "
                + spent
                + ")");
        for (Bisection.Candidate candidate : found.candidates()) {
          out.printf(
              Locale.ROOT,
              "  %s %5.1f %%  “%s” by %s%s%n",
              candidate.commit().brief(),
              candidate.probability() * 100,
              candidate.commit().subject(),
              candidate.commit().author(),
              candidate.built() ? "" : " (cannot be built)");
        }
      }
      case GOOD_FAILS ->
          out.println(
              "it fails at "
                  + good
                  + " already ("
                  + sure
                  + ", "
                  + spent
                  + "); give an earlier commit as --good");
      case BAD_PASSES ->
          out.println(
              "it does not fail at "
                  + bad
                  + " ("
                  + sure
                  + ", "
                  + spent
                  + "); what it failed by is not in the code");
    }
  }

  private static Json json(Bisection.Conclusion found, Known known) {
    return Json.object()
        .put(
            "test",
            Json.object()
                .put("check", known.test().check())
                .put("suite", known.test().suite())
                .put("name", known.test().name())
                .build())
        .put("ending", found.ending().name().toLowerCase(Locale.ROOT))
        .put("probability", found.probability())
        .put("runs", found.runs())
        .put("reused", found.reused())
        .put("skipped", found.skipped())
        .put("chance_rate", found.chanceRate())
        .put("broken_rate", found.brokenRate())
        .put(
            "candidates",
            Json.array(
                found.candidates().stream()
                    .map(candidate ->
                        Json.object()
                            .put("hash", candidate.commit().hash())
                            .put("probability", candidate.probability())
                            .put("built", candidate.built())
                            .put("author", candidate.commit().author())
                            .put("date", candidate.commit().date())
                            .put("subject", candidate.commit().subject())
                            .build())
                    .toList()))
        .build();
  }
}
