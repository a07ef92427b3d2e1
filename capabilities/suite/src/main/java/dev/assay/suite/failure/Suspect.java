package dev.assay.suite.failure;

import dev.assay.suite.git.Commit;
import java.util.List;

/**
 * A commit that may have broken it.
 *
 * @param commit the commit
 * @param weight how suspect it is; the sum over a failure's suspects is 1
 * @param reasons what speaks for it; empty where it only is between the last pass and the first
 *     failure
 */
public record Suspect(Commit commit, double weight, List<String> reasons) {
  /** Copies the list. */
  public Suspect {
    reasons = List.copyOf(reasons);
  }
}
