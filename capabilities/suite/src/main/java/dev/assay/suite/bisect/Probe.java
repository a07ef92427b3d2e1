package dev.assay.suite.bisect;

import dev.assay.suite.git.Commit;

/** Runs the test at a commit. */
@FunctionalInterface
public interface Probe {

  /**
   * Runs it once.
   *
   * @throws InterruptedException if it was stopped on request
   */
  Result run(Commit commit) throws InterruptedException;
}
