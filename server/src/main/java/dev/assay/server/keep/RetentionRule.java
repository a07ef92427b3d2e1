package dev.assay.server.keep;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long the artifacts of a project's runs are kept. Immutable.
 *
 * @param days of runs that are worth no more than others
 * @param branches of which branches decided runs are kept for good: names, with {@code *} for
 *     anything, separated by spaces
 */
public record RetentionRule(int days, String branches) {

  private static final int MOST_DAYS = 3_650;
  private static final int LONGEST = 500;

  /** What is offered first. */
  public static final RetentionRule OFFERED = new RetentionRule(90, "main master release/*");

  /** What is wrong with it, as a sentence; null for nothing. 0 days keep everything. */
  public @Nullable String wrong() {
    if (days < 0 || days > MOST_DAYS) {
      return "A rule has 1 to 3650 days; 0 keeps everything.";
    }
    return branches.length() > LONGEST ? "The branches have 500 characters at most." : null;
  }

  /** Whether a run's verdict is that of a release, whose evidence is kept. */
  boolean values(RunSummary run) {
    String branch = run.subject().branch();
    return branch != null
        && run.closed() != null
        && run.decision() != Decision.NOT_RUN
        && patterns().stream().anyMatch(each -> each.matcher(branch).matches());
  }

  private List<Pattern> patterns() {
    return Pattern.compile("\\s+")
        .splitAsStream(branches.strip())
        .filter(each -> !each.isEmpty())
        .map(each -> Pattern.compile(Pattern.quote(each).replace("*", "\\E.*\\Q")))
        .toList();
  }
}
