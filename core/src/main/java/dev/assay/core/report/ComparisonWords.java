package dev.assay.core.report;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import dev.assay.stats.compare.Comparison.Answer;
import java.util.List;

/** The words that all forms of a comparison have in common. */
public final class ComparisonWords {

  private ComparisonWords() {}

  /** How an answer is shown: worse as a failure, and what is not decided as inconclusive. */
  public static Decision tone(Answer answer) {
    return switch (answer) {
      case WORSE -> Decision.FAIL;
      case INCONCLUSIVE -> Decision.INCONCLUSIVE;
      case BETTER, NOT_WORSE -> Decision.PASS;
    };
  }

  /** The runs of a side, in a few words. */
  public static String side(List<RunSummary> runs) {
    RunSummary last = runs.getLast();
    String of = subject(last);
    return runs.size() == 1
        ? "run " + last.id() + of
        : runs.size() + " runs up to " + last.id() + of;
  }

  private static String subject(RunSummary run) {
    String commit = run.subject().commit();
    String branch = run.subject().branch();
    return commit == null
        ? ""
        : " of "
            + Words.brief(commit)
            + (run.subject().dirty() ? " + changes" : "")
            + (branch == null ? "" : " on " + branch);
  }
}
