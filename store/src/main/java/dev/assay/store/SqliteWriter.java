package dev.assay.store;

import dev.assay.store.AppendQueue.Pending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes to the one connection that may write. */
final class SqliteWriter implements BatchWriter {

  private final Connection connection;
  private final LedgerDatabase database;
  private final LedgerReader reader;
  private final BatchRuns runs;
  private final PreparedStatement insert;
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
          rows[0].put(batch, runs, insert, PreparedStatement::executeUpdate);
          runs.flush();
        });
    return rows[0].answers();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    runs.close();
  }
}
