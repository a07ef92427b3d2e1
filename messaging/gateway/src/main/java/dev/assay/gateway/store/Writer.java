package dev.assay.gateway.store;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.gateway.store.Batch.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what batches come to with statements that are prepared once. Not thread-safe. */
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

  void write(Fold fold) throws SQLException {
    List<Row> fresh = new ArrayList<>();
    List<Row> changed = new ArrayList<>();
    fold.lives.forEach((id, life) -> {
      Row row = new Row(id, life.message, life.change, life.events.toString());
      (life.message == null ? changed : fresh).add(row);
    });
    each(
        "INSERT INTO message (id, tenant, sender, recipient, body, expires, country, reference,"
            + " callback, receipt, channels, properties, state, steps, provider, parts, cost,"
            + " code, events) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        fresh,
        Writer::message);
    each(
        "UPDATE message SET state = ?, steps = ?, provider = ?, parts = ?, cost = ?, code = ?,"
            + " events = events || ? WHERE id = ?",
        changed.stream().filter(row -> row.change() != null).toList(),
        (statement, row) -> {
          place(statement, 1, row);
          statement.setString(7, row.events());
          statement.setLong(8, row.id());
        });
    each(
        "UPDATE message SET events = events || ? WHERE id = ?",
        changed.stream().filter(row -> row.change() == null).toList(),
        (statement, row) -> {
          statement.setString(1, row.events());
          statement.setLong(2, row.id());
        });
    each(
        "INSERT INTO submission (provider, provider_id, message, part) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        fold.submissions,
        (statement, row) -> {
          statement.setString(1, row.provider());
          statement.setString(2, row.providerId());
          statement.setLong(3, row.message());
          statement.setInt(4, row.part());
        });
    callbacks(fold);
    rare(fold);
  }

  /** How far a log is in the store. */
  void applied(long number) throws SQLException {
    each(
        "UPDATE applied SET number = ?",
        List.of(number),
        (statement, row) -> statement.setLong(1, row));
  }

  private record Row(
      long id, @Nullable StoredMessage message, @Nullable Change change, String events) {}

  private void callbacks(Fold fold) throws SQLException {
    each(
        "INSERT INTO callback (id, message, tenant, url, body, attempts, due, dead)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        fold.callbacks.values(),
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
        fold.tried.values(),
        (statement, row) -> {
          statement.setInt(1, row.attempts());
          statement.setLong(2, row.due());
          statement.setInt(3, row.dead() ? 1 : 0);
          statement.setLong(4, row.id());
        });
    each(
        "DELETE FROM callback WHERE id = ?",
        fold.called,
        (statement, row) -> statement.setLong(1, row));
  }

  private void rare(Fold fold) throws SQLException {
    each(
        "DELETE FROM orphan WHERE provider = ? AND provider_id = ?",
        fold.adopted,
        (statement, row) -> {
          statement.setString(1, row.provider());
          statement.setString(2, row.providerId());
        });
    each(
        "INSERT INTO orphan (provider, provider_id, state, code, at) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        fold.orphans,
        (statement, row) -> {
          statement.setString(1, row.provider());
          statement.setString(2, row.providerId());
          statement.setInt(3, row.state().ordinal());
          statement.setString(4, row.code());
          statement.setLong(5, row.at());
        });
    each(
        "INSERT INTO once (tenant, key, digest, answer, at) VALUES (?, ?, ?, ?, ?)",
        fold.once,
        (statement, row) -> {
          statement.setString(1, row.tenant());
          statement.setString(2, row.key());
          statement.setString(3, row.digest());
          statement.setString(4, row.answer());
          statement.setLong(5, row.at());
        });
    each(
        "INSERT INTO audit (at, who, what, detail) VALUES (?, ?, ?, ?)",
        fold.audits,
        (statement, row) -> {
          statement.setLong(1, row.at());
          statement.setString(2, row.who());
          statement.setString(3, row.what());
          statement.setString(4, row.detail());
        });
    each(
        "INSERT INTO heard (provider, sender, recipient, body, at) VALUES (?, ?, ?, ?, ?)",
        fold.heard,
        (statement, row) -> {
          statement.setString(1, row.provider());
          statement.setString(2, row.from());
          statement.setString(3, row.to());
          statement.setString(4, row.text());
          statement.setLong(5, row.at());
        });
    for (Batch.Paper paper : fold.papers()) {
      paper(paper);
    }
  }

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

  private static void message(PreparedStatement statement, Row life) throws SQLException {
    StoredMessage row = Objects.requireNonNull(life.message(), "only new messages are inserted");
    statement.setLong(1, life.id());
    statement.setString(2, row.tenant());
    statement.setString(3, row.from());
    statement.setString(4, row.to());
    statement.setString(5, row.text());
    statement.setLong(6, row.expires());
    statement.setString(7, row.country());
    statement.setString(8, row.reference());
    statement.setString(9, row.callback());
    statement.setInt(10, row.receipt() ? 1 : 0);
    statement.setString(11, String.join(",", row.channels()));
    statement.setString(
        12, row.properties().isEmpty() ? "" : JsonWriter.canonical(Json.texts(row.properties())));
    place(statement, 13, life);
    statement.setString(19, life.events());
  }

  /** Where it is now: the last change, or as the message was when it was new. */
  private static void place(PreparedStatement statement, int at, Row life) throws SQLException {
    Change change = life.change();
    Change last = change == null ? Objects.requireNonNull(life.message()).place() : change;
    statement.setInt(at, last.state().ordinal());
    statement.setInt(at + 1, last.steps());
    statement.setString(at + 2, last.provider());
    statement.setInt(at + 3, last.parts());
    statement.setLong(at + 4, last.cost());
    statement.setString(at + 5, last.code());
  }

  private <T> void each(String sql, Collection<T> rows, Binding<T> binding) throws SQLException {
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
