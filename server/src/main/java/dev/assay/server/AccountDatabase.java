package dev.assay.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Who may do what, in a SQLite database of its own: it changes rarely, and is not part of what is
 * proved. Thread-safe.
 */
final class AccountDatabase implements AutoCloseable {

  // In their order; a number that has been released never changes, and gaps may stay.
  private static final List<Integer> MIGRATIONS = List.of(1, 10, 11, 12, 13, 30, 40, 50, 60, 65);
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int CONNECTIONS = 4;

  private final HikariDataSource pool;

  private AccountDatabase(HikariDataSource pool) {
    this.pool = pool;
  }

  /** Opens that of a server's folder. */
  static AccountDatabase of(Path folder) {
    try {
      return open(Files.createDirectories(folder).resolve("accounts.db"));
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  /** Opens it, and creates or migrates its tables. */
  static AccountDatabase open(Path file) {
    SQLiteConfig settings = new SQLiteConfig();
    settings.enforceForeignKeys(true);
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    settings.setBusyTimeout(PATIENCE_MILLIS);
    settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    // whoever was forgotten is in no free page, either
    settings.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    SQLiteDataSource source = new SQLiteDataSource(settings);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setPoolName("assay-accounts");
    AccountDatabase database = new AccountDatabase(new HikariDataSource(config));
    try {
      database.migrate();
      return database;
    } catch (SQLException unusable) {
      database.close();
      throw new IllegalStateException("the accounts in " + file + " cannot be read", unusable);
    }
  }

  private void migrate() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      int from;
      try (ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
        from = rows.next() ? rows.getInt(1) : 0;
      }
      if (from > MIGRATIONS.getLast()) {
        throw new SQLException("they are of a newer version of Assay");
      }
      for (int number : MIGRATIONS) {
        if (number > from) {
          statement.executeUpdate(
              "BEGIN IMMEDIATE;"
                  + migration(number)
                  + ";PRAGMA user_version = "
                  + number
                  + ";COMMIT");
        }
      }
    }
  }

  private static String migration(int number) {
    String name = String.format(Locale.ROOT, "accounts/%03d.sql", number);
    try (InputStream sql = AccountDatabase.class.getResourceAsStream(name)) {
      if (sql == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  DataSource source() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
