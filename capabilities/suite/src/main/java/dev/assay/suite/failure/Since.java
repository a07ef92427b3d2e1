package dev.assay.suite.failure;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.ledger.Ledger.RunSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Since when a test fails: the runs of the ledger between which it broke.
 *
 * @param lastPass the last run in which it passed; null where it never did
 * @param firstFailure the first run in which it failed since
 * @param failures how many runs it failed in since, with the first one
 */
record Since(@Nullable RunSummary lastPass, RunSummary firstFailure, int failures) {

  /** Of a test that fails in a run. */
  static Since of(TestId test, RunSummary now, List<PastRun> past) {
    RunSummary first = now;
    int failures = 1;
    for (PastRun run : past.reversed()) {
      PastRun.Seen seen = run.sameEnvironment(now) ? run.tests().get(test) : null;
      if (seen == null || seen.result() == Result.SKIPPED) {
        continue;
      }
      if (!seen.result().failure()) {
        return new Since(run.run(), first, failures);
      }
      first = run.run();
      failures++;
    }
    return new Since(null, first, failures);
  }

  /** Whether it passed and failed with the same code. */
  boolean sameCode() {
    RunSummary pass = lastPass;
    if (pass == null) {
      return false;
    }
    String commit = pass.subject().commit();
    return commit != null
        && commit.equals(firstFailure.subject().commit())
        && !pass.subject().dirty()
        && !firstFailure.subject().dirty();
  }

  /** For people. */
  String text() {
    RunSummary pass = lastPass;
    String times =
        failures == 1
            ? "this is the first failure"
            : "it failed in " + failures + " runs, first in " + firstFailure.id();
    if (pass == null) {
      return "it never passed in the ledger; " + times;
    }
    return times + "; it passed last in run " + pass.id() + at(pass);
  }

  private static String at(RunSummary run) {
    String commit = run.subject().commit();
    return commit == null
        ? ""
        : " at "
            + commit.substring(0, Math.min(10, commit.length()))
            + (run.subject().dirty() ? " with changes" : "");
  }
}
