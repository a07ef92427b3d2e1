package dev.assay.core.run;

import dev.assay.api.plan.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks git what the workspace's folder is a checkout of. Without git or outside a repository
 * nothing is known.
 */
final class SubjectReader {

  private static final List<String> BRANCH_VARIABLES =
      List.of(
          "GITHUB_HEAD_REF",
          "GITHUB_REF_NAME",
          "CI_COMMIT_REF_NAME",
          "BRANCH_NAME",
          "BUILDKITE_BRANCH");

  private final Map<String, String> environment;

  SubjectReader(Map<String, String> environment) {
    this.environment = environment;
  }

  Subject read(Path folder, String environmentName) {
    String status = git(folder, "status", "--porcelain=v2", "--branch", "--untracked-files=no");
    if (status == null) {
      return new Subject(environmentName, null, null, false, null);
    }
    String commit = null;
    String branch = null;
    boolean dirty = false;
    for (String line : status.split("\n")) {
      if (line.startsWith("# branch.oid ")) {
        commit = line.substring(13).strip();
      } else if (line.startsWith("# branch.head ")) {
        branch = line.substring(14).strip();
      } else if (!line.startsWith("#") && !line.isBlank()) {
        dirty = true;
      }
    }
    if ("(initial)".equals(commit)) {
      commit = null;
    }
    if ("(detached)".equals(branch)) {
      branch = branchOfBuild();
    }
    return new Subject(environmentName, commit, branch, dirty, null);
  }

  private @Nullable String branchOfBuild() {
    for (String variable : BRANCH_VARIABLES) {
      String value = environment.get(variable);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return null;
  }

  /** Whether git is not worth starting: there is no repository at or above the folder. */
  private boolean outsideOfAny(Path folder) {
    if (environment.containsKey("GIT_DIR")) {
      return false;
    }
    for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return false;
      }
    }
    return true;
  }

  private @Nullable String git(Path folder, String... arguments) {
    if (outsideOfAny(folder) || ProcessLauncher.find("git", environment) == null) {
      return null;
    }
    List<String> words = new java.util.ArrayList<>(List.of("git", "--no-optional-locks"));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output;
      try (InputStream in = process.getInputStream()) {
        output = new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8);
      }
      boolean ended = process.waitFor(10, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return ended && process.exitValue() == 0 ? output : null;
    } catch (IOException unusable) {
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
