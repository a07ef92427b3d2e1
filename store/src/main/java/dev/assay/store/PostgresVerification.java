package dev.assay.store;

import dev.assay.api.ledger.Ledger.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
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
      audit.entries(statement);
      audit.runs(statement);
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
}
