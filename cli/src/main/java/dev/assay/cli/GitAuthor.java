package dev.assay.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks git who wrote a commit. */
final class GitAuthor {

  private GitAuthor() {}

  /** The author's name; empty where git does not say. */
  static String of(Path folder, String commit) {
    if (!commit.matches("[0-9a-f]{7,64}")) {
      return "";
    }
    try {
      Process git =
          new ProcessBuilder("git", "show", "-s", "--format=%an", commit)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "";
    } catch (IOException none) {
      return "";
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
