package dev.assay.suite.coverage;

import dev.assay.suite.git.Git;
import dev.assay.suite.report.FileCoverage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the reports of one run say together of source files. Not thread-safe. */
public final class CodeCoverage {

  /** What nobody covers: tests, and what is beside them. */
  private static final Pattern TESTS =
      Pattern.compile(
          "(?:.*/)?(?:test|tests|__tests__|spec|it|e2e|testing)/.*"
              + "|.*[._-](?:test|spec)\\.[^/.]+|(?:.*/)?(?:test_[^/]*|conftest\\.py|[^/]*_test\\.[^/.]+)");

  /** Lines of Go that are in blocks and hold no statement. */
  private static final Pattern NO_STATEMENT =
      Pattern.compile("\\s*(?://.*|(?:\\}\\s*)?else\\s*\\{|[{}()\\],;]*)\\s*");

  private final @Nullable Git git;
  private final Map<String, FileLines> files;
  private final List<String> outside;
  private final List<String> unfit;
  private final Map<String, List<String>> ambiguous;

  CodeCoverage(
      @Nullable Git git,
      Map<String, FileLines> files,
      List<String> outside,
      List<String> unfit,
      Map<String, List<String>> ambiguous) {
    this.git = git;
    this.files = new TreeMap<>(files);
    this.outside = outside;
    this.unfit = unfit;
    this.ambiguous = new TreeMap<>(ambiguous);
  }

  /** Every file by name, with its counts. */
  public List<FileCoverage> files() {
    return files.entrySet().stream().map(file -> file.getValue().sum(file.getKey())).toList();
  }

  /** The sums of all files. */
  public FileCoverage total() {
    return sum(files());
  }

  /** The sums of some files, under no name. */
  public static FileCoverage sum(Iterable<FileCoverage> files) {
    long[] sums = new long[4];
    for (FileCoverage file : files) {
      sums[0] += file.linesCovered();
      sums[1] += file.linesValid();
      sums[2] += file.branchesCovered();
      sums[3] += file.branchesValid();
    }
    return new FileCoverage("", sums[0], sums[1], sums[2], sums[3]);
  }

  /** Files of reports that are no files of the repository, such as generated ones. */
  public List<String> outside() {
    return outside;
  }

  /** Files of which lines were executed that they do not have now. */
  public List<String> unfit() {
    return unfit;
  }

  /** Files of reports that may be several of the repository. */
  public Map<String, List<String>> ambiguous() {
    return ambiguous;
  }

  /**
   * Changed lines that no test executed, one after the other.
   *
   * @param path the file in the repository
   * @param from the first line
   * @param to the last line; lines between that hold no code are passed over
   * @param lines how many of them could have been executed
   */
  public record Gap(String path, int from, int to, int lines) {
    /** The lines, for people: {@code lines 3 to 5}. */
    public String shown() {
      return from == to ? "line " + from : "lines " + from + " to " + to;
    }
  }

  /**
   * How much of a change was executed.
   *
   * @param covered changed lines that were executed
   * @param valid changed lines that could have been
   * @param gaps those that were not, by file and line
   * @param unknown changed files that no report speaks of, though it speaks of such files
   */
  public record OfChange(long covered, long valid, List<Gap> gaps, List<String> unknown) {
    /** Copies the lists. */
    public OfChange {
      gaps = List.copyOf(gaps);
      unknown = List.copyOf(unknown);
    }
  }

  /** How much of a change was executed. */
  public OfChange of(Change change) {
    long covered = 0;
    long valid = 0;
    List<Gap> gaps = new ArrayList<>();
    for (Map.Entry<String, FileLines> entry : files.entrySet()) {
      String path = entry.getKey();
      Set<Integer> changed = change.lines().getOrDefault(path, Set.of());
      if (!changed.isEmpty() && !unfit.contains(path)) {
        BitSet lines = entry.getValue().validAmong(changed, blank(path));
        BitSet missed = (BitSet) lines.clone();
        missed.andNot(entry.getValue().executed());
        valid += lines.cardinality();
        covered += lines.cardinality() - missed.cardinality();
        gaps(path, lines, missed, gaps);
      }
    }
    return new OfChange(covered, valid, gaps, unknown(change));
  }

  /** Missed lines make one gap as long as no line between them was executed. */
  private static void gaps(String path, BitSet lines, BitSet missed, List<Gap> gaps) {
    int from = missed.nextSetBit(0);
    while (from >= 0) {
      int to = from;
      int count = 1;
      int next = lines.nextSetBit(to + 1);
      while (next >= 0 && missed.get(next)) {
        to = next;
        count++;
        next = lines.nextSetBit(to + 1);
      }
      gaps.add(new Gap(path, from, to, count));
      from = missed.nextSetBit(to + 1);
    }
  }

  private List<String> unknown(Change change) {
    Set<String> kinds = new HashSet<>();
    files.keySet().forEach(path -> kinds.add(kind(path)));
    return change.lines().keySet().stream()
        .filter(path -> !files.containsKey(path) && kinds.contains(kind(path)))
        .filter(path -> !kind(path).isEmpty() && !TESTS.matcher(path).matches())
        .sorted()
        .toList();
  }

  private static String kind(String path) {
    return path.substring(path.lastIndexOf('.') + 1 == 0 ? path.length() : path.lastIndexOf('.'));
  }

  private BitSet blank(String path) {
    BitSet blank = new BitSet();
    Git repository = git;
    if (repository != null && path.endsWith(".go")) {
      Path file = repository.root().resolve(path);
      try {
        int number = 0;
        for (String line :
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
          number++;
          if (NO_STATEMENT.matcher(line).matches()) {
            blank.set(number);
          }
        }
      } catch (IOException gone) {
        // then every line counts
      }
    }
    return blank;
  }
}
