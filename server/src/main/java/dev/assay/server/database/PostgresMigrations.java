package dev.assay.server.database;

import dev.assay.api.problem.Where;
import dev.assay.store.PostgresTurn;
import dev.assay.store.StoreProblems;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Applies migrations to the server's schema in PostgreSQL, one process at a time, all that are
 * missing or none. A server that runs meanwhile, and one of an older version that starts later, go
 * on with tables that only grew; after a migration that takes something away an older one does not
 * start.
 */
final class PostgresMigrations {

  /** The room is "ASSY" + 2. */
  private static final PostgresTurn TURN = new PostgresTurn(1095979867, 1);

  private final List<Migration> known;

  PostgresMigrations(List<Migration> known) {
    this.known = List.copyOf(known);
  }

  void apply(Connection connection, Where where) throws SQLException {
    TURN.take(connection, statement -> apply(statement, where));
  }

  private void apply(Statement statement, Where where) throws SQLException {
    // a table that is in use is waited for briefly: whoever uses it must not wait for long
    statement.execute("SET LOCAL lock_timeout = '10s'");
    if (!exists(statement)) {
      statement.execute("CREATE SCHEMA " + PostgresServerDatabase.SCHEMA);
    }
    statement.execute(
        "CREATE TABLE IF NOT EXISTS migration (number integer PRIMARY KEY, contracts boolean NOT"
            + " NULL, applied timestamptz NOT NULL DEFAULT now())");
    SortedMap<Integer, Boolean> applied = applied(statement);
    refuseNewer(applied, where);
    for (Migration migration : known) {
      if (!applied.containsKey(migration.number())) {
        statement.execute(migration.postgres());
        note(statement.getConnection(), migration);
      }
    }
  }

  /** Asked first, because a role that may not make one may use one that somebody made for it. */
  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT 1 FROM pg_namespace WHERE nspname = '" + PostgresServerDatabase.SCHEMA + "'")) {
      return rows.next();
    }
  }

  private static SortedMap<Integer, Boolean> applied(Statement statement) throws SQLException {
    SortedMap<Integer, Boolean> applied = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery("SELECT number, contracts FROM migration")) {
      while (rows.next()) {
        applied.put(rows.getInt(1), rows.getBoolean(2));
      }
    }
    return applied;
  }

  private void refuseNewer(SortedMap<Integer, Boolean> applied, Where where) {
    List<Integer> numbers = known.stream().map(Migration::number).toList();
    applied.forEach((number, contracts) -> {
      if (contracts && !numbers.contains(number)) {
        throw StoreProblems.NEWER.failure(
            where,
            "its migration " + number + " took away what this version needs",
            "use the version of Assay that made it, or a newer one");
      }
    });
  }

  private static void note(Connection connection, Migration migration) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO migration (number, contracts) VALUES (?, ?)")) {
      insert.setInt(1, migration.number());
      insert.setBoolean(2, migration.contracts());
      insert.executeUpdate();
    }
  }
}
