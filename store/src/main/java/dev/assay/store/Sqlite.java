package dev.assay.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** Opens SQLite so that a commit is on the disk when it returns, and hostile files do no harm. */
final class Sqlite {

  /** A damaged length must not ask for a gigabyte of memory. */
  private static final int LONGEST = 2 * Limits.LARGEST_ENTRY;

  private Sqlite() {}

  /** Work in a transaction. */
  interface Work {
    void run() throws SQLException;
  }

  /** Opens for writing; creates the file where there is none. */
  static Connection writer(LedgerFiles files, Limits limits) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return open(config, url(files.database()), limits.patience());
  }

  /** Makes a connection that {@link #writer} gave keep the promise of durability. */
  static void makeDurable(Connection connection, Limits limits) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      // Apple's fsync leaves the bytes in the drive's cache; elsewhere these say nothing new.
      statement.execute("PRAGMA fullfsync = ON");
      statement.execute("PRAGMA checkpoint_fullfsync = ON");
      if (limits.pages() > 0) {
        statement.execute("PRAGMA max_page_count = " + limits.pages());
      }
    }
  }

  /**
   * Opens for reading, beside a writer or without one. Where the folder cannot be written and
   * nothing waits in the write-ahead log, the file is read as it is, without the shared memory that
   * SQLite would otherwise have to create.
   */
  static Connection reader(LedgerFiles files) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    boolean asItIs = !Files.isWritable(files.folder()) && !files.writeAheadLogHasContent();
    String url = url(files.database()) + (asItIs ? "?immutable=1" : "");
    return open(config, url, Limits.DEFAULT.patience());
  }

  static Connection inMemory() throws SQLException {
    return open(new SQLiteConfig(), "jdbc:sqlite::memory:", Limits.DEFAULT.patience());
  }

  /**
   * Runs work in one transaction: all of it is durable on return, or nothing happened.
   *
   * <p>The driver's {@code commit()} begins the next transaction before it returns, and would
   * report a commit as failed where only that beginning did; leaving and entering auto-commit are
   * exactly BEGIN IMMEDIATE and COMMIT.
   */
  static void atomically(Connection connection, Work work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      work.run();
    } catch (SQLException | RuntimeException failed) {
      rollBack(connection, failed);
      leave(connection);
      throw failed;
    }
    try {
      connection.setAutoCommit(true);
    } catch (SQLException failed) {
      rollBack(connection, failed);
      throw failed;
    }
  }

  /** The one whole number that a query gives. */
  static int whole(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private static void rollBack(Connection connection, Exception failed) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      // SQLite itself rolls back after many failures, a full disk among them.
      failed.addSuppressed(alreadyRolledBack);
    }
  }

  private static void leave(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException noTransaction) {
      // The driver says COMMIT here, and there is nothing left to commit.
    }
  }

  private static Connection open(SQLiteConfig config, String url, Duration patience)
      throws SQLException {
    config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
    config.enforceForeignKeys(true);
    Connection connection = config.createConnection(url);
    try (Statement statement = connection.createStatement()) {
      connection.unwrap(SQLiteConnection.class).setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST);
      // The file may be damaged or hostile: nothing in its schema may run functions of ours.
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA cell_size_check = ON");
      return connection;
    } catch (SQLException unusable) {
      connection.close();
      throw unusable;
    }
  }

  /** As a URI, in which the driver does not mistake a question mark in a path for parameters. */
  private static String url(Path database) {
    return "jdbc:sqlite:file:" + database.toAbsolutePath().toUri().getRawPath();
  }
}
