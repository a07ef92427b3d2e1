package dev.assay.store;

import dev.assay.store.AppendQueue.Pending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the one connection that may write. Rows go into the table many at a time where they are
 * of one run: most of what a row costs is the call that brings it.
 */
final class SqliteWriter implements BatchWriter {

  /** So many rows a statement takes. */
  private static final int[] PORTIONS = {64, 8};

  private final Connection connection;
  private final LedgerDatabase database;
  private final LedgerReader reader;
  private final BatchRuns runs;
  private final PreparedStatement insert;
  private final @Nullable PreparedStatement[] portions =
      new @Nullable PreparedStatement[PORTIONS.length];
  private final Chain chain = new Chain();

  SqliteWriter(Connection connection, LedgerDatabase database) throws SQLException {
    this.connection = connection;
    this.database = database;
    this.reader = new LedgerReader(connection, database);
    this.runs = new BatchRuns(connection, database.tenant());
    this.insert = connection.prepareStatement(Rows.INSERT);
  }

  @Override
  public List<Runnable> write(List<Pending> batch) throws SQLException {
    Rows[] rows = new Rows[1];
    Sqlite.atomically(
        connection,
        () -> {
          runs.begin();
          // Read anew each time: it costs a look-up, and makes a second writer harmless.
          rows[0] = new Rows(database, chain, reader.head());
          rows[0].put(batch, runs);
          insert(rows[0].rows());
          runs.flush();
        });
    return rows[0].answers();
  }

  private void insert(List<Row> rows) throws SQLException {
    int at = 0;
    while (at < rows.size()) {
      int alike = 1; // of one run
      while (at + alike < rows.size()
          && alike < PORTIONS[0]
          && rows.get(at + alike).run().equals(rows.get(at).run())) {
        alike++;
      }
      at += insert(rows.subList(at, at + alike), database.tenant());
    }
  }

  /** Inserts the first of some rows of one run; how many. */
  private int insert(List<Row> rows, String tenant) throws SQLException {
    for (int i = 0; i < PORTIONS.length; i++) {
      int number = PORTIONS[i];
      if (rows.size() >= number) {
        PreparedStatement insert = portions[i];
        if (insert == null) {
          insert = connection.prepareStatement(statement(number));
          portions[i] = insert;
        }
        insert.setString(1, tenant);
        insert.setString(2, rows.getFirst().run());
        insert.setLong(3, rows.getFirst().sequence());
        for (int row = 0; row < number; row++) {
          insert.setBytes(4 + 2 * row, rows.get(row).body());
          insert.setBytes(5 + 2 * row, rows.get(row).hash());
        }
        insert.executeUpdate();
        return number;
      }
    }
    Rows.fill(insert, tenant, rows.getFirst());
    insert.executeUpdate();
    return 1;
  }

  /** Inserts rows of one run, whose numbers follow each other. */
  private static String statement(int number) {
    StringJoiner rows =
        new StringJoiner(", ", "INSERT INTO entry (tenant, sequence, run, body, hash) VALUES ", "");
    for (int row = 0; row < number; row++) {
      rows.add("(?1, ?3 + " + row + ", ?2, ?" + (4 + 2 * row) + ", ?" + (5 + 2 * row) + ")");
    }
    return rows.toString();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    for (PreparedStatement portion : portions) {
      if (portion != null) {
        portion.close();
      }
    }
    runs.close();
  }
}
