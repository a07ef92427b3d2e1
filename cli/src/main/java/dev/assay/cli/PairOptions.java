package dev.assay.cli;

import dev.assay.api.problem.Where;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How runs are made in pairs. */
final class PairOptions {

  /** More would rather be a plan for a night than a question. */
  private static final int MOST = 200;

  @Option(
      names = "--against",
      paramLabel = "COMMIT",
      description =
          "A branch, tag or commit: it is checked out beside the working tree, and both are run in"
              + " turn.")
  @Nullable String against;

  @Option(
      names = "--a-a",
      description =
          "Run the working tree against itself: what is called different then is a false alarm, and"
              + " reports tell how often.")
  boolean same;

  @Option(
      names = "--pairs",
      paramLabel = "auto|N",
      defaultValue = "auto",
      description = "How many pairs; auto looks after 3, 5, 8 … (default: ${DEFAULT-VALUE}).")
  String pairs = "auto";

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "12",
      description = "How many pairs auto makes at most (default: ${DEFAULT-VALUE}).")
  int most = 12;

  @Option(
      names = "--confirm",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How many fresh pairs have to show again what is called worse (default: ${DEFAULT-VALUE};"
              + " 0: none).")
  int confirm = 3;

  @Option(
      names = "--prepare",
      paramLabel = "COMMAND",
      description = "A shell command that builds a tree before its first run, in its folder.")
  @Nullable String prepare;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME",
      description = "The environment (default: the first of the workspace).")
  @Nullable String environment;

  @Option(names = "--seed", description = "The seed of everything random (default: a new one).")
  @Nullable Long seed;

  /** Whether runs are to be made at all. */
  boolean asked() {
    if (against != null && same) {
      throw CliProblems.USAGE.failure(
          Where.named("--a-a"), "--a-a compares the tree with itself", "leave out --against");
    }
    return against != null || same;
  }

  /** The numbers of pairs after which is looked, growing. */
  int[] looks() {
    if (!pairs.equals("auto")) {
      return new int[] {count(pairs, "--pairs")};
    }
    int bound = count(Integer.toString(most), "--most");
    return java.util.stream.IntStream.concat(
            java.util.stream.IntStream.of(3, 5, 8, 12, 18, 27, 40, 60, 90, 135)
                .filter(look -> look < bound),
            java.util.stream.IntStream.of(bound))
        .toArray();
  }

  private static int count(String text, String option) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 2 && count <= MOST) {
        return count;
      }
    } catch (NumberFormatException wrong) {
      // said below
    }
    throw CliProblems.USAGE.failure(
        Where.named(option), "'" + text + "' is no number of pairs", "give auto, or 2 to " + MOST);
  }
}
