package dev.assay.suite.flaky;

/**
 * One attempt of a test.
 *
 * @param result what became of it
 * @param how how it was made; of the first attempt of a run it does not matter
 */
public record Attempt(Result result, Rerun how) {

  /** Results as far as they tell. */
  public enum Result {
    /** It passed. */
    PASS,
    /** It failed or broke with an error. */
    FAIL,
    /** It did not run, or what failed is known to be the machine; nothing is learned. */
    NONE
  }

  /** An attempt of which only the result is known. */
  public static Attempt of(Result result) {
    return new Attempt(result, Rerun.AGAIN);
  }
}
