package dev.assay.suite.bisect;

import dev.assay.api.spi.UndoAction;
import dev.assay.suite.git.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Removes a worktree that a crash left. */
public final class WorktreeUndo implements UndoAction {

  static final String KIND = "suite.worktree";

  /** How the folder for temporary files is called that a worktree is in. */
  public static final String AROUND = "assay-bisect-";

  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** Does no work. */
  public WorktreeUndo() {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) {
    Path repository = Path.of(details.getOrDefault("repository", ""));
    Path folder = Path.of(details.getOrDefault("path", ""));
    if (folder.toString().isEmpty() || !Files.exists(folder)) {
      Git.at(repository).ifPresent(git -> git.run(LONGEST, "worktree", "prune"));
      return Optional.empty();
    }
    if (!Files.isRegularFile(folder.resolve(".git")) && !empty(folder)) {
      return Optional.empty(); // no worktree, so not what was made
    }
    Optional<Git> git = Git.at(repository);
    if (git.isPresent()) {
      remove(git.get(), folder);
    } else {
      delete(folder);
    }
    Path around = folder.getParent();
    if (around != null && around.getFileName().toString().startsWith(AROUND) && empty(around)) {
      delete(around);
    }
    return Optional.of("removed the worktree " + folder);
  }

  private static boolean empty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }

  static void remove(Git git, Path folder) {
    git.run(LONGEST, "worktree", "remove", "--force", "--force", folder.toString());
    if (Files.exists(folder)) {
      delete(folder);
    }
    git.run(LONGEST, "worktree", "prune");
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
