package dev.assay.suite.flaky;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The past of one test.
 *
 * @param runs its runs in the order of time
 */
public record History(List<Run> runs) {

  /** Copies the list. */
  public History {
    runs = List.copyOf(runs);
  }

  /** The past up to a run. */
  public History upTo(int count) {
    return new History(runs.subList(0, count));
  }

  /**
   * A run of the suite, as far as this test is concerned.
   *
   * @param commit which code was tested, or null where that is not known
   * @param attempts of the test, in the order of time
   * @param executedChange whether the test executes what changed since its run before
   * @param failedShare the share of all tests of the run that failed, where known; 0 to 1
   */
  public record Run(
      @Nullable String commit,
      List<Attempt> attempts,
      Answer executedChange,
      OptionalDouble failedShare) {

    /** Copies the list. */
    public Run {
      attempts = List.copyOf(attempts);
      if (failedShare.isPresent()
          && !(failedShare.getAsDouble() >= 0 && failedShare.getAsDouble() <= 1)) {
        throw new IllegalArgumentException("a share is 0 to 1, not " + failedShare.getAsDouble());
      }
    }

    /** A run of which only the attempts are known. */
    public static Run of(List<Attempt> attempts) {
      return new Run(null, attempts, Answer.UNKNOWN, OptionalDouble.empty());
    }

    /** Whether an attempt of it failed. */
    public boolean failed() {
      return attempts.stream().anyMatch(attempt -> attempt.result() == Attempt.Result.FAIL);
    }

    /** Whether an attempt of it passed. */
    public boolean passed() {
      return attempts.stream().anyMatch(attempt -> attempt.result() == Attempt.Result.PASS);
    }
  }

  /** Yes, no, or not known. */
  public enum Answer {
    YES,
    NO,
    UNKNOWN
  }
}
