package dev.assay.suite.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A repository, asked with the git program. Each question takes at most a minute and 64 MiB; one
 * that cannot be answered is empty. Thread-safe.
 */
public final class Git {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int LARGEST = 64 << 20;
  private static final String START = "\u0001";
  private static final String FIELD = "\u0002";
  private static final String FORMAT = "--format=%x01%H%x02%P%x02%an%x02%ae%x02%cI%x02%s%x02";

  private final Path root;

  private Git(Path root) {
    this.root = root;
  }

  /** The repository that a folder is in; empty where there is none, or no git program. */
  public static Optional<Git> at(Path folder) {
    if (!inRepository(folder)) {
      return Optional.empty();
    }
    return ask(folder, LONGEST, "rev-parse", "--show-toplevel")
        .filter(Answer::well)
        .map(answer -> new Git(Path.of(answer.output().strip())));
  }

  private static boolean inRepository(Path folder) {
    for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return true;
      }
    }
    return false;
  }

  /** The repository's folder. */
  public Path root() {
    return root;
  }

  /**
   * What git said.
   *
   * @param exit its exit code
   * @param output its standard output
   * @param error the begin of its standard error
   */
  public record Answer(int exit, String output, String error) {
    /** Whether it did what it was asked. */
    public boolean well() {
      return exit == 0;
    }
  }

  /** Runs git with words that are no text of a stranger's; empty where it did not end in time. */
  public Optional<Answer> run(Duration atMost, String... words) {
    return ask(root, atMost, words);
  }

  /** The output of a question, where it was answered. */
  private Optional<String> output(String... words) {
    return run(LONGEST, words).filter(Answer::well).map(Answer::output);
  }

  /** The full hash of the commit that a name, a tag or a beginning of a hash stands for. */
  public Optional<String> resolve(String revision) {
    if (revision.isBlank() || revision.startsWith("-")) {
      return Optional.empty();
    }
    return output("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
        .map(String::strip)
        .filter(hash -> !hash.isEmpty());
  }

  /** Whether the history was cut when it was cloned. */
  public boolean shallow() {
    return output("rev-parse", "--is-shallow-repository")
        .map(String::strip)
        .orElse("")
        .equals("true");
  }

  /** Whether the one commit is the other one or came before it. */
  public boolean ancestor(String earlier, String later) {
    return run(LONGEST, "merge-base", "--is-ancestor", earlier, later)
        .filter(Answer::well)
        .isPresent();
  }

  /** The newest commit that both come from; empty where they have none in common. */
  public Optional<String> mergeBase(String one, String other) {
    return output("merge-base", one, other).map(String::strip).filter(hash -> !hash.isEmpty());
  }

  /** Files that git does not know and does not ignore. */
  public List<String> newFiles(int most) {
    return names(most, "--others", "--exclude-standard");
  }

  /**
   * The commits that the one has and the other has not, parents before children.
   *
   * @param good a hash
   * @param bad a hash
   * @param firstParent whether to follow merges along their first parent only
   */
  public List<Commit> between(String good, String bad, boolean firstParent, int most) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "log",
                "-z",
                "--topo-order",
                "--name-only",
                "--no-renames",
                "--diff-merges=first-parent",
                "--max-count=" + most,
                FORMAT));
    if (firstParent) {
      words.add("--first-parent");
    }
    words.addAll(List.of("--end-of-options", good + ".." + bad));
    List<Commit> commits = new ArrayList<>(commits(words));
    java.util.Collections.reverse(commits);
    return commits;
  }

  /** One commit by its hash. */
  public Optional<Commit> commit(String hash) {
    return commits(
            List.of(
                "log",
                "-z",
                "--name-only",
                "--no-renames",
                "--diff-merges=first-parent",
                "--max-count=1",
                FORMAT,
                "--end-of-options",
                hash))
        .stream()
        .findFirst();
  }

  private List<Commit> commits(List<String> words) {
    List<Commit> commits = new ArrayList<>();
    for (String part : output(words.toArray(String[]::new)).orElse("").split(START)) {
      String[] fields = part.split(FIELD, 7);
      if (fields.length == 7) {
        commits.add(
            new Commit(
                fields[0].strip(),
                words(fields[1]),
                fields[2],
                fields[3],
                fields[4],
                fields[5],
                Arrays.stream(fields[6].split("\0"))
                    .map(String::strip)
                    .filter(file -> !file.isEmpty())
                    .toList()));
      }
    }
    return commits;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  /**
   * How many lines of how many files a commit changed: {@code 2 files changed, 3 insertions(+)}.
   */
  public String statistics(String hash) {
    return output(
            "show",
            "--shortstat",
            "--diff-merges=first-parent",
            "--format=",
            "--end-of-options",
            hash)
        .map(String::strip)
        .orElse("");
  }

  /**
   * The commit that last wrote a line.
   *
   * @param commit the hash of the commit whose file is looked at
   * @param path relative to the repository
   */
  public Optional<String> blame(String commit, String path, int line) {
    return run(LONGEST, "blame", "--porcelain", "-L", line + "," + line, commit, "--", path)
        .filter(Answer::well)
        .map(Answer::output)
        .filter(text -> text.indexOf(' ') > 0)
        .map(text -> text.substring(0, text.indexOf(' ')))
        .filter(hash -> hash.chars().anyMatch(c -> c != '0'));
  }

  /** The files of the project: those git knows, and new ones it does not ignore. */
  public List<String> files(int most) {
    return names(most, "--cached", "--others", "--exclude-standard");
  }

  private List<String> names(int most, String... which) {
    List<String> words = new ArrayList<>(List.of("ls-files", "-z"));
    words.addAll(List.of(which));
    return output(words.toArray(String[]::new))
        .map(text ->
            Arrays.stream(text.split("\0")).filter(file -> !file.isEmpty()).limit(most).toList())
        .orElse(List.of());
  }

  /**
   * The lines of each file, as it is now, that differ from a commit, or that one commit has
   * otherwise than another.
   *
   * @param from a hash
   * @param to a hash; null for the files as they are
   */
  public Map<String, List<Integer>> changedLines(String from, @Nullable String to) {
    return lines(from, to).orElse(Map.of());
  }

  /** The same; empty where git does not say. */
  public Optional<Map<String, List<Integer>>> lines(String from, @Nullable String to) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-c",
                "core.quotepath=off",
                "diff",
                "--unified=0",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--no-renames",
                "--src-prefix=a/",
                "--dst-prefix=b/",
                "--end-of-options",
                from));
    if (to != null) {
      words.add(to);
    }
    return output(words.toArray(String[]::new)).map(Hunks::read);
  }

  /** Runs git in a folder, repository or not, with words that are no text of a stranger's. */
  public static Optional<Answer> ask(Path folder, Duration atMost, String... words) {
    List<String> command = new ArrayList<>(List.of("git", "--no-optional-locks", "--no-pager"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    Map<String, String> own = new HashMap<>();
    own.put("LC_ALL", "C");
    own.put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().putAll(own);
    try {
      Process process = builder.start();
      Thread watch = Thread.ofVirtual().start(() -> endAfter(process, atMost));
      Text error = new Text(process.getErrorStream(), 64 << 10);
      Thread errors = Thread.ofVirtual().start(error);
      Text output = new Text(process.getInputStream(), LARGEST);
      output.run();
      if (output.cut) {
        process.destroyForcibly();
      }
      int exit = process.waitFor();
      watch.interrupt();
      errors.join(Duration.ofSeconds(5));
      return output.cut ? Optional.empty() : Optional.of(new Answer(exit, output.text, error.text));
    } catch (IOException noGit) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static void endAfter(Process process, Duration atMost) {
    try {
      if (!process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads a stream to its end; of what is too long, only the begin. */
  private static final class Text implements Runnable {
    private final InputStream stream;
    private final int most;
    private volatile String text = "";
    private volatile boolean cut;

    Text(InputStream stream, int most) {
      this.stream = stream;
      this.most = most;
    }

    @Override
    public void run() {
      try (InputStream in = stream) {
        byte[] bytes = in.readNBytes(most);
        text = new String(bytes, StandardCharsets.UTF_8);
        cut = bytes.length == most;
      } catch (IOException ended) {
        text = "";
      }
    }
  }
}
