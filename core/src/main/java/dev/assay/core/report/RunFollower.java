package dev.assay.core.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Follows a run entry by entry, of which a report is wanted at any time. Outcomes are only counted,
 * and of findings and events so many are held as {@link StoredReport} holds, so that a run of
 * millions of them takes no memory for them. Not for use by several threads.
 */
public final class RunFollower {

  private final RunFold fold = new RunFold(StoredReport.MOST);
  private final Map<String, Counts> counts = new LinkedHashMap<>();

  /**
   * How many outcomes a check has. Immutable.
   *
   * @param all of them
   * @param failed failed or could not be carried out
   * @param skipped were not carried out
   * @param flaky failed and passed
   */
  public record Counts(long all, long failed, long skipped, long flaky) {

    /** None. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /** In words, what needs attention told apart: {@code 60 outcomes, 2 failed}; empty for none. */
    public String words() {
      StringBuilder words = new StringBuilder(all == 0 ? "" : Words.many(all, "outcome"));
      words.append(failed == 0 ? "" : ", " + Words.grouped(failed) + " failed");
      words.append(flaky == 0 ? "" : ", " + Words.grouped(flaky) + " flaky");
      return words
          .append(skipped == 0 ? "" : ", " + Words.grouped(skipped) + " skipped")
          .toString();
    }

    /** With what else was found, in one line. */
    public String outline(CheckReport check) {
      String other = check.evidence().outline();
      return all == 0
          ? other
          : words() + (other.equals(EvidenceReport.NOTHING) ? "" : ", " + other);
    }

    Counts with(Outcome outcome) {
      return new Counts(
          all + 1,
          failed + (outcome.result().failure() ? 1 : 0),
          skipped + (outcome.result() == Result.SKIPPED ? 1 : 0),
          flaky + (outcome.flaky() ? 1 : 0));
    }
  }

  /** The next entry, in the order of the ledger. */
  public void add(LedgerEntry entry) {
    if (entry instanceof Recorded(Evidence evidence) && evidence instanceof Outcome outcome) {
      counts.merge(outcome.check(), Counts.NONE.with(outcome), (before, _) -> before.with(outcome));
      return;
    }
    if (entry instanceof CheckOpened opened) {
      counts.remove(opened.check());
    }
    fold.add(entry);
  }

  /** How many outcomes a check has. */
  public Counts counts(String check) {
    return counts.getOrDefault(check, Counts.NONE);
  }

  /** What is known up to now; without outcomes. */
  public RunReport report(RunSummary summary) {
    return fold.report(summary);
  }
}
