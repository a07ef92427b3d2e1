package dev.assay.suite.failure;

import dev.assay.suite.flaky.Attempt;
import dev.assay.suite.flaky.History;
import dev.assay.suite.flaky.History.Answer;
import dev.assay.suite.flaky.History.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Turns what the ledger says of a test into what {@link dev.assay.suite.flaky} reads. */
public final class Histories {

  private static final int ENOUGH_TO_SHARE = 20;

  private Histories() {}

  /** The past of one test, the oldest run first. */
  public static History of(TestId test, List<PastRun> runs) {
    List<Run> history = new ArrayList<>();
    for (PastRun past : runs) {
      PastRun.Seen seen = past.tests().get(test);
      if (seen != null) {
        List<Attempt> attempts =
            seen.results().stream().map(result -> Attempt.of(result(result))).toList();
        // of a handful of tests, most failing together says nothing of the machine
        OptionalDouble share =
            past.tests().size() < ENOUGH_TO_SHARE
                ? OptionalDouble.empty()
                : OptionalDouble.of(past.failedShare());
        history.add(new Run(past.commit(), attempts, Answer.UNKNOWN, share));
      }
    }
    return new History(history);
  }

  private static Attempt.Result result(dev.assay.api.evidence.Attempt.Result result) {
    return switch (result) {
      case PASSED -> Attempt.Result.PASS;
      case FAILED, ERROR -> Attempt.Result.FAIL;
      case SKIPPED -> Attempt.Result.NONE;
    };
  }
}
