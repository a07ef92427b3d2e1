package dev.assay.store;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import java.util.Set;
import java.util.TreeSet;

/** Which artifacts the entries of runs name, by their digests. */
public final class NamedArtifacts {

  private NamedArtifacts() {}

  /** Those that a run names. */
  public static Set<String> of(Ledger ledger, String run) {
    Set<String> named = new TreeSet<>();
    ledger.read(
        run,
        stored -> {
          if (stored.entry() instanceof Recorded(Artifact artifact)) {
            named.add(artifact.sha256());
          }
        });
    return named;
  }

  /** Those that a run names and no other; reads the other runs until there is none left. */
  public static Set<String> onlyOf(Ledger ledger, String run) {
    Set<String> own = of(ledger, run);
    if (own.isEmpty()) {
      return own;
    }
    for (RunSummary other : ledger.runs(Integer.MAX_VALUE)) {
      if (!other.id().equals(run)) {
        own.removeAll(of(ledger, other.id()));
      }
      if (own.isEmpty()) {
        break;
      }
    }
    return own;
  }
}
