package dev.assay.suite.bisect;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.UndoJournal;
import dev.assay.suite.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A second checkout of a repository, which is gone when it is closed, and, by the undo journal,
 * when this process dies. Hooks of the repository are not run in it. Not thread-safe.
 */
public final class Worktree implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Git git;
  private final Path folder;
  private final UndoJournal.Entry entry;
  private final List<String> carried;

  private Worktree(Git git, Path folder, UndoJournal.Entry entry, List<String> carried) {
    this.git = git;
    this.folder = folder;
    this.entry = entry;
    this.carried = List.copyOf(carried);
  }

  /**
   * Makes one.
   *
   * @param folder where; must not be there yet
   * @param commit a hash to begin with
   * @param carried files of the checkout, relative to the repository, that are put into every
   *     commit, such as a test that is new
   */
  public static Worktree open(
      Git git, Path folder, String commit, List<String> carried, UndoJournal journal) {
    UndoJournal.Entry entry =
        journal.before(
            WorktreeUndo.KIND,
            Map.of("repository", git.root().toString(), "path", folder.toString()));
    Worktree worktree = new Worktree(git, folder, entry, carried);
    Git.Answer answer =
        git.run(
                LONGEST,
                "-c",
                "core.hooksPath=/dev/null",
                "worktree",
                "add",
                "--quiet",
                "--detach",
                "--force",
                folder.toString(),
                commit)
            .orElse(new Git.Answer(-1, "", "it took too long"));
    if (!answer.well()) {
      worktree.close();
      throw worktree.refused(commit, answer);
    }
    return worktree;
  }

  /** Its folder. */
  public Path folder() {
    return folder;
  }

  /** Checks a commit out, with nothing left of what was built before. */
  public void checkOut(String commit) {
    in("clean", "-ffdxq");
    Git.Answer answer = in("checkout", "--quiet", "--detach", "--force", commit);
    if (!answer.well()) {
      throw refused(commit, answer);
    }
    try {
      for (String path : carried) {
        Path target = folder.resolve(path);
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(git.root().resolve(path), target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException broken) {
      throw refused(
          commit,
          new Git.Answer(-1, "", "a carried file cannot be copied: " + broken.getMessage()));
    }
  }

  private Git.Answer in(String... words) {
    List<String> all =
        new ArrayList<>(List.of("-C", folder.toString(), "-c", "core.hooksPath=/dev/null"));
    all.addAll(List.of(words));
    return git.run(LONGEST, all.toArray(String[]::new))
        .orElse(new Git.Answer(-1, "", "it took too long"));
  }

  private ProblemException refused(String commit, Git.Answer answer) {
    return BisectProblems.WORKTREE.failure(
        Where.named(folder.toString()),
        "git cannot check out " + commit + ": " + answer.error().strip(),
        "mend what git says, and go on with the same command");
  }

  @Override
  public void close() {
    WorktreeUndo.remove(git, folder);
    entry.done();
  }
}
