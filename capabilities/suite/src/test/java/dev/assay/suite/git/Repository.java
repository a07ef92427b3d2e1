package dev.assay.suite.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A real repository for tests, made with the git program. */
public final class Repository {

  private final Path folder;
  private int minutes;

  public Repository(Path folder) {
    this.folder = folder;
    git("init", "-q", "-b", "main", ".");
  }

  public Path folder() {
    return folder;
  }

  /** Writes a file. */
  public Repository write(String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, text);
      return this;
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Commits everything, and gives the hash. */
  public String commit(String subject, String author) {
    git("add", "-A");
    git(
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        subject,
        "--author",
        author + " <" + author + "@example.com>");
    return git("rev-parse", "HEAD").strip();
  }

  public String commit(String subject) {
    return commit(subject, "ann");
  }

  /** Runs git, which must do what it is told. */
  public String git(String... words) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true);
    String date = String.format("2026-01-01T%02d:%02d:00Z", minutes / 60, minutes % 60);
    minutes++;
    builder.environment().put("GIT_AUTHOR_DATE", date);
    builder.environment().put("GIT_COMMITTER_DATE", date);
    builder.environment().put("GIT_COMMITTER_NAME", "ann");
    builder.environment().put("GIT_COMMITTER_EMAIL", "ann@example.com");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    try {
      Process process = builder.start();
      String output =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
      return output;
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
