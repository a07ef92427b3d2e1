package dev.assay.observe.alert;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Documents in a table {@code observe_document} of SQLite, for one project. Thread-safe. */
public final class JdbcDocuments implements AlertDocuments {

  private static final int PATIENCE_MILLIS = 10_000;

  private final DataSource source;
  private final String project;
  private final ReentrantLock writing = new ReentrantLock();

  /** In a database that has the table. */
  public JdbcDocuments(DataSource source, String project) {
    this.source = source;
    this.project = project;
  }

  /** In a file of their own, made where it is not there. */
  public static JdbcDocuments open(Path file) {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    settings.setBusyTimeout(PATIENCE_MILLIS);
    SQLiteDataSource database = new SQLiteDataSource(settings);
    database.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE IF NOT EXISTS observe_document (project TEXT NOT NULL, kind TEXT NOT NULL,"
              + " id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (project, kind, id)) STRICT");
    } catch (SQLException unusable) {
      throw new IllegalStateException("alerts cannot be kept in " + file, unusable);
    }
    return new JdbcDocuments(database, "");
  }

  @Override
  public Map<String, Json> all(String kind) {
    Map<String, Json> all = new LinkedHashMap<>();
    try (Connection connection = source.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT id, body FROM observe_document WHERE project = ? AND kind = ? ORDER BY"
                    + " id")) {
      query.setString(1, project);
      query.setString(2, kind);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          all.put(rows.getString(1), JsonReader.read(rows.getString(2)));
        }
      }
    } catch (SQLException broken) {
      throw new IllegalStateException("what is kept of alerts cannot be read", broken);
    }
    return all;
  }

  @Override
  public void write(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    writing.lock();
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement put =
              connection.prepareStatement(
                  "INSERT INTO observe_document VALUES (?, ?, ?, ?) ON CONFLICT (project, kind, id)"
                      + " DO UPDATE SET body = excluded.body");
          PreparedStatement take =
              connection.prepareStatement(
                  "DELETE FROM observe_document WHERE project = ? AND kind = ? AND id = ?")) {
        for (Change change : changes) {
          Json body = change.body();
          PreparedStatement statement = body == null ? take : put;
          statement.setString(1, project);
          statement.setString(2, change.kind());
          statement.setString(3, change.id());
          if (body != null) {
            statement.setString(4, JsonWriter.canonical(body));
          }
          statement.executeUpdate();
        }
        connection.commit();
      } catch (SQLException broken) {
        connection.rollback();
        throw broken;
      }
      connection.setAutoCommit(true);
    } catch (SQLException broken) {
      throw new IllegalStateException("what is kept of alerts cannot be written", broken);
    } finally {
      writing.unlock();
    }
  }
}
