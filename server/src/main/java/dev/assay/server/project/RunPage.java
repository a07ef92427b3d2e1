package dev.assay.server.project;

import dev.assay.api.ledger.Ledger.RunSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list of runs. Immutable.
 *
 * @param runs the newest first
 * @param next the cursor of the rest; null where there is none
 * @param all how many runs the project has that began the same way
 */
public record RunPage(List<RunSummary> runs, @Nullable String next, int all) {

  /** Copies the list. */
  public RunPage {
    runs = List.copyOf(runs);
  }
}
