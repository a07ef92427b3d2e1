package dev.assay.server.facts;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.store.NamedArtifacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which files runs name. Of a run that was read as it is now the facts tell; only another is read
 * in the ledger. A picture of one moment; not thread-safe.
 */
public final class RunFiles {

  private final Ledger ledger;
  private final Map<String, Named> known = new HashMap<>();

  private record Named(long entries, Set<String> files) {}

  RunFiles(Ledger ledger, JdbcClient facts) {
    this.ledger = ledger;
    facts
        .sql(
            "SELECT run.id, run.entries, artifact.sha256 FROM run LEFT JOIN artifact"
                + " ON artifact.run = run.no")
        .query(rows -> {
          long entries = rows.getLong(2);
          Named named =
              known.computeIfAbsent(rows.getString(1), _ -> new Named(entries, new TreeSet<>()));
          String file = rows.getString(3);
          if (file != null) {
            named.files().add(file);
          }
        });
  }

  /** The digests of those that a run names. */
  public Set<String> of(RunSummary run) {
    Named named = known.get(run.id());
    return named != null && run.closed() != null && named.entries() == run.entries()
        ? named.files()
        : NamedArtifacts.of(ledger, run.id());
  }

  /** The digests of those that a run names and no other. */
  public Set<String> onlyOf(RunSummary run, List<RunSummary> all) {
    return NamedArtifacts.onlyOf(run.id(), of(run), all, this::of);
  }
}
