package dev.assay.store;

import dev.assay.api.value.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables of the ledger in PostgreSQL, as numbered migrations. The number of the last one that
 * was applied stands in the table {@code assay_ledger}.
 */
final class PostgresSchema {

  /** The last migration known here. */
  static final int LATEST = 2;

  private static final PostgresTurn TURN = new PostgresTurn(1095979865, 1);

  private PostgresSchema() {}

  /** Applies what is missing, all of it or nothing, and refuses a newer one. */
  static void migrate(Connection connection, DatabaseUrl url) throws SQLException {
    TURN.take(connection, statement -> migrate(statement, url));
  }

  private static void migrate(Statement statement, DatabaseUrl url) throws SQLException {
    statement.execute("CREATE TABLE IF NOT EXISTS assay_ledger (version integer NOT NULL)");
    int from = version(statement);
    if (from > LATEST) {
      throw StoreProblems.NEWER.failure(
          new PostgresDatabase(url, "").where(),
          "its schema has the version " + from + ", and this one knows " + LATEST,
          "use the version of Assay that wrote it, or a newer one");
    }
    for (int number = from + 1; number <= LATEST; number++) {
      statement.execute(Schema.migration("postgres", number));
    }
    if (from < LATEST) {
      statement.execute("DELETE FROM assay_ledger");
      statement.execute("INSERT INTO assay_ledger VALUES (" + LATEST + ")");
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT max(version) FROM assay_ledger")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  /**
   * Refuses a role that no policy binds: a forgotten condition would then show one tenant the rows
   * of another.
   */
  static void refuseUnbound(Connection connection, DatabaseUrl url) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT rolname FROM pg_roles"
                    + " WHERE rolname = current_user AND (rolsuper OR rolbypassrls)");
        ResultSet rows = query.executeQuery()) {
      if (rows.next()) {
        throw StoreProblems.UNBOUND.failure(
            new PostgresDatabase(url, "").where(),
            "the role '" + rows.getString(1) + "' is a superuser or has BYPASSRLS",
            "use another: CREATE ROLE assay LOGIN PASSWORD '…'; CREATE DATABASE assay OWNER assay");
      }
    }
  }
}
