package dev.assay.cli;

import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.verdict.Decision;
import java.util.List;

/** The exit codes, which are documented and never change their meaning. */
enum ExitCode {
  /** Everything passed, or the command did what it was asked to. */
  PASS(0),
  /** An expectation does not hold. */
  FAIL(1),
  /** Inconclusive, stale or not run. */
  UNDECIDED(2),
  /** The workspace or the command line is wrong. */
  INVALID(3),
  /** The machine or its surroundings are in the way. */
  ENVIRONMENT(4),
  /** A defect of Assay. */
  INTERNAL(70),
  /** Stopped by Ctrl-C. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /**
   * The code of a run: a FAIL outweighs what else went wrong, a problem outweighs having no
   * verdict.
   */
  static ExitCode of(Decision decision, Ending ending, List<Problem> problems) {
    if (decision == Decision.FAIL) {
      return FAIL;
    }
    if (!problems.isEmpty()) {
      return of(problems);
    }
    if (ending == Ending.CANCELLED) {
      return INTERRUPTED;
    }
    return decision == Decision.PASS ? PASS : UNDECIDED;
  }

  /** The code of problems: that of the gravest kind. */
  static ExitCode of(List<Problem> problems) {
    if (problems.stream().anyMatch(problem -> problem.kind() == ProblemKind.INTERNAL)) {
      return INTERNAL;
    }
    return problems.stream().anyMatch(problem -> problem.kind() == ProblemKind.ENVIRONMENT)
        ? ENVIRONMENT
        : INVALID;
  }
}
