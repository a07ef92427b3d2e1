package dev.assay.suite.select;

/**
 * What was decided on one test.
 *
 * @param test the test class with dots, or the test file
 * @param kind why, for programs
 * @param reason why, for people
 */
public record Decision(String test, Kind kind, String reason) {

  /** Why a test runs or does not. */
  public enum Kind {
    /** Something changed that nobody can tell the users of. */
    EVERYTHING(true),
    /** It never ran here before. */
    NEW(true),
    /** It failed when it ran last, or not long ago. */
    FAILED(true),
    /** What it depends on has changed. */
    AFFECTED(true),
    /** Nothing it depends on has changed; it runs so that this can be held against the truth. */
    SAMPLE(true),
    /** All its inputs are those of a run in which it passed. */
    SAME_INPUTS(false),
    /** Nothing it depends on has changed since a commit; of that commit nothing is claimed. */
    UNAFFECTED(false);

    private final boolean runs;

    Kind(boolean runs) {
      this.runs = runs;
    }

    /** Whether such a test runs. */
    public boolean runs() {
      return runs;
    }
  }

  /** Whether it runs. */
  public boolean runs() {
    return kind.runs();
  }
}
