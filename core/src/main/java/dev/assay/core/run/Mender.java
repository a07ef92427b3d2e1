package dev.assay.core.run;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.UndoAction;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Undoes what a crashed run left behind. Must only be called by the holder of the workspace's lock,
 * as it takes every open entry for one of a dead run.
 */
public final class Mender {

  private final Path folder;
  private final Clock clock;
  private final Map<String, UndoAction> actions = new LinkedHashMap<>();

  /**
   * A mender.
   *
   * @param folder the folder .assay
   * @param actions how capabilities undo what they wrote into the journal
   */
  public Mender(Path folder, Clock clock, List<UndoAction> actions) {
    this.folder = folder;
    this.clock = clock;
    actions.forEach(action -> this.actions.put(action.kind(), action));
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
      Files.deleteIfExists(folder.resolve(Watchdog.ABORT));
      JournalFile.Content content = JournalFile.read(folder);
      for (int line : content.unreadable()) {
        problems.add(
            RunProblems.JOURNAL_CORRUPT.at(
                Where.named(JournalFile.in(folder) + ":" + line),
                "line " + line + " cannot be read",
                "look at the line, undo what it names by hand, and remove it"));
      }
      for (JournalFile.Open open : content.open()) {
        undo(open, mended, problems);
      }
      if (problems.isEmpty() && Files.exists(JournalFile.in(folder))) {
        clear();
      }
    } catch (IOException broken) {
      problems.add(
          RunProblems.NOT_WRITABLE.at(
              Where.named(folder.toString()),
              "the undo journal cannot be read or cleared: " + IoReason.of(broken),
              "make the folder readable and writable"));
    }
    return new Result(List.copyOf(mended), List.copyOf(problems));
  }

  /** Undoes one entry, which stays in the journal. */
  Result undo(JournalFile.Open open) {
    List<String> mended = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    undo(open, mended, problems);
    return new Result(List.copyOf(mended), List.copyOf(problems));
  }

  private void clear() throws IOException {
    try (FileChannel channel = FileChannel.open(JournalFile.in(folder), StandardOpenOption.WRITE)) {
      channel.truncate(0);
      channel.force(true);
    }
  }

  private void undo(JournalFile.Open open, List<String> mended, List<Problem> problems) {
    switch (open.kind()) {
      case "process" -> undoProcess(open, mended, problems);
      case "delete" -> undoFile(open, mended, problems);
      default -> undoByAction(open, mended, problems);
    }
  }

  private void undoByAction(JournalFile.Open open, List<String> mended, List<Problem> problems) {
    UndoAction action = actions.get(open.kind());
    if (action == null) {
      problems.add(
          RunProblems.UNDO_FAILED.at(
              Where.named("undo " + open.id()),
              "this version cannot undo '" + open.kind() + "'",
              "run `assay mend` of the version that made it"));
      return;
    }
    try {
      action.undo(open.id(), open.details()).ifPresent(mended::add);
    } catch (ProblemException known) {
      problems.addAll(known.problems());
    } catch (Exception broken) {
      problems.add(
          RunProblems.UNDO_FAILED.at(
              Where.named("undo " + open.id()),
              "'" + open.kind() + "' of " + open.details() + " failed: " + broken.getMessage(),
              "mend it by hand, or run `assay mend` again when it can be mended"));
    }
  }

  private void undoProcess(JournalFile.Open open, List<String> mended, List<Problem> problems) {
    ProcessTree tree = new ProcessTree(0, open.id(), clock);
    Set<Long> members = tree.membersSoon();
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

  private static void undoFile(JournalFile.Open open, List<String> mended, List<Problem> problems) {
    Path path = Path.of(open.details().getOrDefault("path", ""));
    try {
      if (Folders.delete(path)) {
        mended.add("removed " + path);
      }
    } catch (IOException broken) {
      problems.add(
          RunProblems.UNDO_FAILED.at(
              Where.named(path.toString()),
              "it cannot be removed: " + IoReason.of(broken),
              "remove it by hand"));
    }
  }
}
