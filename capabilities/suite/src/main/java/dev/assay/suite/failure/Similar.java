package dev.assay.suite.failure;

import dev.assay.suite.git.Commit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure of the past that is like one of now.
 *
 * @param test which test
 * @param run the last run in which it failed so
 * @param title what it said
 * @param same whether it has the same fingerprint, not only a like message at the same function
 * @param mendedIn the first run in which the test passed again; null where it never did
 * @param mendedBy the commits between, those first that touch the files of its frames; empty where
 *     it is not known
 * @param withoutChange whether it passed again with the same code
 */
public record Similar(
    TestId test,
    String run,
    String title,
    boolean same,
    @Nullable String mendedIn,
    List<Commit> mendedBy,
    boolean withoutChange) {
  /** Copies the list. */
  public Similar {
    mendedBy = List.copyOf(mendedBy);
  }
}
