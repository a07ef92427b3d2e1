package dev.assay.core.compare;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.judge.BaselineRule;
import org.jspecify.annotations.Nullable;

/**
 * Which earlier run of a check is its baseline: the newest of the same environment and of the name
 * that the expectation gives, in which the same check, configured the same way, passed, or was held
 * up by nothing but its missing baseline.
 */
public final class BaselineChoice {

  /** How many such runs tell how much runs scatter. */
  public static final int HISTORY = 20;

  /** The label of a run that is a part of a comparison, and so of nothing else. */
  public static final String PAIR = "pair";

  private BaselineChoice() {}

  /** Whether a run ended and is one that the name means. */
  public static boolean named(RunSummary run, String environment, String name) {
    if (run.closed() == null || !run.subject().environment().equals(environment)) {
      return false;
    }
    boolean plain = !run.labels().containsKey(PAIR);
    return plain && (name.equals("previous") || name.equals(run.subject().branch()))
        || run.id().equals(name);
  }

  /** Whether what was decided then lets it be a baseline. */
  public static boolean usable(@Nullable Verdict given) {
    if (given == null || given.decision() == Decision.PASS) {
      return given != null;
    }
    return given.decision() == Decision.INCONCLUSIVE
        && given.reasons().stream().allMatch(BaselineChoice::passedOrFirst);
  }

  private static boolean passedOrFirst(Reason reason) {
    return reason.decision() == Decision.PASS || BaselineRule.missing(reason);
  }
}
