package dev.assay.store;

import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunErased;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.ledger.LedgerEntry.RunResumed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows where the runs of one transaction begin and end, so that a list of runs need not read
 * their entries. Not for use by several threads.
 */
final class BatchRuns implements AutoCloseable {

  /** Where a run begins and ends, and how many entries it has. */
  static final class Extent {
    final long opened;
    @Nullable Long closed;
    long entries;
    private boolean stored;
    private boolean erased;

    Extent(long opened) {
      this.opened = opened;
    }

    /** Counts an entry that belongs to the run. */
    void add(LedgerEntry entry, long sequence) {
      entries++;
      switch (entry) {
        case RunClosed _ -> closed = sequence;
        case RunResumed _ -> closed = null;
        default -> {
          // Everything else neither ends a run nor goes on with one.
        }
      }
    }

    /** Reads where a run begins and ends, and how many entries it has, from three columns. */
    static Extent read(ResultSet rows, int column) throws SQLException {
      Extent extent = new Extent(rows.getLong(column));
      long closed = rows.getLong(column + 1);
      extent.closed = rows.wasNull() ? null : closed;
      extent.entries = rows.getLong(column + 2);
      return extent;
    }

    @Override
    public String toString() {
      return "from " + opened + " to " + (closed == null ? "now" : closed) + ", " + entries;
    }
  }

  private final Map<String, Extent> touched = new LinkedHashMap<>();
  private final PreparedStatement find;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final String tenant;

  BatchRuns(Connection connection, String tenant) throws SQLException {
    this.tenant = tenant;
    find =
        connection.prepareStatement(
            "SELECT opened, closed, entries, (SELECT length(body) FROM entry WHERE entry.tenant ="
                + " run.tenant AND sequence = opened) FROM run WHERE tenant = ? AND id = ?");
    insert =
        connection.prepareStatement(
            "INSERT INTO run (closed, entries, tenant, id, opened) VALUES (?, ?, ?, ?, ?)");
    update =
        connection.prepareStatement(
            "UPDATE run SET closed = ?, entries = ? WHERE tenant = ? AND id = ?");
  }

  /** Begins a transaction. */
  void begin() {
    touched.clear();
  }

  /** Why the entry cannot be the next of its run, or null where it can and was counted. */
  @Nullable String add(String run, LedgerEntry entry, long sequence) throws SQLException {
    Extent extent = touched.get(run);
    if (extent == null) {
      extent = stored(run);
    }
    if (extent != null && extent.erased) {
      return "run '" + run + "' was erased";
    }
    if (entry instanceof RunErased) {
      return "run '" + run + "' is erased by nobody who only says so";
    }
    if (entry instanceof RunOpened == (extent != null)) {
      return extent == null
          ? "run '" + run + "' was never opened"
          : "run '" + run + "' was opened before";
    }
    if (extent == null) {
      extent = new Extent(sequence);
    }
    extent.add(entry, sequence);
    touched.put(run, extent);
    return null;
  }

  /** Writes what changed into the transaction. */
  void flush() throws SQLException {
    for (Map.Entry<String, Extent> each : touched.entrySet()) {
      Extent extent = each.getValue();
      PreparedStatement statement = extent.stored ? update : insert;
      if (extent.closed == null) {
        statement.setNull(1, Types.BIGINT);
      } else {
        statement.setLong(1, extent.closed);
      }
      statement.setLong(2, extent.entries);
      statement.setString(3, tenant);
      statement.setString(4, each.getKey());
      if (!extent.stored) {
        statement.setLong(5, extent.opened);
      }
      statement.executeUpdate();
    }
  }

  private @Nullable Extent stored(String run) throws SQLException {
    find.setString(1, tenant);
    find.setString(2, run);
    try (ResultSet rows = find.executeQuery()) {
      if (!rows.next()) {
        return null;
      }
      Extent extent = Extent.read(rows, 1);
      extent.stored = true;
      extent.erased = rows.getLong(4) == 0;
      return extent;
    }
  }

  @Override
  public void close() throws SQLException {
    find.close();
    insert.close();
    update.close();
  }
}
