package dev.assay.store;

import dev.assay.api.ledger.Ledger.Growth;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Counts what was appended from the tables alone, without decoding an entry. Not for use by several
 * threads.
 */
final class LedgerGrowth {

  /** What the entry begins with, in canonical form, that says that a run was erased. */
  private static final byte[] BEGINS = "{\"at\":".getBytes(StandardCharsets.UTF_8);

  private static final byte[] ERASED =
      "\"entry\":\"run-erased/1\"".getBytes(StandardCharsets.UTF_8);

  /** No such entry is longer: only short ones are looked into. */
  private static final int LONGEST = 1 << 16;

  private final Connection connection;
  private final LedgerDatabase database;

  LedgerGrowth(Connection connection, LedgerDatabase database) {
    this.connection = connection;
    this.database = database;
  }

  Growth after(long after, long most, long head) throws SQLException {
    long upTo = Math.max(after, Math.min(head, after + most));
    if (upTo == after) {
      return new Growth(after, head, 0, 0, 0, false);
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT coalesce(sum(CASE WHEN length(body) > 0 THEN 1 ELSE 0 END), 0),"
                + " coalesce(sum(length(body)), 0),"
                + " coalesce(max(CASE WHEN length(body) < "
                + LONGEST
                + " AND substr(body, 1, ?) = ? AND "
                + database.position("body")
                + " > 0 THEN 1 ELSE 0 END), 0) FROM "
                + database.entriesByNumber()
                + " WHERE tenant = ? AND sequence > ? AND sequence <= ?")) {
      query.setInt(1, BEGINS.length);
      query.setBytes(2, BEGINS);
      query.setBytes(3, ERASED);
      bounds(query, 4, after, upTo);
      long runs = runs(after, upTo);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return new Growth(upTo, head, runs, rows.getLong(1), rows.getLong(2), rows.getLong(3) > 0);
      }
    }
  }

  private long runs(long after, long upTo) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT count(*) FROM run JOIN entry AS first ON first.tenant = run.tenant"
                + " AND first.sequence = run.opened WHERE length(first.body) > 0"
                + " AND run.tenant = ? AND run.opened > ? AND run.opened <= ?")) {
      bounds(query, 1, after, upTo);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private void bounds(PreparedStatement query, int at, long after, long upTo) throws SQLException {
    query.setString(at, database.tenant());
    query.setLong(at + 1, after);
    query.setLong(at + 2, upTo);
  }
}
