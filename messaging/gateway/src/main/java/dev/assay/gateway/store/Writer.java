package dev.assay.gateway.store;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes batches with statements that are prepared once. Not thread-safe. */
final class Writer implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>();

  Writer(Connection connection) {
    this.connection = connection;
  }

  /** How a row becomes the parameters of a statement. */
  private interface Binding<T> {
    void bind(PreparedStatement statement, T row) throws SQLException;
  }

  void write(Batch batch) throws SQLException {
    each(
        "INSERT INTO message (id, tenant, state, steps, sender, recipient, body, expires,"
            + " provider, country, parts, cost, code, reference, callback, receipt, channels,"
            + " properties)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        batch.messages,
        Writer::message);
    each(
        "INSERT INTO event (message, step, state, at, provider, code) VALUES (?, ?, ?, ?, ?, ?)",
        batch.events,
        (statement, row) -> {
          statement.setLong(1, row.message());
          statement.setInt(2, row.step());
          statement.setInt(3, row.state().ordinal());
          statement.setLong(4, row.at());
          statement.setString(5, row.provider());
          statement.setString(6, row.code());
        });
    each(
        "UPDATE message SET state = ?, steps = ?, provider = ?, parts = ?, cost = ?, code = ?"
            + " WHERE id = ?",
        batch.changes,
        (statement, row) -> {
          statement.setInt(1, row.state().ordinal());
          statement.setInt(2, row.steps());
          statement.setString(3, row.provider());
          statement.setInt(4, row.parts());
          statement.setLong(5, row.cost());
          statement.setString(6, row.code());
          statement.setLong(7, row.id());
        });
    each(
        "INSERT INTO submission (provider, provider_id, message, part) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        batch.submissions,
        (statement, row) -> {
          statement.setString(1, row.provider());
          statement.setString(2, row.providerId());
          statement.setLong(3, row.message());
          statement.setInt(4, row.part());
        });
    callbacks(batch);
    rare(batch);
  }

  private void callbacks(Batch batch) throws SQLException {
    each(
        "INSERT INTO callback (id, message, tenant, url, body, attempts, due, dead)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        batch.callbacks,
        (statement, row) -> {
          statement.setLong(1, row.id());
          statement.setLong(2, row.message());
          statement.setString(3, row.tenant());
          statement.setString(4, row.url());
          statement.setString(5, row.body());
          statement.setInt(6, row.attempts());
          statement.setLong(7, row.due());
          statement.setInt(8, row.dead() ? 1 : 0);
        });
    each(
        "UPDATE callback SET attempts = ?, due = ?, dead = ? WHERE id = ?",
        batch.tried,
        (statement, row) -> {
          statement.setInt(1, row.attempts());
          statement.setLong(2, row.due());
          statement.setInt(3, row.dead() ? 1 : 0);
          statement.setLong(4, row.id());
        });
    each(
        "DELETE FROM callback WHERE id = ?",
        batch.called,
        (statement, row) -> statement.setLong(1, row));
  }

  private void rare(Batch batch) throws SQLException {
    each(
        "INSERT INTO orphan (provider, provider_id, state, code, at) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        batch.orphans,
        (statement, row) -> {
          statement.setString(1, row.provider());
          statement.setString(2, row.providerId());
          statement.setInt(3, row.state().ordinal());
          statement.setString(4, row.code());
          statement.setLong(5, row.at());
        });
    each(
        "DELETE FROM orphan WHERE provider = ? AND provider_id = ?",
        batch.adopted,
        (statement, row) -> {
          statement.setString(1, row.provider());
          statement.setString(2, row.providerId());
        });
    each(
        "INSERT INTO once (tenant, key, digest, answer, at) VALUES (?, ?, ?, ?, ?)",
        batch.once,
        (statement, row) -> {
          statement.setString(1, row.tenant());
          statement.setString(2, row.key());
          statement.setString(3, row.digest());
          statement.setString(4, row.answer());
          statement.setLong(5, row.at());
        });
    each(
        "INSERT INTO audit (at, who, what, detail) VALUES (?, ?, ?, ?)",
        batch.audits,
        (statement, row) -> {
          statement.setLong(1, row.at());
          statement.setString(2, row.who());
          statement.setString(3, row.what());
          statement.setString(4, row.detail());
        });
    each(
        "INSERT INTO heard (provider, sender, recipient, body, at) VALUES (?, ?, ?, ?, ?)",
        batch.heard,
        (statement, row) -> {
          statement.setString(1, row.provider());
          statement.setString(2, row.from());
          statement.setString(3, row.to());
          statement.setString(4, row.text());
          statement.setLong(5, row.at());
        });
    for (Batch.Paper paper : batch.papers) {
      paper(paper);
    }
  }

  /** One at a time, as the same one may be written and removed in a batch. */
  private void paper(Batch.Paper paper) throws SQLException {
    Json.Obj body = paper.body();
    if (body == null) {
      each(
          "DELETE FROM paper WHERE kind = ? AND key = ?",
          List.of(paper),
          (statement, row) -> {
            statement.setString(1, row.kind());
            statement.setString(2, row.key());
          });
      return;
    }
    each(
        "INSERT INTO paper (kind, key, due, body) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (kind, key) DO UPDATE SET due = excluded.due, body = excluded.body",
        List.of(paper),
        (statement, row) -> {
          statement.setString(1, row.kind());
          statement.setString(2, row.key());
          Long due = row.due();
          if (due == null) {
            statement.setNull(3, Types.BIGINT);
          } else {
            statement.setLong(3, due);
          }
          statement.setString(4, JsonWriter.canonical(body));
        });
  }

  private static void message(PreparedStatement statement, StoredMessage row) throws SQLException {
    statement.setLong(1, row.id());
    statement.setString(2, row.tenant());
    statement.setInt(3, row.state().ordinal());
    statement.setInt(4, row.steps());
    statement.setString(5, row.from());
    statement.setString(6, row.to());
    statement.setString(7, row.text());
    statement.setLong(8, row.expires());
    statement.setString(9, row.provider());
    statement.setString(10, row.country());
    statement.setInt(11, row.parts());
    statement.setLong(12, row.cost());
    statement.setString(13, row.code());
    statement.setString(14, row.reference());
    statement.setString(15, row.callback());
    statement.setInt(16, row.receipt() ? 1 : 0);
    statement.setString(17, String.join(",", row.channels()));
    statement.setString(
        18, row.properties().isEmpty() ? "" : JsonWriter.canonical(Json.texts(row.properties())));
  }

  private <T> void each(String sql, List<T> rows, Binding<T> binding) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (T row : rows) {
      binding.bind(statement, row);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    List<PreparedStatement> all = new ArrayList<>(prepared.values());
    prepared.clear();
    for (PreparedStatement each : all) {
      each.close();
    }
  }
}
