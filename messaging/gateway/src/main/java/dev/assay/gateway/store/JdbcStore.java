package dev.assay.gateway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.value.DatabaseUrl;
import dev.assay.gateway.Documents.Document;
import dev.assay.gateway.GatewayProblems;
import dev.assay.gateway.State;
import dev.assay.gateway.store.Batch.Audit;
import dev.assay.gateway.store.Batch.Heard;
import dev.assay.gateway.store.Batch.Notice;
import dev.assay.gateway.store.Batch.Once;
import dev.assay.gateway.store.Batch.Orphan;
import dev.assay.gateway.store.Batch.Submission;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store in a database that JDBC reaches. */
final class JdbcStore implements GatewayStore {

  private static final int READERS = 4;
  private static final int BUSY_MILLIS = 20_000;
  private static final int PAGE = 5_000;

  /** Any number that no other program of that database takes for its own locks: "ASSYGW". */
  private static final long LOCK = 0x415353594757L;

  private static final String MESSAGE =
      "SELECT id, state, steps, tenant, sender, recipient, body, expires, provider, country, parts,"
          + " cost, code, reference, callback, receipt, channels, properties FROM message ";

  private final String name;
  private final Dialect dialect;
  private final @Nullable Connection connection;
  private final @Nullable Writer writer;
  private final HikariDataSource readers;

  private JdbcStore(
      String name, Dialect dialect, @Nullable Connection connection, HikariDataSource readers) {
    this.name = name;
    this.dialect = dialect;
    this.connection = connection;
    this.writer = connection == null ? null : new Writer(connection);
    this.readers = readers;
  }

  /**
   * Opens the tables of a file, which is made where there is none. Whoever opens it has its lock.
   */
  static JdbcStore sqlite(Path file) {
    try {
      Connection connection =
          DriverManager.getConnection(url(file) + "?busy_timeout=" + BUSY_MILLIS);
      Dialect.SQLITE.prepareWriter(connection);
      Dialect.SQLITE.migrate(connection);
      return new JdbcStore(file.toString(), Dialect.SQLITE, connection, sqliteReaders(file));
    } catch (SQLException failed) {
      throw unusable(file.toString(), failed);
    }
  }

  /** Opens a file to read only. */
  static JdbcStore sqliteReader(Path file) {
    return new JdbcStore(file.toString(), Dialect.SQLITE, null, sqliteReaders(file));
  }

  /**
   * Opens a database of PostgreSQL.
   *
   * @throws ProblemException if it cannot be used, or another gateway has it open
   */
  static JdbcStore postgresql(DatabaseUrl url) {
    Connection connection = null;
    try {
      connection = DriverManager.getConnection(url.jdbc(), properties(url));
      try (PreparedStatement ask = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
        ask.setLong(1, LOCK);
        try (ResultSet rows = ask.executeQuery()) {
          rows.next();
          if (!rows.getBoolean(1)) {
            throw new SQLException("another gateway has it open");
          }
        }
      }
      Dialect.POSTGRESQL.prepareWriter(connection);
      Dialect.POSTGRESQL.migrate(connection);
      return new JdbcStore(url.toString(), Dialect.POSTGRESQL, connection, postgresqlReaders(url));
    } catch (SQLException failed) {
      close(connection);
      throw unusable(url.toString(), failed);
    }
  }

  /** The driver's own: inserts of a batch go in one. */
  private static Properties properties(DatabaseUrl url) {
    Properties properties = url.credentials();
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("ApplicationName", "assay-gateway");
    properties.setProperty("tcpKeepAlive", "true");
    // else the driver's messages show the values of statements: numbers and texts of people
    properties.setProperty("logServerErrorDetail", "false");
    return properties;
  }

  /** Opens a database of PostgreSQL to read only. */
  static JdbcStore postgresqlReader(DatabaseUrl url) {
    return new JdbcStore(url.toString(), Dialect.POSTGRESQL, null, postgresqlReaders(url));
  }

  private static String url(Path file) {
    return "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath();
  }

  private static HikariDataSource sqliteReaders(Path file) {
    HikariConfig config = readers(url(file));
    config.addDataSourceProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
    config.setConnectionInitSql("PRAGMA query_only = ON");
    return new HikariDataSource(config);
  }

  private static HikariDataSource postgresqlReaders(DatabaseUrl url) {
    HikariConfig config = readers(url.jdbc());
    config.setDataSourceProperties(properties(url));
    config.setReadOnly(true);
    return new HikariDataSource(config);
  }

  private static HikariConfig readers(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(READERS);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.setPoolName("gateway-readers");
    return config;
  }

  static ProblemException unusable(String name, Exception failed) {
    return new ProblemException(
        GatewayProblems.STORE
            .at(
                Where.named(name),
                "the store fails: " + failed.getMessage(),
                "see what it says, mend that and start the gateway again; nothing that was"
                    + " accepted is lost")
            .causedBy(failed));
  }

  // ---- writing ----

  private Connection writable() {
    if (connection == null) {
      throw new IllegalStateException("this store was opened to read only");
    }
    return connection;
  }

  @Override
  public void commit(Batch batch) {
    if (batch.isEmpty() || writer == null) {
      return;
    }
    Fold fold = new Fold().add(batch);
    atomically(() -> writer.write(fold));
  }

  /** Writes what a part of a log comes to, and how far it goes. */
  void fold(Fold fold, long number) {
    Writer to = writer;
    if (to == null) {
      throw new IllegalStateException("this store was opened to read only");
    }
    atomically(() -> {
      to.write(fold);
      to.applied(number);
    });
  }

  /** How far a log is in the store. */
  long applied() {
    return whole("SELECT number FROM applied");
  }

  /** What its log is known by. */
  long identity() {
    return whole("SELECT store FROM applied");
  }

  private interface Work {
    void run() throws SQLException;
  }

  private void atomically(Work work) {
    Connection to = writable();
    try {
      to.setAutoCommit(false);
      try {
        work.run();
        // the driver's commit() would begin the next transaction at once; leaving does not
        to.setAutoCommit(true);
      } catch (SQLException | RuntimeException failed) {
        rollBack(to, failed);
        throw failed;
      }
    } catch (SQLException failed) {
      throw unusable(name, failed);
    }
  }

  private static void rollBack(Connection to, Exception failed) {
    try {
      to.rollback();
      to.setAutoCommit(true);
    } catch (SQLException already) {
      failed.addSuppressed(already);
    }
  }

  @Override
  public int erase(String tenant, String number) {
    int[] count = new int[1];
    atomically(() -> {
      try (PreparedStatement update =
          writable()
              .prepareStatement(
                  "UPDATE message SET recipient = '', body = '', reference = '', properties = ''"
                      + " WHERE recipient = ? AND (? = '' OR tenant = ?)")) {
        update.setString(1, number);
        update.setString(2, tenant);
        update.setString(3, tenant);
        count[0] = update.executeUpdate();
      }
      try (PreparedStatement update =
          writable().prepareStatement("UPDATE heard SET sender = '', body = '' WHERE sender = ?")) {
        update.setString(1, number);
        count[0] += update.executeUpdate();
      }
    });
    return count[0];
  }

  @Override
  public int forget(Instant before, int most) {
    List<Long> ids =
        list(
            "SELECT id FROM message WHERE id < ? AND (state > ? OR state = ? AND receipt = 0)"
                + " ORDER BY id LIMIT ?",
            rows -> rows.getLong(1),
            MessageId.at(before.toEpochMilli()),
            State.ACKNOWLEDGED.ordinal(),
            State.ACKNOWLEDGED.ordinal(),
            most);
    atomically(() -> {
      for (String sql :
          List.of("DELETE FROM callback WHERE message = ?", "DELETE FROM message WHERE id = ?")) {
        try (PreparedStatement delete = writable().prepareStatement(sql)) {
          for (long id : ids) {
            delete.setLong(1, id);
            delete.addBatch();
          }
          delete.executeBatch();
        }
      }
      try (PreparedStatement delete =
          writable().prepareStatement("DELETE FROM once WHERE at < ?")) {
        delete.setLong(1, before.toEpochMilli());
        delete.executeUpdate();
      }
      try (PreparedStatement delete =
          writable()
              .prepareStatement(
                  "DELETE FROM submission WHERE message < ? AND NOT EXISTS"
                      + " (SELECT 1 FROM message WHERE message.id = submission.message)")) {
        // a table scan, so only when the oldest part of it is worth it
        if (ids.size() == most || ids.isEmpty()) {
          return;
        }
        delete.setLong(1, MessageId.at(before.toEpochMilli()));
        delete.executeUpdate();
      }
    });
    return ids.size();
  }

  // ---- reading ----

  private interface Row<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private <T> List<T> list(String sql, Row<T> row, Object... values) {
    try (Connection from = readers.getConnection()) {
      return list(from, sql, row, values);
    } catch (SQLException failed) {
      throw unusable(name, failed);
    }
  }

  private static <T> List<T> list(Connection from, String sql, Row<T> row, Object... values)
      throws SQLException {
    try (PreparedStatement statement = from.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<T> all = new ArrayList<>();
        while (rows.next()) {
          all.add(row.read(rows));
        }
        return all;
      }
    }
  }

  private <T> Optional<T> one(String sql, Row<T> row, Object... values) {
    return list(sql, row, values).stream().findFirst();
  }

  private long whole(String sql) {
    return one(sql, rows -> rows.getLong(1)).orElse(0L);
  }

  private static State state(int ordinal) {
    return State.values()[ordinal];
  }

  private static StoredMessage message(ResultSet rows) throws SQLException {
    String channels = rows.getString(17);
    String properties = rows.getString(18);
    return new StoredMessage(
        rows.getLong(1),
        state(rows.getInt(2)),
        rows.getInt(3),
        rows.getString(4),
        rows.getString(5),
        rows.getString(6),
        rows.getString(7),
        rows.getLong(8),
        rows.getString(9),
        rows.getString(10),
        rows.getInt(11),
        rows.getLong(12),
        rows.getString(13),
        rows.getString(14),
        rows.getString(15),
        rows.getInt(16) != 0,
        channels.isEmpty() ? List.of() : List.of(channels.split(",")),
        properties.isEmpty() ? Map.of() : texts(properties));
  }

  private static Map<String, String> texts(String json) {
    Map<String, String> texts = new HashMap<>();
    JsonReader.read(json)
        .asObject()
        .members()
        .forEach((key, value) -> texts.put(key, value.asText()));
    return texts;
  }

  @Override
  public long lastMessage() {
    return whole("SELECT coalesce(max(id), 0) FROM message");
  }

  @Override
  public long lastCallback() {
    return whole("SELECT coalesce(max(id), 0) FROM callback");
  }

  @Override
  public Optional<StoredMessage> find(long id) {
    return one(MESSAGE + "WHERE id = ?", JdbcStore::message, id);
  }

  @Override
  public List<StoredEvent> events(long id) {
    return one("SELECT events FROM message WHERE id = ?", rows -> rows.getString(1), id)
        .map(lines -> EventLines.read(id, lines))
        .orElse(List.of());
  }

  @Override
  public List<StoredMessage> unsent(long after, int most) {
    return list(
        MESSAGE + "WHERE id > ? AND state < ? ORDER BY id LIMIT ?",
        JdbcStore::message,
        after,
        State.ACKNOWLEDGED.ordinal(),
        most);
  }

  @Override
  public List<StoredMessage> overdue(@Nullable StoredMessage after, long expiredBefore, int most) {
    // the state is written out, as an index has only those that wait for a receipt
    return list(
        MESSAGE
            + "WHERE state = "
            + State.ACKNOWLEDGED.ordinal()
            + " AND receipt = 1 AND expires < ? AND (expires, id) > (?, ?)"
            + " ORDER BY expires, id LIMIT ?",
        JdbcStore::message,
        expiredBefore,
        after == null ? Long.MIN_VALUE : after.expires(),
        after == null ? Long.MIN_VALUE : after.id(),
        most);
  }

  @Override
  public List<StoredMessage> search(Search search) {
    StringBuilder sql = new StringBuilder(MESSAGE).append("WHERE id >= ? AND id < ?");
    List<Object> values = new ArrayList<>();
    values.add(MessageId.at(search.since().toEpochMilli()));
    values.add(search.before());
    also(sql, values, "tenant", search.tenant());
    also(sql, values, "recipient", search.to());
    also(sql, values, "reference", search.reference());
    State state = search.state();
    also(sql, values, "state", state == null ? null : state.ordinal());
    values.add(search.most());
    return list(
        sql.append(" ORDER BY id DESC LIMIT ?").toString(), JdbcStore::message, values.toArray());
  }

  private static void also(
      StringBuilder sql, List<Object> values, String column, @Nullable Object value) {
    if (value != null) {
      sql.append(" AND ").append(column).append(" = ?");
      values.add(value);
    }
  }

  @Override
  public Optional<Submission> submission(String provider, String providerId) {
    return one(
        "SELECT provider, provider_id, message, part FROM submission"
            + " WHERE provider = ? AND provider_id = ? ORDER BY message DESC LIMIT 1",
        JdbcStore::submission,
        provider,
        providerId);
  }

  private static Submission submission(ResultSet rows) throws SQLException {
    return new Submission(rows.getString(1), rows.getString(2), rows.getLong(3), rows.getInt(4));
  }

  private static Orphan orphanOf(ResultSet rows) throws SQLException {
    return new Orphan(
        rows.getString(1),
        rows.getString(2),
        state(rows.getInt(3)),
        rows.getString(4),
        rows.getLong(5));
  }

  @Override
  public List<Orphan> orphans(int most) {
    return list(
        "SELECT provider, provider_id, state, code, at FROM orphan ORDER BY at DESC LIMIT ?",
        JdbcStore::orphanOf,
        most);
  }

  @Override
  public Optional<Orphan> orphan(String provider, String providerId) {
    return one(
        "SELECT provider, provider_id, state, code, at FROM orphan"
            + " WHERE provider = ? AND provider_id = ? ORDER BY at DESC LIMIT 1",
        JdbcStore::orphanOf,
        provider,
        providerId);
  }

  @Override
  public Optional<Once> once(String tenant, String key) {
    return one(
        "SELECT tenant, key, digest, answer, at FROM once WHERE tenant = ? AND key = ?",
        rows ->
            new Once(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getLong(5)),
        tenant,
        key);
  }

  private static Notice callback(ResultSet rows) throws SQLException {
    return new Notice(
        rows.getLong(1),
        rows.getLong(2),
        rows.getString(3),
        rows.getString(4),
        rows.getString(5),
        rows.getInt(6),
        rows.getLong(7),
        rows.getInt(8) != 0);
  }

  private static final String CALLBACK =
      "SELECT id, message, tenant, url, body, attempts, due, dead FROM callback ";

  @Override
  public List<Notice> callbacks(String tenant, long after, int most) {
    return list(
        CALLBACK + "WHERE tenant = ? AND id > ? AND dead = 0 ORDER BY id LIMIT ?",
        JdbcStore::callback,
        tenant,
        after,
        most);
  }

  @Override
  public List<String> callbackTenants() {
    return list("SELECT DISTINCT tenant FROM callback WHERE dead = 0", rows -> rows.getString(1));
  }

  @Override
  public List<Notice> deadLetters(int most) {
    return list(CALLBACK + "WHERE dead = 1 ORDER BY id DESC LIMIT ?", JdbcStore::callback, most);
  }

  @Override
  public List<Audit> audits(int most) {
    return list(
        "SELECT at, who, what, detail FROM audit ORDER BY id DESC LIMIT ?",
        rows -> new Audit(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getString(4)),
        most);
  }

  @Override
  public List<Heard> heard(int most) {
    return list(
        "SELECT provider, sender, recipient, body, at FROM heard ORDER BY id DESC LIMIT ?",
        rows ->
            new Heard(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getLong(5)),
        most);
  }

  @Override
  public Map<State, Long> count(Instant since) {
    Map<State, Long> counts = new EnumMap<>(State.class);
    list(
        "SELECT state, count(*) FROM message WHERE id >= ? GROUP BY state",
        rows -> counts.put(state(rows.getInt(1)), rows.getLong(2)),
        MessageId.at(since.toEpochMilli()));
    return counts;
  }

  @Override
  public List<Tally> tally(@Nullable String tenant, Instant since) {
    StringBuilder sql =
        new StringBuilder(
            "SELECT provider, country, state, count(*), sum(parts), sum(cost) FROM message"
                + " WHERE id >= ?");
    List<Object> values = new ArrayList<>(List.of(MessageId.at(since.toEpochMilli())));
    also(sql, values, "tenant", tenant);
    return list(
        sql.append(" GROUP BY provider, country, state ORDER BY provider, country, state")
            .toString(),
        rows ->
            new Tally(
                rows.getString(1),
                rows.getString(2),
                state(rows.getInt(3)),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6)),
        values.toArray());
  }

  private static Document document(ResultSet rows) throws SQLException {
    long due = rows.getLong(2);
    return new Document(
        rows.getString(1),
        rows.wasNull() ? null : Instant.ofEpochMilli(due),
        JsonReader.read(rows.getString(3)).asObject());
  }

  @Override
  public Optional<Document> document(String kind, String key) {
    return one(
        "SELECT key, due, body FROM paper WHERE kind = ? AND key = ?",
        JdbcStore::document,
        kind,
        key);
  }

  @Override
  public List<Document> documents(String kind, String after, int most) {
    return list(
        "SELECT key, due, body FROM paper WHERE kind = ? AND key > ? ORDER BY key LIMIT ?",
        JdbcStore::document,
        kind,
        after,
        most);
  }

  @Override
  public List<Document> due(String kind, Instant at, int most) {
    return list(
        "SELECT key, due, body FROM paper WHERE kind = ? AND due IS NOT NULL AND due <= ?"
            + " ORDER BY due LIMIT ?",
        JdbcStore::document,
        kind,
        at.toEpochMilli(),
        most);
  }

  @Override
  public long walk(Consumer<Life> each) {
    long[] counted = {0, -1};
    while (true) {
      List<Life> page = page(counted[1]);
      if (page.isEmpty()) {
        return counted[0];
      }
      page.forEach(each);
      counted[0] += page.size();
      counted[1] = page.getLast().message().id();
    }
  }

  private List<Life> page(long after) {
    return list(
        MESSAGE.replace(" FROM", ", events FROM") + "WHERE id > ? ORDER BY id LIMIT ?",
        rows -> new Life(message(rows), EventLines.read(rows.getLong(1), rows.getString(19))),
        after,
        PAGE);
  }

  @Override
  public void close() {
    readers.close();
    if (writer != null) {
      try {
        writer.close();
      } catch (SQLException gone) {
        // then there is nothing left to close
      }
    }
    close(connection);
  }

  private static void close(@Nullable AutoCloseable thing) {
    if (thing != null) {
      try {
        thing.close();
      } catch (Exception gone) {
        // what is durable is durable, and the rest is gone with the connection
      }
    }
  }

  @Override
  public String toString() {
    return dialect + " " + name;
  }
}
