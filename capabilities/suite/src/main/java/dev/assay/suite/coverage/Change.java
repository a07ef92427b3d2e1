package dev.assay.suite.coverage;

import dev.assay.suite.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The lines that the files have, as they are now, and did not have where the work began. Immutable.
 *
 * @param commit the commit that is compared with
 * @param from what that is, such as {@code the merge base with origin/main}
 * @param lines by file of the repository the changed lines, from 1; new files with all of theirs
 */
public record Change(String commit, String from, Map<String, Set<Integer>> lines) {

  private static final int MOST_NEW_FILES = 10_000;
  private static final long LARGEST = 8 << 20;

  /** Variables of build servers that name the branch that the work is to be merged into. */
  private static final List<String> TARGETS =
      List.of(
          "GITHUB_BASE_REF",
          "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
          "CHANGE_TARGET",
          "BITBUCKET_PR_DESTINATION_BRANCH",
          "SYSTEM_PULLREQUEST_TARGETBRANCH",
          "BUILDKITE_PULL_REQUEST_BASE_BRANCH");

  /** Copies the map. */
  public Change {
    lines = Map.copyOf(lines);
  }

  /**
   * A change, or why none is known.
   *
   * @param change null where none is known
   * @param why what to say where none is known, else empty
   */
  public record Sought(@Nullable Change change, String why) {

    /** That none is known. */
    public static Sought not(String why) {
      return new Sought(null, why);
    }
  }

  /**
   * Finds what has changed since the merge base with another branch. On that branch itself it is
   * what is not committed, or else what the last commit changed.
   *
   * @param against a branch, tag or commit; null to find the branch that the work will go into
   * @param environment variables, of which those of build servers name that branch
   */
  public static Sought find(Git git, @Nullable String against, Map<String, String> environment) {
    Optional<String> head = git.resolve("HEAD");
    if (head.isEmpty()) {
      return Sought.not("the repository has no commit yet");
    }
    List<String> names = against == null ? candidates(environment) : List.of(against);
    for (String name : names) {
      String found = git.resolve(name).isPresent() ? name : "origin/" + name;
      Optional<String> other = git.resolve(found);
      if (other.isPresent()) {
        Optional<String> base = git.mergeBase(other.get(), head.get());
        if (base.isEmpty()) {
          return Sought.not(
              found
                  + " and this commit have no commit in common"
                  + (git.shallow() ? ", as the history was cut when it was cloned" : ""));
        }
        return since(git, head.get(), base.get(), found);
      }
    }
    return Sought.not(
        against == null
            ? "no branch is known that this work will go into (neither origin/HEAD, main, master"
                + " nor trunk is there); name one with `against`"
            : "there is no branch, tag or commit '" + against + "'");
  }

  private static List<String> candidates(Map<String, String> environment) {
    List<String> names = new ArrayList<>();
    for (String variable : TARGETS) {
      String value = environment.getOrDefault(variable, "").replaceFirst("^refs/heads/", "");
      if (!value.isBlank()) {
        names.add("origin/" + value);
        names.add(value);
      }
    }
    names.addAll(
        List.of(
            "origin/HEAD",
            "origin/main",
            "origin/master",
            "origin/trunk",
            "main",
            "master",
            "trunk"));
    return names;
  }

  private static Sought since(Git git, String head, String base, String name) {
    Optional<Map<String, List<Integer>>> edited = git.lines(base, null);
    List<String> added = git.newFiles(MOST_NEW_FILES);
    String from = "the merge base with " + name;
    if (base.equals(head)) {
      from = "the last commit";
      if (edited.isPresent() && edited.get().isEmpty()) {
        Optional<String> parent = git.resolve(head + "^");
        if (parent.isEmpty() && added.isEmpty()) {
          return Sought.not("this is the first commit, and nothing has changed since");
        }
        if (parent.isPresent()) {
          base = parent.get();
          from = "the commit before, as this is " + name + " itself";
          edited = git.lines(base, null);
        }
      }
    }
    if (edited.isEmpty()) {
      return Sought.not("git did not tell what has changed since " + base.substring(0, 10));
    }
    Map<String, Set<Integer>> lines = new LinkedHashMap<>();
    edited.get().forEach((file, some) -> lines.put(file, new TreeSet<>(some)));
    for (String file : added) {
      lines.put(file, all(git.root().resolve(file)));
    }
    return new Sought(new Change(base, from, lines), "");
  }

  private static Set<Integer> all(Path file) {
    Set<Integer> lines = new TreeSet<>();
    for (int line = 1; line <= count(file); line++) {
      lines.add(line);
    }
    return lines;
  }

  /** How many lines a file has; 0 where it is none, or very long. */
  static int count(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return 0;
      }
      byte[] bytes = Files.readAllBytes(file);
      int lines = bytes.length == 0 || bytes[bytes.length - 1] == '\n' ? 0 : 1;
      for (byte each : bytes) {
        lines += each == '\n' ? 1 : 0;
      }
      return lines;
    } catch (IOException unreadable) {
      return 0;
    }
  }
}
