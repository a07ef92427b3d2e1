package dev.assay.server.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies all rows of all tables between a file of SQLite and PostgreSQL, either way: as they were
 * at one moment, in one transaction, counted in the end. Both have the same tables, since both took
 * the same migrations; those of the file say which there are.
 */
public final class Copy {

  private static final int AT_ONCE = 500;

  private Copy() {}

  /**
   * Copies into tables that are empty.
   *
   * @return how many rows, by table
   * @throws SQLException if something cannot be read or written, or not all of it came; nothing was
   *     written then
   */
  public static SortedMap<String, Long> all(ServerDatabase from, ServerDatabase to)
      throws SQLException {
    ServerDatabase file = from instanceof SqliteServerDatabase ? from : to;
    try (Connection source = from.whole();
        Connection target = to.whole()) {
      try {
        Map<String, List<String>> tables = tables(file == from ? source : target);
        SortedMap<String, Long> counts = new TreeMap<>();
        for (Map.Entry<String, List<String>> table : tables.entrySet()) {
          counts.put(table.getKey(), copy(source, target, table.getKey(), table.getValue()));
        }
        if (to instanceof PostgresServerDatabase) {
          advance(target, tables.keySet());
        }
        target.commit();
        return counts;
      } catch (SQLException | RuntimeException failed) {
        target.rollback();
        throw failed;
      } finally {
        source.rollback();
      }
    }
  }

  /** How many rows there are, in the tables that a file of SQLite has. */
  public static long rows(ServerDatabase database, SqliteServerDatabase file) throws SQLException {
    Set<String> tables;
    try (Connection connection = file.whole()) {
      tables = tables(connection).keySet();
      connection.rollback();
    }
    try (Connection connection = database.whole()) {
      long rows = 0;
      for (String table : tables) {
        rows += count(connection, table);
      }
      connection.rollback();
      return rows;
    }
  }

  private static long copy(Connection source, Connection target, String table, List<String> columns)
      throws SQLException {
    String names = String.join(", ", columns);
    String places = String.join(", ", columns.stream().map(_ -> "?").toList());
    try (PreparedStatement query = source.prepareStatement("SELECT " + names + " FROM " + table);
        PreparedStatement insert =
            target.prepareStatement(
                "INSERT INTO " + table + " (" + names + ") VALUES (" + places + ")")) {
      query.setFetchSize(AT_ONCE);
      try (ResultSet rows = query.executeQuery()) {
        long read = 0;
        while (rows.next()) {
          for (int column = 1; column <= columns.size(); column++) {
            insert.setObject(column, rows.getObject(column));
          }
          insert.addBatch();
          if (++read % AT_ONCE == 0) {
            int[] _ = insert.executeBatch();
          }
        }
        int[] _ = insert.executeBatch();
      }
    }
    long wanted = count(source, table);
    long there = count(target, table);
    if (wanted != there) {
      throw new SQLException(
          String.format(Locale.ROOT, "%d of %d rows of the table %s came", there, wanted, table));
    }
    return there;
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM " + table);
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** The tables of a file with the columns that are written, those first that others refer to. */
  private static Map<String, List<String>> tables(Connection sqlite) throws SQLException {
    List<String> names =
        texts(
            sqlite,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%'"
                + " ESCAPE '~' ORDER BY name");
    Map<String, List<String>> tables = new LinkedHashMap<>();
    Set<String> left = new LinkedHashSet<>(names);
    while (!left.isEmpty()) {
      List<String> ready = new ArrayList<>();
      for (String name : left) {
        List<String> referred =
            texts(sqlite, "SELECT \"table\" FROM pragma_foreign_key_list('" + name + "')");
        if (referred.stream().noneMatch(other -> left.contains(other) && !other.equals(name))) {
          ready.add(name);
        }
      }
      if (ready.isEmpty()) {
        throw new SQLException("the tables " + left + " refer to each other");
      }
      for (String name : ready) {
        tables.put(name, texts(sqlite, "SELECT name FROM pragma_table_info('" + name + "')"));
        left.remove(name);
      }
    }
    return tables;
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** Numbers that PostgreSQL draws go on after those that came. */
  private static void advance(Connection postgres, Set<String> tables) throws SQLException {
    try (PreparedStatement drawn =
            postgres.prepareStatement(
                "SELECT column_name FROM information_schema.columns WHERE table_schema ="
                    + " current_schema() AND table_name = ? AND is_identity = 'YES'");
        Statement statement = postgres.createStatement()) {
      for (String table : tables) {
        drawn.setString(1, table);
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = drawn.executeQuery()) {
          while (rows.next()) {
            columns.add(rows.getString(1));
          }
        }
        for (String column : columns) {
          statement.execute(
              String.format(
                  Locale.ROOT,
                  "SELECT setval(pg_get_serial_sequence('%1$s', '%2$s'),"
                      + " coalesce(max(%2$s), 0) + 1, false) FROM %1$s",
                  table,
                  column));
        }
      }
    }
  }
}
