package dev.assay.cli;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.problem.Where;
import dev.assay.core.compare.BaselineChoice;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds runs as people name them: by an id or its unique beginning, {@code latest}, {@code last},
 * the name of a branch for its newest run, {@code monitor:NAME} for the newest result of a monitor,
 * and each of these with {@code ~N} for the one so many before it. What monitors found has no other
 * name.
 */
final class Runs {

  private static final Pattern BEFORE = Pattern.compile("(.+)~(\\d{1,5})");
  private static final String MONITOR = "monitor:";
  private static final Pattern SEVERAL = Pattern.compile("(.+):(\\d{1,3})");

  private Runs() {}

  /** The run of that name. */
  static RunSummary find(Ledger ledger, String name) {
    Matcher before = BEFORE.matcher(name);
    String base = before.matches() ? before.group(1) : name;
    int back = before.matches() ? Integer.parseInt(before.group(2)) : 0;
    if (base.equals("latest") || base.equals("last")) {
      return nth(ledger.runs(back + 1, run -> run.monitor() == null), back, name);
    }
    if (base.startsWith(MONITOR)) {
      return nth(ledger.runs(back + 1, of(base)), back, name);
    }
    Optional<RunSummary> exactly = back == 0 ? ledger.find(name) : Optional.empty();
    return exactly.orElseGet(() -> {
      List<RunSummary> branch = ofBranch(ledger, base);
      if (branch.isEmpty()) {
        throw CliProblems.NO_RUN.failure(
            Where.named("the ledger"),
            "no run, or more than one, begins with '" + base + "', and none is of such a branch",
            "give more of its id; `assay ledger list` shows the runs");
      }
      return nth(branch, back, name);
    });
  }

  /**
   * The runs of that name, oldest first: one, or with {@code :N} the newest so many of {@code last}
   * or of a branch.
   */
  static List<RunSummary> several(Ledger ledger, String name) {
    Matcher several = SEVERAL.matcher(name);
    if (!several.matches()) {
      return List.of(find(ledger, name));
    }
    String base = several.group(1);
    int count = Integer.parseInt(several.group(2));
    List<RunSummary> found =
        base.equals("latest") || base.equals("last")
            ? ledger.runs(count, Runs::plain)
            : base.startsWith(MONITOR) ? ledger.runs(count, of(base)) : ofBranch(ledger, base);
    if (count == 0 || found.size() < count) {
      throw CliProblems.NO_RUN.failure(
          Where.named("the ledger"),
          "'"
              + name
              + "' asks for "
              + count
              + " runs of '"
              + base
              + "', and "
              + found.size()
              + " are there",
          "ask for fewer, or run the workspace more often");
    }
    return found.subList(0, count).reversed();
  }

  private static List<RunSummary> ofBranch(Ledger ledger, String branch) {
    return ledger.runs(Integer.MAX_VALUE).stream()
        .filter(run -> plain(run) && branch.equals(run.subject().branch()))
        .toList();
  }

  /** Those of the monitor that a name names. */
  private static Predicate<RunSummary> of(String name) {
    String monitor = name.substring(MONITOR.length());
    return run -> Objects.equals(run.monitor(), monitor) && run.closed() != null;
  }

  /** Runs that are a part of a comparison have no name but their id. */
  static boolean plain(RunSummary run) {
    return run.closed() != null
        && run.monitor() == null
        && !run.labels().containsKey(BaselineChoice.PAIR);
  }

  private static RunSummary nth(List<RunSummary> runs, int back, String name) {
    if (runs.isEmpty()) {
      throw CliProblems.NO_RUN.failure(
          Where.named("the ledger"),
          "there is no run yet",
          "run the workspace first, with `assay run`");
    }
    if (runs.size() <= back) {
      throw CliProblems.NO_RUN.failure(
          Where.named("the ledger"),
          "'" + name + "' is before the first run: there are only " + runs.size(),
          "go back less far; `assay ledger list` shows the runs");
    }
    return runs.get(back);
  }
}
