package dev.assay.server.account;

import dev.assay.api.spi.Clock;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.quota.Quota;
import dev.assay.server.quota.QuotaReached;
import dev.assay.server.quota.QuotaStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys of programs, each of one project and for certain scopes. A key is shown once and kept as a
 * SHA-256 of its 256 random bits; several of a project are good at once, so that one is changed for
 * another without a gap. Thread-safe.
 */
public final class ProjectKeys {

  /** How long a new one is good. */
  public static final Duration GOOD = Duration.ofDays(90);

  /** How long an old one is good beside the one that takes its place. */
  public static final Duration OVERLAP = Duration.ofDays(1);

  /** What a key may do. */
  public enum Scope {
    /** Sends runs. */
    INGEST,
    /** Reads runs and what they found. */
    READ,
    /** Silences alerts, acknowledges incidents, forgets monitors. */
    OPERATE,
    /** Members, keys, webhooks, retention, erasure, where alerts go, the audit log. */
    ADMIN;

    /** What a program gets that sends runs and looks after them, and administers nothing. */
    public static final Set<Scope> WORKING =
        java.util.Collections.unmodifiableSet(EnumSet.of(INGEST, READ, OPERATE));

    /** As it is written. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What a member of a role may themselves, and give to a program therefore. */
    static Set<Scope> of(Role role) {
      return switch (role) {
        case VIEWER -> EnumSet.of(READ);
        case DEVELOPER -> EnumSet.of(READ, INGEST);
        case OPERATOR -> EnumSet.of(READ, INGEST, OPERATE);
        case ADMIN -> EnumSet.allOf(Scope.class);
      };
    }

    /** The one that is written so; empty where there is none. */
    public static Optional<Scope> of(String label) {
      return Arrays.stream(values()).filter(scope -> scope.label().equals(label)).findFirst();
    }
  }

  private final QuotaStore quotas;
  private final ServerDatabase database;
  private final Secrets secrets;
  private final AuditLog audit;
  private final Clock clock;

  /** The keys of a database. */
  public ProjectKeys(ServerDatabase database, Secrets secrets, AuditLog audit, Clock clock) {
    this.quotas = new QuotaStore(database);
    this.database = database;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Makes one; what is returned is nowhere else.
   *
   * @throws QuotaReached if the project has all that it may have
   */
  public String make(String project, String name, Set<Scope> scopes, Duration good) {
    return audit.recorded(() -> {
      Long most = quotas.of(project).of(Quota.KEYS);
      if (most != null && of(project).size() >= most) {
        throw QuotaReached.of(Quota.KEYS, project, most, clock.now());
      }
      return insert(project, name, scopes, good);
    });
  }

  private String insert(String project, String name, Set<Scope> scopes, Duration good) {
    KeyText key = KeyText.draw(secrets);
    Instant now = clock.now();
    String may = KeyText.kept(scopes);
    int _ =
        database.of(
            project,
            rows ->
                rows.sql(
                        "INSERT INTO project_key (id, project, name, hash, scopes, created,"
                            + " expires) VALUES (?, ?, ?, ?, ?, ?, ?)")
                    .params(
                        key.id(),
                        project,
                        name,
                        key.hash(),
                        may,
                        now.toEpochMilli(),
                        now.plus(good).toEpochMilli())
                    .update());
    audit.note(
        "key.made",
        project,
        Target.thing("key " + key.id()),
        Map.of(
            "name", name, "may", may.toLowerCase(Locale.ROOT), "until", now.plus(good).toString()));
    return key.text();
  }

  /**
   * Makes a key that may do what another may; the other is good for a day more, so that there is no
   * gap.
   *
   * @return the new one; empty where there is no such key that is good
   */
  public Optional<String> rotate(String project, String id) {
    return audit.recorded(() ->
        one(project, id)
            .map(old -> {
              long end = clock.now().plus(OVERLAP).toEpochMilli();
              int _ =
                  database.of(
                      project,
                      rows ->
                          rows.sql(
                                  "UPDATE project_key SET expires = ?"
                                      + " WHERE project = ? AND id = ? AND expires > ?")
                              .params(end, project, id, end)
                              .update());
              audit.note("key.rotated", project, Target.thing("key " + id), Map.of());
              return insert(project, old.name(), old.scopes(), GOOD);
            }));
  }

  /** The key that somebody shows, if it is good now. */
  public Optional<ProjectKey> find(String shown) {
    // the key says whose it is, so it is looked for in all projects
    return KeyText.of(shown)
        .flatMap(text ->
            database.ofAll(all ->
                all.sql(
                        "SELECT id, project, name, scopes, created, expires, hash FROM project_key"
                            + " WHERE id = ? AND revoked IS NULL AND expires > ?")
                    .params(text.id(), clock.now().toEpochMilli())
                    .query((rows, _) ->
                        text.matches(rows.getString(7))
                            ? Optional.of(key(rows))
                            : Optional.<ProjectKey>empty())
                    .optional()
                    .flatMap(found -> found)));
  }

  /** One of a project that is good. */
  public Optional<ProjectKey> one(String project, String id) {
    return of(project).stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** The keys of a project that are good, the newest first. */
  public List<ProjectKey> of(String project) {
    return database.of(
        project,
        own ->
            own.sql(
                    "SELECT id, project, name, scopes, created, expires FROM project_key"
                        + " WHERE project = ? AND revoked IS NULL AND expires > ?"
                        + " ORDER BY created DESC, id")
                .params(project, clock.now().toEpochMilli())
                .query((rows, _) -> key(rows))
                .list());
  }

  /** Makes a key of a project good no longer. Returns whether it was. */
  public boolean revoke(String project, String id) {
    return audit.recorded(() -> {
      int revoked =
          database.of(
              project,
              rows ->
                  rows.sql(
                          "UPDATE project_key SET revoked = ?"
                              + " WHERE project = ? AND id = ? AND revoked IS NULL")
                      .params(clock.now().toEpochMilli(), project, id)
                      .update());
      if (revoked > 0) {
        audit.note("key.revoked", project, Target.thing("key " + id), Map.of());
      }
      return revoked > 0;
    });
  }

  private static ProjectKey key(java.sql.ResultSet rows) throws java.sql.SQLException {
    return new ProjectKey(
        rows.getString(1),
        rows.getString(2),
        rows.getString(3),
        KeyText.scopes(rows.getString(4)),
        Instant.ofEpochMilli(rows.getLong(5)),
        Instant.ofEpochMilli(rows.getLong(6)));
  }
}
