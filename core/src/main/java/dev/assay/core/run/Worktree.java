package dev.assay.core.run;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.UndoAction;
import dev.assay.api.spi.UndoJournal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Another commit of a repository beside it, as a git worktree in a folder of its own. How to remove
 * it stands in the undo journal before it is made; what a run in it left when it was killed is
 * mended first.
 */
public final class Worktree implements AutoCloseable {

  private static final String KIND = "git-worktree";
  private static final int PATIENCE_SECONDS = 120;
  private static final int MOST_OUTPUT = 1 << 20;

  private final Path repository;
  private final Path folder;
  private final Path inside;
  private final String commit;
  private final UndoJournal.Entry entry;

  private Worktree(
      Path repository, Path folder, Path inside, String commit, UndoJournal.Entry entry) {
    this.repository = repository;
    this.folder = folder;
    this.inside = inside;
    this.commit = commit;
    this.entry = entry;
  }

  /**
   * Checks a commit out.
   *
   * @param workspace a folder of the repository
   * @param revision what git takes for a commit: a branch, a tag, a hash, {@code HEAD~3}
   * @param folder where to; must not exist
   * @throws ProblemException if there is no git, repository or commit, or it cannot be made
   */
  public static Worktree add(Path workspace, String revision, Path folder, UndoJournal journal) {
    Path top = Path.of(asked(workspace, revision, "rev-parse", "--show-toplevel"));
    String commit =
        asked(
            workspace,
            revision,
            "rev-parse",
            "--verify",
            "--end-of-options",
            revision + "^{commit}");
    String prefix = asked(workspace, revision, "rev-parse", "--show-prefix");
    UndoJournal.Entry entry =
        journal.before(
            KIND,
            Map.of(
                "repository", top.toString(),
                "path", folder.toString(),
                "workspace", folder.resolve(prefix).toString()));
    Output made = git(top, "worktree", "add", "--detach", folder.toString(), commit);
    if (made.code != 0) {
      entry.done();
      throw failed(revision, made);
    }
    return new Worktree(top, folder, folder.resolve(prefix), commit, entry);
  }

  /** The folder in it that is the workspace's in the repository. */
  public Path workspace() {
    return inside;
  }

  /** The commit that is checked out. */
  public String commit() {
    return commit;
  }

  /** Removes it. */
  @Override
  public void close() {
    if (remove(repository, folder)) {
      entry.done();
    }
  }

  private static boolean remove(Path repository, Path folder) {
    git(repository, "worktree", "remove", "--force", "--force", folder.toString());
    try {
      Folders.delete(folder);
      git(repository, "worktree", "prune");
      return true;
    } catch (IOException stays) {
      return false;
    }
  }

  private record Output(int code, String text) {}

  private static String asked(Path folder, String revision, String... arguments) {
    Output output = git(folder, arguments);
    if (output.code != 0) {
      throw failed(revision, output);
    }
    return output.text.strip();
  }

  private static ProblemException failed(String revision, Output output) {
    return RunProblems.NO_COMMIT.failure(
        Where.named("git"),
        "'"
            + revision
            + "' cannot be checked out: "
            + output.text.strip().lines().reduce((_, last) -> last).orElse("git said nothing"),
        "name a branch, a tag or a commit of the workspace's repository");
  }

  private static Output git(Path folder, String... arguments) {
    List<String> words = new ArrayList<>(List.of("git"));
    words.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String text;
      try (InputStream in = process.getInputStream()) {
        text = new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
      }
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return new Output(ended ? process.exitValue() : -1, text);
    } catch (IOException unusable) {
      return new Output(-1, "git cannot be started: " + unusable.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Output(-1, "interrupted");
    }
  }

  /**
   * How a worktree is removed whose owner died.
   *
   * @param actions how everything else is undone, for what a run in it left
   */
  public static UndoAction undo(Clock clock, Supplier<List<UndoAction>> actions) {
    return new Undo(clock, actions);
  }

  private record Undo(Clock clock, Supplier<List<UndoAction>> actions) implements UndoAction {

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public Optional<String> undo(String id, Map<String, String> details) throws IOException {
      Path folder = Path.of(detail(details, "path"));
      Path repository = Path.of(detail(details, "repository"));
      if (!Files.exists(folder)) {
        git(repository, "worktree", "prune");
        return Optional.empty();
      }
      Path runs = Path.of(detail(details, "workspace")).resolve(".assay");
      String also = "";
      if (Files.isDirectory(runs)) {
        Mender.Result mended = new Mender(runs, clock, actions.get()).mend();
        if (!mended.problems().isEmpty()) {
          throw new ProblemException(mended.problems());
        }
        also = mended.mended().isEmpty() ? "" : " after " + String.join(", ", mended.mended());
      }
      if (!remove(repository, folder)) {
        throw new IOException("files of '" + folder + "' cannot be removed");
      }
      Path scratch = folder.getParent();
      if (scratch != null && String.valueOf(scratch.getFileName()).startsWith("assay-")) {
        Folders.delete(scratch);
      }
      return Optional.of("removed the worktree " + folder + also);
    }

    private static String detail(Map<String, String> details, String name) throws IOException {
      @Nullable String value = details.get(name);
      if (value == null) {
        throw new IOException("the entry names no " + name);
      }
      return value;
    }
  }
}
