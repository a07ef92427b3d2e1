package dev.assay.core.run;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.PastRuns;
import dev.assay.api.plan.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The past of one check, read from the ledger.
 *
 * @param ledger all runs
 * @param run the run that is going on, which is no past
 * @param now what it is about
 * @param check the id of the check
 * @param monitor the monitor that began the run, whose past are its own results; null for none
 */
record LedgerPast(Ledger ledger, String run, Subject now, String check, @Nullable String monitor)
    implements PastRuns {

  private static final int FARTHEST = 500;

  @Override
  public List<PastRun> newest(int most) {
    if (most < 1 || most > FARTHEST) {
      throw new IllegalArgumentException("1 to " + FARTHEST + " runs can be read, not " + most);
    }
    List<PastRun> found = new ArrayList<>();
    for (RunSummary summary :
        ledger.runs(FARTHEST, past -> Objects.equals(past.monitor(), monitor))) {
      if (found.size() < most
          && summary.closed() != null
          && !summary.id().equals(run)
          && summary.subject().environment().equals(now.environment())) {
        found.add(new OneRun(summary));
      }
    }
    Collections.reverse(found);
    return List.copyOf(found);
  }

  private final class OneRun implements PastRun {

    private final RunSummary summary;

    OneRun(RunSummary summary) {
      this.summary = summary;
    }

    @Override
    public String id() {
      return summary.id();
    }

    @Override
    public Instant opened() {
      return summary.opened();
    }

    @Override
    public Subject subject() {
      return summary.subject();
    }

    @Override
    public void evidence(Consumer<Evidence> reader) {
      List<Evidence> held = new ArrayList<>();
      ledger.read(
          summary.id(),
          stored -> {
            switch (stored.entry()) {
              // what an interrupted part of the run emitted before is no evidence
              case LedgerEntry.CheckOpened opened when opened.check().equals(check) -> held.clear();
              case LedgerEntry.Recorded recorded when recorded.evidence().check().equals(check) ->
                  held.add(recorded.evidence());
              default -> {}
            }
          });
      held.forEach(reader);
    }
  }
}
