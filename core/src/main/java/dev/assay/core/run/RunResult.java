package dev.assay.core.run;

import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.problem.Problem;
import dev.assay.api.verdict.Decision;
import java.util.List;

/**
 * How a run ended.
 *
 * @param run its id
 * @param decision the combined decision
 * @param ending how it ended
 * @param problems what kept it from doing all it had to, in order
 */
public record RunResult(String run, Decision decision, Ending ending, List<Problem> problems) {

  /** Copies the list. */
  public RunResult {
    problems = List.copyOf(problems);
  }
}
