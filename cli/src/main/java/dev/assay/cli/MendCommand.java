package dev.assay.cli;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.SystemClock;
import dev.assay.core.run.Mender;
import dev.assay.core.run.ProcessIdentity;
import dev.assay.core.run.Watchdog;
import dev.assay.store.StoreProblems;
import dev.assay.store.WorkspaceLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Undoes what a crash left. */
@Command(
    name = "mend",
    description = "Undoes what an interrupted run left behind. Every run does so first.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MendCommand implements Callable<Integer> {

  private static final long LARGEST_LOG = 64 << 10;

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..1",
      defaultValue = "assay.yaml",
      paramLabel = "FILE",
      description = "The workspace file, or its folder (default: ${DEFAULT-VALUE}).")
  private Path workspace;

  @Option(
      names = "--abort",
      description =
          "Undo the faults of a run that goes on, now; the run is told, and its experiment fails.")
  private boolean abort;

  /** Given by Assay itself: the process to watch and the folder .assay. */
  @Option(
      names = "--when-gone",
      arity = "2",
      hidden = true,
      paramLabel = "PID:START FOLDER",
      description = "Watch a process, and undo what it left when it is gone.")
  private @Nullable List<String> watched;

  @Override
  public Integer call() {
    List<String> gone = watched;
    if (gone != null) {
      return watch(ProcessIdentity.parse(gone.getFirst()), Path.of(gone.getLast()));
    }
    Console console = assay.console();
    Path folder = WorkspaceOption.folder(workspace);
    if (!Files.isDirectory(folder)) {
      console.out().println("nothing to mend");
      return ExitCode.PASS.code();
    }
    return abort ? abort(console, folder) : mend(console, folder);
  }

  private int mend(Console console, Path folder) {
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, "mend")) {
      Mender.Result result = mender(folder).mend();
      result.mended().forEach(console.out()::println);
      if (!result.problems().isEmpty()) {
        return CommandLineRunner.show(console, false, result.problems());
      }
      if (result.mended().isEmpty()) {
        console.out().println("nothing to mend");
      }
      return ExitCode.PASS.code();
    }
  }

  private Mender mender(Path folder) {
    return new Mender(folder, new SystemClock(), assay.rooms().undoActions());
  }

  /** Asks the watchdog of the run that goes on, if there is one; otherwise mends. */
  private int abort(Console console, Path folder) {
    try {
      return mend(console, folder);
    } catch (ProblemException refused) {
      if (refused.problems().stream().noneMatch(one -> one.type().equals(StoreProblems.IN_USE))) {
        throw refused;
      }
    }
    try {
      Files.writeString(folder.resolve(Watchdog.ABORT), "");
      console.out().println("asked the watchdog to undo all faults now");
      return ExitCode.PASS.code();
    } catch (IOException broken) {
      throw CliProblems.NOT_WRITTEN.failure(
          Where.named(folder.toString()),
          "the request cannot be written: " + IoReason.of(broken),
          "make room, or end the run: the watchdog then undoes its faults");
    }
  }

  private int watch(ProcessIdentity run, Path folder) {
    Console console = assay.console();
    Watchdog watchdog =
        new Watchdog(
            folder,
            run,
            new SystemClock(),
            assay.rooms().undoActions(),
            () -> lock(folder),
            line -> note(folder, line));
    console.out().println("watching");
    watchdog.watch();
    return ExitCode.PASS.code();
  }

  private static Optional<AutoCloseable> lock(Path folder) {
    try {
      return Optional.of(WorkspaceLock.acquire(folder, WorkspaceLock.WATCHDOG));
    } catch (ProblemException inUse) {
      return Optional.empty();
    }
  }

  /** Whoever looks for what the watchdog did finds it in a file beside the journal. */
  private static void note(Path folder, String line) {
    Path log = folder.resolve("watchdog.log");
    try {
      boolean large = Files.exists(log) && Files.size(log) > LARGEST_LOG;
      Files.writeString(
          log,
          new SystemClock().now() + " " + line + "\n",
          StandardOpenOption.CREATE,
          large ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND);
    } catch (IOException diskIsFull) {
      // undoing counts more than telling of it
    }
  }
}
