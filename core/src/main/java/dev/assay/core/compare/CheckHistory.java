package dev.assay.core.compare;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds earlier runs of a check, to learn how much it scatters. */
final class CheckHistory {

  private static final int FARTHEST = 200;

  private final Ledger ledger;
  private final Set<String> compared;
  private final String environment;

  /**
   * Of runs in an environment.
   *
   * @param compared runs that are not looked at, as they are what is compared
   */
  CheckHistory(Ledger ledger, Set<String> compared, String environment) {
    this.ledger = ledger;
    this.compared = Set.copyOf(compared);
    this.environment = environment;
  }

  /** The check as it was in earlier runs, oldest first, where it was configured the same way. */
  List<StoredCheck> of(StoredCheck check) {
    List<StoredCheck> found = new ArrayList<>();
    for (RunSummary run : ledger.runs(FARTHEST, past -> past.monitor() == null)) {
      boolean other =
          run.closed() == null
              || compared.contains(run.id())
              || run.labels().containsKey(BaselineChoice.PAIR)
              || !run.subject().environment().equals(environment);
      if (!other) {
        StoredCheck.one(ledger, run.id(), check.id())
            .filter(past -> past.digest().equals(check.digest()) && past.comparable())
            .ifPresent(found::addFirst);
      }
      if (found.size() == BaselineChoice.HISTORY) {
        break;
      }
    }
    return found;
  }
}
