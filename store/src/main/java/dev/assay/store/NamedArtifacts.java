package dev.assay.store;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

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
    return own.isEmpty()
        ? own
        : onlyOf(run, own, ledger.runs(Integer.MAX_VALUE), other -> of(ledger, other.id()));
  }

  /**
   * Those of a run that no other of these runs names; asks the other runs until there is none left.
   *
   * @param named those that the run names
   * @param of those that another names
   */
  public static Set<String> onlyOf(
      String run, Set<String> named, List<RunSummary> all, Function<RunSummary, Set<String>> of) {
    Set<String> own = new TreeSet<>(named);
    for (RunSummary other : all) {
      if (own.isEmpty()) {
        break;
      }
      if (!other.id().equals(run)) {
        own.removeAll(of.apply(other));
      }
    }
    return own;
  }
}
