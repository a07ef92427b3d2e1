package dev.assay.profile.sql;

import dev.assay.api.value.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * What {@code pg_stat_statements} counted in one database up to one moment. The connection is
 * opened for the moment only, so that it is not among what is measured. Immutable.
 */
public final class Statements {

  private static final int LONGEST = 2_000;

  /**
   * Times are in milliseconds there; up to PostgreSQL 12 the column had another name. By the
   * comment it is known among what is counted.
   */
  private static final String COLUMN =
      "SELECT /* pg_stat_statements */ a.attname FROM pg_attribute a JOIN pg_class c ON c.oid ="
          + " a.attrelid WHERE c.relname = 'pg_stat_statements' AND a.attname IN"
          + " ('total_exec_time', 'total_time')";

  private static final String READ =
      "SELECT s.queryid, left(s.query, "
          + LONGEST
          + ") AS query, sum(s.calls) AS calls, sum(s.%s) AS total, sum(s.rows) AS rows,"
          + " sum(s.shared_blks_hit) AS hit, sum(s.shared_blks_read) AS read"
          + " FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid"
          + " WHERE d.datname = current_database() AND s.query NOT LIKE '%%pg_stat_statements%%'"
          + " GROUP BY 1, 2";

  private final Map<Long, Statement> byId;

  private Statements(Map<Long, Statement> byId) {
    this.byId = byId;
  }

  /**
   * What changed between two moments.
   *
   * @param statements those that were carried out, the one that took the most time first
   * @param reset whether someone set the counters back in between, so that some is missing
   * @param hidden whether statements of other users were not shown to this one
   */
  public record Difference(List<Statement> statements, boolean reset, boolean hidden) {
    /** Copies the list. */
    public Difference {
      statements = List.copyOf(statements);
    }

    /** How many were carried out. */
    public long calls() {
      return statements.stream().mapToLong(Statement::calls).sum();
    }

    /** How long that took in all. */
    public long nanos() {
      return statements.stream().mapToLong(Statement::nanos).sum();
    }
  }

  /**
   * Reads them now.
   *
   * @throws StatementsException if the database cannot be reached or does not count statements
   */
  public static Statements read(DatabaseUrl url) throws StatementsException {
    try (@Nullable Connection connection = new Driver().connect(url.jdbc(), properties(url))) {
      if (connection == null) {
        throw new StatementsException(
            "'" + url + "' is no address of PostgreSQL", "write postgresql://HOST:PORT/DATABASE");
      }
      return new Statements(read(connection));
    } catch (SQLException refused) {
      throw explained(url, refused);
    }
  }

  private static Map<Long, Statement> read(Connection connection) throws SQLException {
    Map<Long, Statement> found = new HashMap<>();
    try (java.sql.Statement ask = connection.createStatement()) {
      String total = "total_exec_time";
      try (ResultSet column = ask.executeQuery(COLUMN)) {
        if (column.next()) {
          total = column.getString(1);
        }
      }
      try (ResultSet rows = ask.executeQuery(READ.formatted(total))) {
        while (rows.next()) {
          Statement statement =
              new Statement(
                  text(rows.getString("query")),
                  rows.getLong("calls"),
                  (long) (rows.getDouble("total") * 1e6),
                  rows.getLong("rows"),
                  rows.getLong("hit"),
                  rows.getLong("read"));
          found.merge(rows.getLong("queryid"), statement, Statement::plus);
        }
      }
    }
    return found;
  }

  /** Statements that define something are counted as they were written, with their constants. */
  static String text(@Nullable String query) {
    return query == null
        ? ""
        : query
            .replaceAll("\\s+", " ")
            .strip()
            .replaceAll("(?i)(password\\s*=?\\s*)E?'(?:[^']|'')*'?", "$1'***'");
  }

  private static Properties properties(DatabaseUrl url) {
    Properties properties = url.credentials();
    properties.setProperty("ApplicationName", "assay");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("socketTimeout", "10");
    // At the connection's start and not by a SET, which would be counted.
    properties.setProperty("options", "-c default_transaction_read_only=on");
    properties.setProperty("assumeMinServerVersion", "9.4");
    return properties;
  }

  private static StatementsException explained(DatabaseUrl url, SQLException refused) {
    String state = String.valueOf(refused.getSQLState());
    String said = url.masked(String.valueOf(refused.getMessage()).replaceAll("\\s+", " "));
    return switch (state) {
      case "42P01" ->
          new StatementsException(
              "the database " + url + " has no extension pg_stat_statements",
              "set shared_preload_libraries = 'pg_stat_statements' in postgresql.conf, restart"
                  + " PostgreSQL, and run CREATE EXTENSION pg_stat_statements in the database");
      case "55000" ->
          new StatementsException(
              "PostgreSQL at " + url + " has not loaded pg_stat_statements",
              "set shared_preload_libraries = 'pg_stat_statements' in postgresql.conf and restart"
                  + " PostgreSQL");
      case "42501" ->
          new StatementsException(
              "the user may not read pg_stat_statements in " + url,
              "run GRANT pg_read_all_stats TO the user of the address");
      case "28P01", "28000" ->
          new StatementsException(
              "PostgreSQL at " + url + " refused the user: " + said,
              "correct user and password of the address");
      default ->
          new StatementsException(
              "PostgreSQL at " + url + " could not be asked: " + said,
              "look whether it runs there and lets this machine in");
    };
  }

  /** What was carried out from an earlier moment to this one. */
  public Difference since(Statements before) {
    List<Statement> changed = new ArrayList<>();
    boolean reset = false;
    boolean hidden = false;
    for (Map.Entry<Long, Statement> one : byId.entrySet()) {
      Statement earlier = before.byId.get(one.getKey());
      Statement now = one.getValue();
      boolean begunAgain = earlier != null && earlier.calls() > now.calls();
      reset |= begunAgain;
      Statement difference = earlier == null || begunAgain ? now : now.minus(earlier);
      if (difference.calls() > 0) {
        hidden |= now.text().equals("<insufficient privilege>");
        changed.add(difference);
      }
    }
    changed.sort(
        Comparator.comparingLong(Statement::nanos).reversed().thenComparing(Statement::text));
    return new Difference(changed, reset, hidden);
  }
}
