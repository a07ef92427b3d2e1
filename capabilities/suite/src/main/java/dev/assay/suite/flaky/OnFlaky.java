package dev.assay.suite.flaky;

import dev.assay.suite.flaky.Attempt.Result;
import java.util.List;

/** What becomes of a test that failed and then passed on the same code. */
public enum OnFlaky {
  /** The last attempt decides. */
  PASS,
  /** Reruns are made to learn, yet one failure fails. */
  FAIL;

  /**
   * Whether attempts fail the test.
   *
   * @param attempts in the order of time
   */
  public boolean fails(List<Attempt> attempts) {
    List<Result> results =
        attempts.stream().map(Attempt::result).filter(result -> result != Result.NONE).toList();
    return switch (this) {
      case PASS -> !results.isEmpty() && results.getLast() == Result.FAIL;
      case FAIL -> results.contains(Result.FAIL);
    };
  }
}
