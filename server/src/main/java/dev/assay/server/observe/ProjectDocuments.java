package dev.assay.server.observe;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.observe.alert.AlertDocuments;
import dev.assay.server.database.ServerDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept of one project's alerts, in the server's database. Thread-safe. */
final class ProjectDocuments implements AlertDocuments {

  private final ServerDatabase database;
  private final String project;

  ProjectDocuments(ServerDatabase database, String project) {
    this.database = database;
    this.project = project;
  }

  @Override
  public Map<String, Json> all(String kind) {
    Map<String, Json> all = new LinkedHashMap<>();
    List<Map.Entry<String, String>> rows =
        database.of(
            project,
            own ->
                own.sql(
                        "SELECT id, body FROM observe_document WHERE project = ? AND kind = ?"
                            + " ORDER BY id")
                    .params(project, kind)
                    .query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
                    .list());
    rows.forEach(row -> all.put(row.getKey(), JsonReader.read(row.getValue())));
    return all;
  }

  @Override
  public void write(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    try {
      int _ =
          database.change(() ->
              database.of(
                  project, own -> changes.stream().mapToInt(change -> write(own, change)).sum()));
    } catch (DataAccessException broken) {
      throw new IllegalStateException("what is kept of alerts cannot be written", broken);
    }
  }

  private int write(JdbcClient own, Change change) {
    Json body = change.body();
    return body == null
        ? own.sql("DELETE FROM observe_document WHERE project = ? AND kind = ? AND id = ?")
            .params(project, change.kind(), change.id())
            .update()
        : own.sql(
                "INSERT INTO observe_document (project, kind, id, body) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (project, kind, id) DO UPDATE SET body = excluded.body")
            .params(project, change.kind(), change.id(), JsonWriter.canonical(body))
            .update();
  }
}
