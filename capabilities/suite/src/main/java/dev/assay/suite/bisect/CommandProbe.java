package dev.assay.suite.bisect;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.Processes;
import dev.assay.suite.failure.TestId;
import dev.assay.suite.git.Commit;
import dev.assay.suite.report.ReportListener;
import dev.assay.suite.report.Reports;
import dev.assay.suite.report.TestCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Runs a command in a worktree and looks the test up in its reports. Not thread-safe. */
public final class CommandProbe implements Probe {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int SKIP = 125;

  private final Processes processes;
  private final Worktree worktree;
  private final Experiment experiment;
  private final TestId test;
  private final Path output;
  private final Duration timeout;
  private final Cancellation cancellation;

  /**
   * A probe.
   *
   * @param output the file that the command's output is appended to
   * @param timeout after which a command is ended; the test failed then
   */
  public CommandProbe(
      Processes processes,
      Worktree worktree,
      Experiment experiment,
      TestId test,
      Path output,
      Duration timeout,
      Cancellation cancellation) {
    this.processes = processes;
    this.worktree = worktree;
    this.experiment = experiment;
    this.test = test;
    this.output = output;
    this.timeout = timeout;
    this.cancellation = cancellation;
  }

  @Override
  public Result run(Commit commit) throws InterruptedException {
    worktree.checkOut(commit.hash());
    Path folder = worktree.folder().resolve(experiment.folder());
    if (!Files.isDirectory(folder)) {
      return Result.MISSING;
    }
    try {
      Files.writeString(
          output,
          "==== " + commit.hash() + " " + commit.subject() + "\n",
          java.nio.file.StandardOpenOption.CREATE,
          java.nio.file.StandardOpenOption.APPEND);
      List<String> prepare = experiment.prepare();
      if (prepare != null && exit(prepare, folder) != 0) {
        return Result.UNBUILDABLE;
      }
      int exit = exit(experiment.command(), folder);
      return experiment.reports().isEmpty() ? byExit(exit) : byReports(exit);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Result byExit(int exit) {
    if (exit == 0) {
      return Result.PASS;
    }
    // by git's custom 125 leaves a commit out; 126 and 127 are a shell's for what it cannot run
    return exit == SKIP || exit == 126 || exit == 127 ? Result.UNBUILDABLE : Result.FAIL;
  }

  private Result byReports(int exit) throws IOException {
    if (exit == SKIP) {
      return Result.UNBUILDABLE;
    }
    Sought sought = new Sought(test);
    for (Path report : reports()) {
      try {
        Reports.read(report, report.toString(), sought);
      } catch (ProblemException cut) {
        sought.others = true; // something was written, so it was built; what came before counts
      }
    }
    Attempt.Result found = sought.result;
    if (found == null || found == Attempt.Result.SKIPPED) {
      boolean timedOut = exit == TIMED_OUT;
      return timedOut
          ? Result.FAIL
          : exit == 0 || sought.others ? Result.MISSING : Result.UNBUILDABLE;
    }
    return found.failure() ? Result.FAIL : Result.PASS;
  }

  /** Looks for the test; where it is in several reports, one failure is a failure. */
  private static final class Sought implements ReportListener {
    private final TestId test;
    private Attempt.@Nullable Result result;
    private boolean others;

    Sought(TestId test) {
      this.test = test;
    }

    @Override
    public void testCase(TestCase testCase) {
      boolean same =
          testCase.name().equals(test.name())
              && (testCase.suite().equals(test.suite()) || test.suite().isEmpty());
      Attempt.Result known = result;
      if (same && (known == null || !known.failure())) {
        result = testCase.result();
      }
      others |= !same;
    }
  }

  private List<Path> reports() throws IOException {
    List<PathMatcher> matchers =
        experiment.reports().stream()
            .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
            .toList();
    List<Path> found = new ArrayList<>();
    Path root = worktree.folder();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            return name.equals(".git") || name.equals("node_modules")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path relative = root.relativize(file);
            if (matchers.stream().anyMatch(matcher -> matcher.matches(relative))) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static final int TIMED_OUT = -1;

  /** The exit code of a command; {@link #TIMED_OUT} where it was ended. */
  private int exit(List<String> words, Path folder) throws InterruptedException {
    Processes.Child child =
        processes.start(
            new Processes.Command(words, folder, Map.of("ASSAY_BISECT", "true"), output, GRACE));
    try {
      Duration waited = Duration.ZERO;
      OptionalInt exit = child.await(LOOK);
      while (exit.isEmpty()) {
        if (cancellation.requested()) {
          throw new CancelledException("the bisection was stopped on request");
        }
        waited = waited.plus(LOOK);
        if (waited.compareTo(timeout) > 0) {
          return TIMED_OUT;
        }
        exit = child.await(LOOK);
      }
      return exit.getAsInt();
    } finally {
      child.stop();
    }
  }
}
