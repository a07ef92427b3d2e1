package dev.assay.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The tables of the ledger, as numbered migrations. The number of the last one that was applied
 * stands in the database's {@code user_version}.
 */
final class Schema {

  /** The last migration known here. */
  static final int LATEST = 2;

  /** Marks the file as a ledger of Assay, for {@code file} and for us: "ASSY". */
  static final int APPLICATION = 0x41535359;

  private Schema() {}

  /** The version of a database; 0 where nothing was created. */
  static int version(Connection connection) throws SQLException {
    return Sqlite.whole(connection, "PRAGMA user_version");
  }

  /** Whether the database has no table, of anyone. */
  static boolean empty(Connection connection) throws SQLException {
    return Sqlite.whole(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  }

  /** Whether the database says that it is a ledger. */
  static boolean ours(Connection connection) throws SQLException {
    return Sqlite.whole(connection, "PRAGMA application_id") == APPLICATION;
  }

  /** Applies what is missing, all of it or nothing. */
  static void migrate(Connection connection) throws SQLException {
    migrate(connection, LATEST);
  }

  private static void migrate(Connection connection, int to) throws SQLException {
    if (version(connection) == to) {
      return;
    }
    Sqlite.atomically(
        connection,
        () -> {
          // Asked again, because another process may have migrated while this one waited.
          int from = version(connection);
          try (Statement statement = connection.createStatement()) {
            for (int number = from + 1; number <= to; number++) {
              statement.executeUpdate(migration("sqlite", number));
            }
            statement.executeUpdate("PRAGMA application_id = " + APPLICATION);
            statement.executeUpdate("PRAGMA user_version = " + to);
          }
        });
  }

  /** Every table, index and trigger with its text, in a fixed order. */
  static List<String> objects(Connection connection) throws SQLException {
    List<String> objects = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema"
                    + " ORDER BY type, name")) {
      while (rows.next()) {
        objects.add(
            String.format(
                Locale.ROOT,
                "%s %s on %s: %s",
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4)));
      }
    }
    return objects;
  }

  /** What {@link #objects} gives for an unharmed ledger of a version. */
  static List<String> expected(int version) throws SQLException {
    try (Connection connection = Sqlite.inMemory()) {
      migrate(connection, Math.clamp(version, 1, LATEST));
      return objects(connection);
    }
  }

  /** The text of a migration of a kind of database. */
  static String migration(String database, int number) {
    String name = String.format(Locale.ROOT, "%s/%03d.sql", database, number);
    try (InputStream sql = Schema.class.getResourceAsStream(name)) {
      if (sql == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
