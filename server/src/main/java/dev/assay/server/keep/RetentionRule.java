package dev.assay.server.keep;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How long the artifacts of a project's runs are kept. Immutable.
 *
 * @param days of runs that are worth no more than others
 * @param branches of which branches decided runs are kept for good: names, with {@code *} for
 *     anything, separated by spaces
 */
public record RetentionRule(int days, String branches) {

  /** What is offered first. */
  public static final RetentionRule OFFERED = new RetentionRule(90, "main master release/*");

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
