package dev.assay.store;

import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.LedgerEntry.RunErased;
import dev.assay.store.LedgerReader.Head;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what the entries of a run say. In one transaction, which the caller begins and ends,
 * an entry is chained that says so and names the hashes, and the bodies become empty. A trigger of
 * the database lets no other change through.
 */
final class RunErasure {

  private static final HexFormat HEX = HexFormat.of();

  private RunErasure() {}

  /** A run as it is found. */
  private record Found(long entries, @Nullable Long closed, byte[] hashes) {}

  /** Erases a run; empty where there is none, or it was erased before. */
  static Optional<Receipt> erase(
      Connection connection, LedgerDatabase database, String run, String why, Instant at)
      throws SQLException {
    Found found = find(connection, database.tenant(), run);
    if (found == null) {
      return Optional.empty();
    }
    RunErased entry =
        new RunErased(at, why, found.entries(), HEX.formatHex(found.hashes()), found.closed());
    byte[] body = EncodedEntry.of(entry).bytes();
    Limits.refuseTooLarge(run, body);
    Head head = new LedgerReader(connection, database).head();
    long sequence = head.sequence() + 1;
    byte[] hash = new Chain().next(head.hash(), sequence, database.tenant(), run, body);
    try (PreparedStatement insert = connection.prepareStatement(BatchWriter.Rows.INSERT)) {
      BatchWriter.Rows.fill(
          insert, database.tenant(), new BatchWriter.Row(sequence, run, body, hash));
      insert.executeUpdate();
    }
    try (PreparedStatement empty =
        connection.prepareStatement(
            "UPDATE entry SET body = ? WHERE tenant = ? AND run = ? AND sequence < ?")) {
      empty.setBytes(1, new byte[0]);
      empty.setString(2, database.tenant());
      empty.setString(3, run);
      empty.setLong(4, sequence);
      empty.executeUpdate();
    }
    try (PreparedStatement counted =
        connection.prepareStatement(
            "UPDATE run SET entries = entries + 1 WHERE tenant = ? AND id = ?")) {
      counted.setString(1, database.tenant());
      counted.setString(2, run);
      counted.executeUpdate();
    }
    return Optional.of(new Receipt(sequence, HEX.formatHex(hash)));
  }

  private static @Nullable Found find(Connection connection, String tenant, String run)
      throws SQLException {
    Long closed;
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT closed FROM run JOIN entry ON entry.tenant = run.tenant AND entry.sequence ="
                + " run.opened WHERE run.tenant = ? AND run.id = ? AND length(entry.body) > 0")) {
      query.setString(1, tenant);
      query.setString(2, run);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          return null;
        }
        long number = rows.getLong(1);
        closed = rows.wasNull() ? null : number;
      }
    }
    MessageDigest hashes = Chain.sha256();
    long entries = 0;
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT hash FROM entry WHERE tenant = ? AND run = ? ORDER BY sequence")) {
      query.setString(1, tenant);
      query.setString(2, run);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          hashes.update(rows.getBytes(1));
          entries++;
        }
      }
    }
    return new Found(entries, closed, hashes.digest());
  }
}
