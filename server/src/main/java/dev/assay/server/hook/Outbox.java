package dev.assay.server.hook;

import dev.assay.server.database.ServerDatabase;
import dev.assay.server.hook.Delivery.State;
import dev.assay.server.hook.HookEvent.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Webhooks and what waits for them, in the database. Thread-safe. */
final class Outbox {

  private static final Duration KEPT = Duration.ofDays(30);
  private static final String WEBHOOK =
      "SELECT id, project, url, events, created, gone, form, header FROM webhook";
  private static final String DELIVERY =
      "SELECT id, webhook, event, type, created, state, attempts, due, answer FROM delivery";

  private final ServerDatabase accounts;

  Outbox(ServerDatabase accounts) {
    this.accounts = accounts;
  }

  /** What is sent, and what it is signed with. */
  record Letter(
      Delivery delivery,
      String url,
      List<String> secrets,
      String body,
      String project,
      HookForm form,
      @Nullable HookHeader header) {

    /** Copies the list. */
    Letter {
      secrets = List.copyOf(secrets);
    }

    /** Whether somebody only tries whether the webhook works. */
    boolean test() {
      return delivery.type().equals(HookEvent.TEST);
    }
  }

  void add(Webhook hook, @Nullable HookHeader header, String secret) {
    int _ =
        accounts.of(
            hook.project(),
            own ->
                own.sql(
                        "INSERT INTO webhook (id, project, url, secret, events, created, form,"
                            + " header) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                        hook.id(),
                        hook.project(),
                        hook.url(),
                        secret,
                        kept(hook.events()),
                        hook.created().toEpochMilli(),
                        hook.form().name(),
                        header == null ? "" : header.written())
                    .update());
  }

  private static String kept(Set<Kind> events) {
    return new TreeSet<>(events).stream().map(Kind::name).collect(Collectors.joining(" "));
  }

  boolean change(String project, String id, WantedHook wanted) {
    HookHeader header = wanted.kept();
    int changed =
        accounts.of(
            project,
            own ->
                own.sql(
                        "UPDATE webhook SET url = ?, events = ?, form = ?, gone = NULL,"
                            + " header = CASE WHEN ? = 1 THEN header ELSE ? END"
                            + " WHERE project = ? AND id = ?")
                    .params(
                        wanted.url(),
                        kept(wanted.events()),
                        wanted.form().name(),
                        wanted.header() == null ? 1 : 0,
                        header == null ? "" : header.written(),
                        project,
                        id)
                    .update());
    return changed > 0;
  }

  boolean remove(String project, String id) {
    return accounts.of(
            project,
            own ->
                own.sql("DELETE FROM webhook WHERE project = ? AND id = ?")
                    .params(project, id)
                    .update())
        > 0;
  }

  List<Webhook> of(String project) {
    return accounts.of(
        project,
        own ->
            own.sql(WEBHOOK + " WHERE project = ? ORDER BY created")
                .param(project)
                .query(Outbox::webhook)
                .list());
  }

  List<Webhook> all() {
    return accounts.ofAll(all -> all.sql(WEBHOOK).query(Outbox::webhook).list());
  }

  Optional<Webhook> find(String project, String id) {
    return of(project).stream().filter(hook -> hook.id().equals(id)).findFirst();
  }

  private static Webhook webhook(ResultSet rows, int row) throws SQLException {
    Set<Kind> events =
        Arrays.stream(rows.getString(4).split(" ")).map(Kind::valueOf).collect(Collectors.toSet());
    return new Webhook(
        rows.getString(1),
        rows.getString(2),
        rows.getString(3),
        events,
        HookForm.valueOf(rows.getString(7)),
        name(rows.getString(8)),
        Instant.ofEpochMilli(rows.getLong(5)),
        rows.getObject(6) != null);
  }

  private static @Nullable String name(String kept) {
    HookHeader header = HookHeader.of(kept);
    return header == null ? null : header.name();
  }

  /** Puts an event in for a webhook, unless it is there. Returns whether it was put in. */
  boolean put(String webhook, HookEvent event, String body, Instant now) {
    return accounts.ofAll(all ->
        all.sql(
                "INSERT INTO delivery (webhook, event, type, body, created, state, attempts, due)"
                    + " VALUES (?, ?, ?, ?, ?, 'WAITING', 0, ?) ON CONFLICT DO NOTHING")
            .params(webhook, event.id(), event.type(), body, now.toEpochMilli(), now.toEpochMilli())
            .update())
        > 0;
  }

  /** What is due, the oldest first. */
  List<Letter> due(Instant now, int limit) {
    return accounts.ofAll(all ->
        all.sql(
                "SELECT d.id, d.webhook, d.event, d.type, d.created, d.state, d.attempts, d.due,"
                    + " d.answer, w.url, w.secret, d.body, w.earlier, w.earlier_until, w.project,"
                    + " w.form, w.header"
                    + " FROM delivery d"
                    + " JOIN webhook w ON w.id = d.webhook"
                    + " WHERE d.state = 'WAITING' AND d.due <= ? AND w.gone IS NULL"
                    + " ORDER BY d.due LIMIT ?")
            .params(now.toEpochMilli(), limit)
            .query((rows, row) ->
                new Letter(
                    delivery(rows, row),
                    rows.getString(10),
                    secrets(rows, now),
                    rows.getString(12),
                    rows.getString(15),
                    HookForm.valueOf(rows.getString(16)),
                    HookHeader.of(rows.getString(17))))
            .list());
  }

  private static List<String> secrets(ResultSet rows, Instant now) throws SQLException {
    String earlier = rows.getString(13);
    boolean both = earlier != null && rows.getLong(14) > now.toEpochMilli();
    return both ? List.of(rows.getString(11), earlier) : List.of(rows.getString(11));
  }

  /** Signs with another secret, and for a while with the one before, too. */
  boolean rotate(String project, String id, String secret, Instant until) {
    return accounts.of(
            project,
            own ->
                own.sql(
                        "UPDATE webhook SET earlier = secret, earlier_until = ?, secret = ?"
                            + " WHERE project = ? AND id = ?")
                    .params(until.toEpochMilli(), secret, project, id)
                    .update())
        > 0;
  }

  /** When the next one is due after a moment; empty where none waits. */
  Optional<Instant> next(Instant after) {
    return accounts.ofAll(all ->
        all.sql(
                "SELECT coalesce(min(d.due), -1) FROM delivery d JOIN webhook w ON w.id = d.webhook"
                    + " WHERE d.state = 'WAITING' AND d.due > ? AND w.gone IS NULL")
            .param(after.toEpochMilli())
            .query((rows, _) -> rows.getLong(1))
            .optional()
            .filter(due -> due >= 0)
            .map(Instant::ofEpochMilli));
  }

  void settle(long delivery, State state, int attempts, Instant due, String answer) {
    int _ =
        accounts.ofAll(all ->
            all.sql("UPDATE delivery SET state = ?, attempts = ?, due = ?, answer = ? WHERE id = ?")
                .params(state.name(), attempts, due.toEpochMilli(), answer, delivery)
                .update());
  }

  void gone(String webhook, Instant now) {
    int _ =
        accounts.ofAll(all ->
            all.sql("UPDATE webhook SET gone = ? WHERE id = ?")
                .params(now.toEpochMilli(), webhook)
                .update());
  }

  /** Sends a delivery of a project again, now. Returns whether there is one. */
  boolean again(String project, long delivery, Instant now) {
    int woken =
        accounts.of(
            project,
            own ->
                own.sql(
                        "UPDATE delivery SET state = 'WAITING', attempts = 0, due = ? WHERE id = ?"
                            + " AND webhook IN (SELECT id FROM webhook WHERE project = ?)")
                    .params(now.toEpochMilli(), delivery, project)
                    .update());
    int _ =
        accounts.of(
            project,
            own ->
                own.sql(
                        "UPDATE webhook SET gone = NULL WHERE project = ? AND id ="
                            + " (SELECT webhook FROM delivery WHERE id = ?)")
                    .params(project, delivery)
                    .update());
    return woken > 0;
  }

  List<Delivery> deliveries(String project, DeliveryFilter filter) {
    StringBuilder sql = new StringBuilder(DELIVERY);
    List<Object> asked = new ArrayList<>(List.of(project));
    sql.append(" WHERE webhook IN (SELECT id FROM webhook WHERE project = ?)");
    if (filter.webhook() != null) {
      sql.append(" AND webhook = ?");
      asked.add(filter.webhook());
    }
    if (filter.state() != null) {
      sql.append(" AND state = ?");
      asked.add(filter.state().name());
    }
    if (filter.before() != null) {
      sql.append(" AND id < ?");
      asked.add(filter.before());
    }
    asked.add(filter.limit());
    return accounts.of(
        project,
        own ->
            own.sql(sql.append(" ORDER BY id DESC LIMIT ?").toString())
                .params(asked)
                .query(Outbox::delivery)
                .list());
  }

  private static Delivery delivery(ResultSet rows, int row) throws SQLException {
    return new Delivery(
        rows.getLong(1),
        rows.getString(2),
        rows.getString(3),
        rows.getString(4),
        Instant.ofEpochMilli(rows.getLong(5)),
        State.valueOf(rows.getString(6)),
        rows.getInt(7),
        Instant.ofEpochMilli(rows.getLong(8)),
        rows.getString(9));
  }

  Map<String, Long> states() {
    Map<String, Long> states = new TreeMap<>();
    for (State state : State.values()) {
      states.put(state.name().toLowerCase(Locale.ROOT), 0L);
    }
    accounts
        .ofAll(all ->
            all.sql("SELECT state, count(*) FROM delivery GROUP BY state")
                .query((rows, _) ->
                    Map.entry(rows.getString(1).toLowerCase(Locale.ROOT), rows.getLong(2)))
                .list())
        .forEach(counted -> states.put(counted.getKey(), counted.getValue()));
    return states;
  }

  /** Forgets what tells of a run; how many that were. */
  int forget(String project, String run) {
    return accounts.of(
        project,
        own ->
            own.sql(
                    "DELETE FROM delivery WHERE webhook IN (SELECT id FROM webhook WHERE project ="
                        + " ?) AND body LIKE ? ESCAPE '!'")
                .params(project, "%\"" + run.replaceAll("[!%_]", "!$0") + "\"%")
                .update());
  }

  /** Forgets what is over for a month. */
  void sweep(Instant now) {
    int _ =
        accounts.ofAll(all ->
            all.sql("DELETE FROM delivery WHERE state <> 'WAITING' AND created < ?")
                .param(now.minus(KEPT).toEpochMilli())
                .update());
    int _ =
        accounts.ofAll(all ->
            all.sql(
                    "UPDATE webhook SET earlier = NULL, earlier_until = NULL"
                        + " WHERE earlier_until < ?")
                .param(now.toEpochMilli())
                .update());
  }
}
