package dev.assay.cli;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.UndoJournal;
import dev.assay.core.run.FileUndoJournal;
import dev.assay.core.run.Mender;
import dev.assay.store.StoreProblems;
import dev.assay.store.WorkspaceLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The undo journal of a command that is no run: that of the workspace which the command stands in,
 * or one of its own in a folder for temporary files, where there is no workspace or a run goes on
 * in it. A watchdog undoes its entries when this process dies.
 */
final class CommandJournal implements UndoJournal, AutoCloseable {

  /** The watchdog looks whether this process lives, so nothing has to be renewed. */
  private static final Duration LEASE = Duration.ofDays(365);

  private final Path folder;
  private final @Nullable ScratchFolder scratch;
  private final WorkspaceLock lock;
  private final FileUndoJournal journal;

  private CommandJournal(
      Path folder, @Nullable ScratchFolder scratch, WorkspaceLock lock, FileUndoJournal journal) {
    this.folder = folder;
    this.scratch = scratch;
    this.lock = lock;
    this.journal = journal;
  }

  /**
   * Opens one, after what an earlier process left in it was mended.
   *
   * @param command what the lock says of its holder
   */
  static CommandJournal open(AssayCommand assay, Clock clock, String command) {
    Path here = Path.of("assay.yaml");
    if (Files.exists(here)) {
      Path folder = WorkspaceOption.folder(here);
      try {
        return open(assay, clock, command, folder, null);
      } catch (ProblemException refused) {
        if (refused.problems().stream().noneMatch(one -> one.type().equals(StoreProblems.IN_USE))) {
          throw refused;
        }
      }
    }
    ScratchFolder scratch = ScratchFolder.create("assay-network-");
    try {
      return open(assay, clock, command, scratch.path().resolve(".assay"), scratch);
    } catch (RuntimeException impossible) {
      scratch.close();
      throw impossible;
    }
  }

  private static CommandJournal open(
      AssayCommand assay,
      Clock clock,
      String command,
      Path folder,
      @Nullable ScratchFolder scratch) {
    WorkspaceLock lock = WorkspaceLock.acquire(folder, command);
    try {
      Mender.Result mended = new Mender(folder, clock, assay.rooms().undoActions()).mend();
      mended
          .mended()
          .forEach(line -> assay.console().err().println("mended after a crash: " + line));
      if (!mended.problems().isEmpty()) {
        throw new ProblemException(mended.problems());
      }
      String id = NewRun.draw(clock, null).id();
      return new CommandJournal(
          folder, scratch, lock, FileUndoJournal.open(folder, id, clock, WatchdogCommand.words()));
    } catch (RuntimeException impossible) {
      lock.close();
      throw impossible;
    }
  }

  /** The folder that {@code assay mend} takes. */
  Path workspace() {
    Path parent = folder.getParent();
    return parent == null ? folder : parent;
  }

  /** Whether it is in a folder for temporary files. */
  boolean temporary() {
    return scratch != null;
  }

  @Override
  public Entry before(String kind, Map<String, String> details) {
    return journal.guarded(kind, details, LEASE);
  }

  @Override
  public void close() {
    journal.close();
    lock.close();
    ScratchFolder own = scratch;
    if (own != null) {
      own.close();
    }
  }
}
