package dev.assay.core.run;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Undoes what a crashed run left behind. Must only be called by the holder of the workspace's lock,
 * as it takes every open entry for one of a dead run.
 */
public final class Mender {

  private final Path folder;
  private final Clock clock;

  /**
   * A mender.
   *
   * @param folder the folder .assay
   */
  public Mender(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * What was mended.
   *
   * @param mended one sentence for each
   * @param problems what could not be mended; it stays in the journal
   */
  public record Result(List<String> mended, List<Problem> problems) {}

  /** Undoes every open entry, the newest first; clears the journal when nothing is left. */
  public Result mend() {
    List<String> mended = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    try {
      FileUndoJournal.Content content = FileUndoJournal.read(folder);
      for (int line : content.unreadable()) {
        problems.add(
            RunProblems.JOURNAL_CORRUPT.at(
                Where.named(FileUndoJournal.file(folder) + ":" + line),
                "line " + line + " cannot be read",
                "look at the line, undo what it names by hand, and remove it"));
      }
      for (FileUndoJournal.Open open : content.open()) {
        undo(open, mended, problems);
      }
      if (problems.isEmpty() && Files.exists(FileUndoJournal.file(folder))) {
        clear();
      }
    } catch (IOException broken) {
      problems.add(
          RunProblems.NOT_WRITABLE.at(
              Where.named(folder.toString()),
              "the undo journal cannot be read or cleared: " + broken.getMessage(),
              "make the folder readable and writable"));
    }
    return new Result(List.copyOf(mended), List.copyOf(problems));
  }

  private void clear() throws IOException {
    try (FileChannel channel =
        FileChannel.open(FileUndoJournal.file(folder), StandardOpenOption.WRITE)) {
      channel.truncate(0);
      channel.force(true);
    }
  }

  private void undo(FileUndoJournal.Open open, List<String> mended, List<Problem> problems) {
    switch (open.kind()) {
      case "process" -> undoProcess(open, mended, problems);
      case "delete" -> undoFile(open, mended, problems);
      default ->
          problems.add(
              RunProblems.UNDO_FAILED.at(
                  Where.named("undo " + open.id()),
                  "this version cannot undo '" + open.kind() + "'",
                  "run `assay mend` of the version that made it"));
    }
  }

  private void undoProcess(FileUndoJournal.Open open, List<String> mended, List<Problem> problems) {
    ProcessTree tree = new ProcessTree(0, open.id(), clock);
    Set<Long> members = tree.members();
    if (members.isEmpty()) {
      return;
    }
    Set<Long> survivors = tree.end(Duration.ofSeconds(5));
    String command = open.details().getOrDefault("command", "a process");
    if (survivors.isEmpty()) {
      mended.add(
          "ended "
              + command
              + " ("
              + members.size()
              + (members.size() == 1 ? " process)" : " processes)"));
    } else {
      problems.add(
          RunProblems.STILL_RUNNING.at(
              Where.named(command),
              "processes " + survivors + " could not be ended",
              "end them by hand, then run `assay mend` again"));
    }
  }

  private static void undoFile(
      FileUndoJournal.Open open, List<String> mended, List<Problem> problems) {
    Path path = Path.of(open.details().getOrDefault("path", ""));
    try {
      if (Folders.delete(path)) {
        mended.add("removed " + path);
      }
    } catch (IOException broken) {
      problems.add(
          RunProblems.UNDO_FAILED.at(
              Where.named(path.toString()),
              "it cannot be removed: " + broken.getMessage(),
              "remove it by hand"));
    }
  }
}
