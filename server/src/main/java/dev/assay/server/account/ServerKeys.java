package dev.assay.server.account;

import dev.assay.api.spi.Clock;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keys of programs for the whole server, which only its owners make. Kept and changed for others as
 * {@link ProjectKeys} are. Thread-safe.
 */
public final class ServerKeys {

  private static final String COLUMNS =
      "SELECT id, name, scopes, created, expires, hash FROM server_key";

  private final JdbcClient accounts;
  private final Secrets secrets;
  private final AuditLog audit;
  private final Clock clock;

  /** The keys of a database. */
  public ServerKeys(JdbcClient accounts, Secrets secrets, AuditLog audit, Clock clock) {
    this.accounts = accounts;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
  }

  /** Makes one; what is returned is nowhere else. */
  public String make(String name, Set<Scope> scopes, Duration good) {
    return audit.recorded(() -> {
      KeyText key = KeyText.draw(secrets);
      Instant now = clock.now();
      String may = KeyText.kept(scopes);
      int _ =
          accounts
              .sql("INSERT INTO server_key VALUES (?, ?, ?, ?, ?, ?, NULL)")
              .params(
                  key.id(),
                  name,
                  key.hash(),
                  may,
                  now.toEpochMilli(),
                  now.plus(good).toEpochMilli())
              .update();
      audit.note(
          "key.made",
          null,
          Target.thing("server key " + key.id()),
          Map.of(
              "name",
              name,
              "may",
              may.toLowerCase(Locale.ROOT),
              "until",
              now.plus(good).toString()));
      return key.text();
    });
  }

  /**
   * Makes a key that may do what another may; the other is good for a day more.
   *
   * @return the new one; empty where there is no such key that is good
   */
  public Optional<String> rotate(String id) {
    return audit.recorded(() ->
        one(id)
            .map(old -> {
              long end = clock.now().plus(ProjectKeys.OVERLAP).toEpochMilli();
              int _ =
                  accounts
                      .sql("UPDATE server_key SET expires = ? WHERE id = ? AND expires > ?")
                      .params(end, id, end)
                      .update();
              audit.note("key.rotated", null, Target.thing("server key " + id), Map.of());
              return make(old.name(), old.scopes(), ProjectKeys.GOOD);
            }));
  }

  /** The key that somebody shows, if it is good now. */
  public Optional<ServerKey> find(String shown) {
    return KeyText.of(shown)
        .flatMap(text ->
            accounts
                .sql(COLUMNS + " WHERE id = ? AND revoked IS NULL AND expires > ?")
                .params(text.id(), clock.now().toEpochMilli())
                .query((rows, row) ->
                    text.matches(rows.getString(6))
                        ? Optional.of(key(rows, row))
                        : Optional.<ServerKey>empty())
                .optional()
                .flatMap(found -> found));
  }

  /** One that is good. */
  public Optional<ServerKey> one(String id) {
    return all().stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** Those that are good, the newest first. */
  public List<ServerKey> all() {
    return accounts
        .sql(COLUMNS + " WHERE revoked IS NULL AND expires > ? ORDER BY created DESC, id")
        .param(clock.now().toEpochMilli())
        .query(ServerKeys::key)
        .list();
  }

  /** Makes a key good no longer. Returns whether it was. */
  public boolean revoke(String id) {
    return audit.recorded(() -> {
      int revoked =
          accounts
              .sql("UPDATE server_key SET revoked = ? WHERE id = ? AND revoked IS NULL")
              .params(clock.now().toEpochMilli(), id)
              .update();
      if (revoked > 0) {
        audit.note("key.revoked", null, Target.thing("server key " + id), Map.of());
      }
      return revoked > 0;
    });
  }

  private static ServerKey key(ResultSet rows, int row) throws SQLException {
    return new ServerKey(
        rows.getString(1),
        rows.getString(2),
        KeyText.scopes(rows.getString(3)),
        Instant.ofEpochMilli(rows.getLong(4)),
        Instant.ofEpochMilli(rows.getLong(5)));
  }
}
