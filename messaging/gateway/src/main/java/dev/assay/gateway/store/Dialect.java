package dev.assay.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Where the two databases differ. */
enum Dialect {
  /** A file of this machine. */
  SQLITE {
    @Override
    void prepareWriter(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = FULL");
        // Apple's fsync leaves the bytes in the drive's cache; elsewhere these say nothing new.
        statement.execute("PRAGMA fullfsync = ON");
        statement.execute("PRAGMA checkpoint_fullfsync = ON");
        // 64 MiB of cache, and of log before it is brought into the file
        statement.execute("PRAGMA cache_size = -65536");
        statement.execute("PRAGMA wal_autocheckpoint = 16384");
        statement.execute("PRAGMA trusted_schema = OFF");
      }
    }

    @Override
    int version(Connection connection) throws SQLException {
      return whole(connection, "PRAGMA user_version");
    }

    @Override
    void setVersion(Statement statement, int version) throws SQLException {
      statement.executeUpdate("PRAGMA user_version = " + version);
    }
  },
  /** A server, for production. */
  POSTGRESQL {
    @Override
    void prepareWriter(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET synchronous_commit = on");
      }
    }

    @Override
    int version(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(
            "CREATE TABLE IF NOT EXISTS gateway_schema (version BIGINT NOT NULL)");
      }
      return whole(connection, "SELECT coalesce(max(version), 0) FROM gateway_schema");
    }

    @Override
    void setVersion(Statement statement, int version) throws SQLException {
      statement.executeUpdate("INSERT INTO gateway_schema (version) VALUES (" + version + ")");
    }
  };

  private static final int LATEST = 2;

  /** Makes the connection keep the promise of durability. */
  abstract void prepareWriter(Connection connection) throws SQLException;

  /** The last migration that was applied. */
  abstract int version(Connection connection) throws SQLException;

  abstract void setVersion(Statement statement, int version) throws SQLException;

  /** Applies what is missing, all of it or nothing. */
  void migrate(Connection connection) throws SQLException {
    int from = version(connection);
    if (from > LATEST) {
      throw new SQLException(
          "its schema has version " + from + ", and this gateway knows " + LATEST + " at most");
    }
    if (from == LATEST) {
      return;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (int number = from + 1; number <= LATEST; number++) {
        for (String each : migration(number).split(";\\s*\n")) {
          if (!each.isBlank()) {
            statement.executeUpdate(each);
          }
        }
      }
      setVersion(statement, LATEST);
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private String migration(int number) {
    String name =
        String.format(Locale.ROOT, "%s/%03d.sql", name().toLowerCase(Locale.ROOT), number);
    try (InputStream sql = Dialect.class.getResourceAsStream(name)) {
      if (sql == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static int whole(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
