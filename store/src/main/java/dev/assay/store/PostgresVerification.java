package dev.assay.store;

import dev.assay.api.ledger.Ledger.Verification;
import dev.assay.store.BatchRuns.Extent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * Looks at every entry and artifact of one tenant and says what is not as it was written. The pages
 * of the database are PostgreSQL's to look after (initdb --data-checksums). One object verifies
 * once.
 */
final class PostgresVerification {

  private static final int FETCHED = 256;

  private final Damages damages = new Damages();
  private final ChainAudit audit;
  private final ArtifactAudit artifacts;

  PostgresVerification(String tenant, Path folder) {
    this.audit = new ChainAudit(tenant, damages);
    this.artifacts = new ArtifactAudit(folder, damages);
  }

  /** In one transaction, so that all looks are at the same state while others write. */
  long entries(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT sequence, tenant, run, body, hash FROM entry ORDER BY sequence")) {
        while (rows.next()) {
          audit.entry(
              rows.getLong(1),
              rows.getString(2),
              rows.getString(3),
              rows.getBytes(4),
              rows.getBytes(5));
        }
      }
      runs(statement);
    }
    return audit.entries();
  }

  /** Looks at what the entries name, and says what was found in all. */
  Verification artifacts() throws IOException {
    artifacts.run(audit.named());
    return new Verification(
        audit.entries(),
        artifacts.stored(),
        HexFormat.of().formatHex(audit.head()),
        damages.shown());
  }

  private void runs(Statement statement) throws SQLException {
    ChainAudit.RunAudit runs = audit.runs();
    try (ResultSet rows =
        statement.executeQuery("SELECT id, opened, closed, entries, tenant FROM run")) {
      while (rows.next()) {
        runs.listed(String.valueOf(rows.getString(1)), rows.getString(5), Extent.read(rows, 2));
      }
    }
    runs.end();
  }
}
