package dev.assay.server.facts;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.server.database.SqliteFile;
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
import java.util.Objects;

/**
 * The file of derived facts: made anew where it is of another version or cannot be read.
 * Thread-safe.
 */
final class FactsFile implements AutoCloseable {

  private static final List<String> NAMES = List.of("facts.db", "facts.db-wal", "facts.db-shm");
  private static final int VERSION = 5;
  private static final int CONNECTIONS = 6;
  private static final int PATIENCE_MILLIS = 30_000;

  private final HikariDataSource pool;

  private FactsFile(HikariDataSource pool) {
    this.pool = pool;
  }

  static FactsFile open(Path folder) {
    try {
      Path file = Files.createDirectories(folder).resolve(NAMES.getFirst());
      HikariDataSource pool = pool(file);
      try {
        if (usable(pool)) {
          return new FactsFile(pool);
        }
      } catch (SQLException damaged) {
        // it is read from the ledger again
      }
      pool.close();
      for (String name : NAMES) {
        Files.deleteIfExists(folder.resolve(name));
      }
      pool = pool(file);
      create(pool);
      return new FactsFile(pool);
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    } catch (SQLException unusable) {
      throw new IllegalStateException("facts cannot be kept in " + folder, unusable);
    }
  }

  /** How large the files of a folder are, in bytes; 0 where there are none. */
  static long bytes(Path folder) {
    long bytes = 0;
    for (String name : NAMES) {
      try {
        bytes += Files.size(folder.resolve(name));
      } catch (IOException none) {
        // then it takes no room
      }
    }
    return bytes;
  }

  /** After a power cut it is made anew, so nothing has to be on the disk at any moment. */
  private static HikariDataSource pool(Path file) {
    return new SqliteFile(file, false, CONNECTIONS, PATIENCE_MILLIS).open();
  }

  private static boolean usable(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      return rows.next() && rows.getInt(1) == VERSION;
    }
  }

  private static void create(HikariDataSource pool) throws SQLException, IOException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        InputStream sql =
            Objects.requireNonNull(FactsFile.class.getResourceAsStream("facts.sql"), "facts.sql")) {
      statement.executeUpdate(
          new String(sql.readAllBytes(), StandardCharsets.UTF_8)
              + ";PRAGMA user_version = "
              + VERSION);
    }
  }

  HikariDataSource pool() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
