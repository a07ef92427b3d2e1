package dev.assay.suite.bisect;

/** What became of the test at a commit. */
public enum Result {
  /** It passed. */
  PASS,
  /** It failed. */
  FAIL,
  /** The commit could not be built, or the command could not be run there. */
  UNBUILDABLE,
  /** It was built, but there is no such test there. */
  MISSING;

  /** Whether it says something of the test. */
  public boolean tells() {
    return this == PASS || this == FAIL;
  }
}
