package dev.assay.suite.select;

import dev.assay.suite.git.Git;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks Git about the checkout that a folder is in. Where there is none, nothing is known. */
final class Checkout {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Path folder;

  Checkout(Path folder) {
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
    return ask("ls-files", "-z", "--cached", "--others", "--exclude-standard").map(Checkout::split);
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

  private Optional<String> ask(String... words) {
    return Git.ask(folder, LONGEST, words).filter(Git.Answer::well).map(Git.Answer::output);
  }
}
