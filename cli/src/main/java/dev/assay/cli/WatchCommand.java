package dev.assay.cli;

import dev.assay.api.plan.Plan;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.ChangedFiles;
import dev.assay.core.report.terminal.ProblemText;
import dev.assay.core.watch.Affected;
import dev.assay.core.watch.FolderWatch;
import dev.assay.core.watch.GitIgnored;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs checks again as files change. */
@Command(
    name = "watch",
    description = {
      "Runs the checks once, and again those that a change of files concerns.",
      "What git ignores and what tools write is not taken for a change. Ends with Ctrl-C."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class WatchCommand implements Callable<Integer> {

  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofHours(1);
  private static final int MOST_SHOWN = 3;

  @ParentCommand private AssayCommand assay;

  @Mixin private PlanOptions chosen = new PlanOptions();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "CHECK",
      description = "Watch only for these checks.")
  private List<String> only = List.of();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "How many checks may run at once (default: the number of cores).")
  private @Nullable Integer parallel;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "End after so many runs (default: never).")
  private @Nullable Integer runs;

  @Option(names = "--plain", description = "Plain lines of progress, also on a terminal.")
  private boolean plain;

  private @Nullable Plan plan;
  private int exit;
  private int made;

  @Override
  public Integer call() throws InterruptedException {
    if (runs != null && runs < 1) {
      throw CliProblems.USAGE.failure(
          Where.named("--runs"), "'" + runs + "' is no number above 0", "give 1 or more");
    }
    Path folder = WorkspaceOption.root(chosen.workspace);
    Plan first = parsed();
    try (FolderWatch watch = FolderWatch.of(folder, new GitIgnored(folder))) {
      say("watching " + watch.folders() + " folders; Ctrl-C ends");
      Set<Path> changes = run(watch, checks(first), new ChangedFiles(List.of()));
      while (runs == null || made < runs) {
        if (changes.isEmpty()) {
          changes = watch.await(QUIET, LONG);
        }
        if (!changes.isEmpty()) {
          changes = changed(watch, folder, changes);
        }
      }
      return exit;
    } catch (IOException refused) {
      throw CliProblems.WATCH.failure(
          Where.named(folder.toString()),
          "the folder cannot be watched: " + refused.getMessage(),
          "let the system give more watches, or run `assay run` again by hand");
    }
  }

  /** Runs what a change concerns; gives what changed meanwhile. */
  private Set<Path> changed(FolderWatch watch, Path folder, Set<Path> changes)
      throws InterruptedException {
    say("changed: " + shown(folder, changes));
    Plan before = plan;
    Set<Path> rest = new TreeSet<>(changes);
    Map<String, String> affected = new LinkedHashMap<>();
    if (rest.remove(WorkspaceOption.file(chosen.workspace).toAbsolutePath().normalize())) {
      Plan now = parsed();
      if (now == null) {
        return Set.of();
      }
      affected.putAll(
          before == null ? all(now, "the file can be read now") : Affected.by(before, now));
    }
    Plan current = plan;
    if (current == null) {
      return Set.of();
    }
    Affected.by(current, rest).forEach(affected::putIfAbsent);
    List<String> wanted = checks(current);
    affected.keySet().removeIf(id -> !wanted.contains(id));
    if (affected.isEmpty()) {
      say("that concerns no check that is watched for");
      return Set.of();
    }
    affected.forEach((id, why) -> say("  runs " + id + ": " + why));
    return run(watch, List.copyOf(affected.keySet()), new ChangedFiles(List.copyOf(changes)));
  }

  private static Map<String, String> all(Plan plan, String why) {
    Map<String, String> all = new LinkedHashMap<>();
    plan.checks().forEach(check -> all.put(check.id(), why));
    return all;
  }

  /** The checks that are watched for. */
  private List<String> checks(@Nullable Plan current) {
    if (current == null) {
      return List.of();
    }
    if (only.isEmpty()) {
      return current.checks().stream().map(check -> check.id()).toList();
    }
    List<String> named = new ArrayList<>();
    only.forEach(name -> named.addAll(current.named(name)));
    return named;
  }

  /** The plan as the file says it now; null, and told, where it is wrong. */
  private @Nullable Plan parsed() {
    Console console = assay.console();
    try {
      plan =
          assay.rooms().parser(console.environment()).parse(WorkspaceOption.file(chosen.workspace));
      return plan;
    } catch (ProblemException wrong) {
      console.err().print(new ProblemText(console.ink()).render(wrong.problems()));
      say("waits for the file to be mended");
      return null;
    }
  }

  private Set<Path> run(FolderWatch watch, List<String> checks, ChangedFiles changed)
      throws InterruptedException {
    if (checks.isEmpty()) {
      return Set.of();
    }
    Console console = assay.console();
    try {
      exit =
          RunCommand.watching(
                  assay, chosen.workspace, chosen.environment, checks, parallel, plain, changed)
              .call();
    } catch (ProblemException broken) {
      console.err().print(new ProblemText(console.ink()).render(broken.problems()));
      exit = ExitCode.of(broken.problems()).code();
    }
    made++;
    console.out().flush();
    FolderWatch.DuringRun during = watch.afterRun(QUIET);
    for (Path file : during.ownFiles()) {
      say(
          Affected.shown(WorkspaceOption.root(chosen.workspace), file)
              + " is written by the checks; its changes are not taken for yours any more");
    }
    return during.changes();
  }

  private static String shown(Path folder, Collection<Path> files) {
    List<String> names =
        files.stream().limit(MOST_SHOWN).map(file -> Affected.shown(folder, file)).toList();
    int more = files.size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }

  private void say(String line) {
    assay.console().err().println("watch: " + line);
  }
}
