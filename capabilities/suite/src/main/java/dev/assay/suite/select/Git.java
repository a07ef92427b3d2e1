package dev.assay.suite.select;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks Git about the checkout that a folder is in. Where there is none, nothing is known. */
final class Git {

  private static final int MOST = 64 << 20;

  private final Path folder;

  Git(Path folder) {
    this.folder = folder;
  }

  /** The commit that is checked out. */
  Optional<String> head() {
    return commit("HEAD");
  }

  /** The full name of a commit. */
  Optional<String> commit(String name) {
    return ask("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
        .map(String::strip);
  }

  /** Whether nothing of the folder was changed since the commit that is checked out. */
  boolean clean() {
    return ask("status", "--porcelain", "--", ".").map(String::isBlank).orElse(false);
  }

  /** The files that it knows or would take, by their paths below the folder. */
  Optional<List<String>> files() {
    return ask("ls-files", "-z", "--cached", "--others", "--exclude-standard").map(Git::split);
  }

  /** The files that differ from a commit, also new ones, by their paths below the folder. */
  Optional<List<String>> changedSince(String commit) {
    Optional<String> changed =
        ask("diff", "--name-only", "--no-renames", "--relative", "-z", commit, "--", ".");
    Optional<String> fresh = ask("ls-files", "-z", "--others", "--exclude-standard");
    return changed.flatMap(known ->
        fresh.map(more -> {
          List<String> all = new ArrayList<>(split(known));
          all.addAll(split(more));
          return all.stream().filter(path -> !path.startsWith(".assay/")).toList();
        }));
  }

  private static List<String> split(String text) {
    return List.of(text.split("\0")).stream().filter(each -> !each.isEmpty()).toList();
  }

  private Optional<String> ask(String... arguments) {
    List<String> words = new ArrayList<>(List.of("git", "--no-optional-locks"));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output;
      try (InputStream in = process.getInputStream()) {
        output = new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
      }
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException unusable) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
