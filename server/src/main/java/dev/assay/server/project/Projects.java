package dev.assay.server.project;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.spi.Clock;
import dev.assay.server.ServerOptions;
import dev.assay.store.PostgresLedgers;
import dev.assay.store.SqliteLedger;
import dev.assay.store.WorkspaceLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The projects of a server, each with a ledger of its own: a tenant of the PostgreSQL database
 * where there is one, else a folder. Ledgers are opened when they are first asked for, and stay
 * open. Thread-safe.
 */
public final class Projects implements AutoCloseable {

  /** What a project may be called: it stands in addresses, and names a folder. */
  public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private static final int CONNECTIONS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final JdbcClient accounts;
  private final Path folder;
  private final @Nullable PostgresLedgers database;
  private final WorkspaceLock lock;
  private final Clock clock;
  private final Map<String, ProjectRuns> open = new ConcurrentHashMap<>();

  private Projects(
      JdbcClient accounts,
      Path folder,
      @Nullable PostgresLedgers database,
      WorkspaceLock lock,
      Clock clock) {
    this.accounts = accounts;
    this.folder = folder;
    this.database = database;
    this.lock = lock;
    this.clock = clock;
  }

  /**
   * A project.
   *
   * @param name as in addresses
   * @param title for people
   * @param created when
   */
  public record Project(String name, String title, Instant created) {}

  /**
   * Opens what a server's folder or database has.
   *
   * @throws dev.assay.api.problem.ProblemException if another server uses the folder, or the
   *     database cannot be used
   */
  public static Projects open(JdbcClient accounts, ServerOptions options, Clock clock) {
    WorkspaceLock lock = WorkspaceLock.acquire(options.data(), "the server");
    try {
      PostgresLedgers database =
          options.database() == null
              ? null
              : PostgresLedgers.open(options.database(), CONNECTIONS, clock, PATIENCE);
      return new Projects(accounts, options.data().resolve("projects"), database, lock, clock);
    } catch (RuntimeException unusable) {
      lock.close();
      throw unusable;
    }
  }

  /** All of them, by name. */
  public List<Project> all() {
    return accounts
        .sql("SELECT name, title, created FROM project ORDER BY name")
        .query((rows, _) ->
            new Project(
                rows.getString(1), rows.getString(2), Instant.ofEpochMilli(rows.getLong(3))))
        .list();
  }

  /** Those that a member has a role in, by name; all for an owner. */
  public List<Project> of(String member) {
    return accounts
        .sql(
            "SELECT name, title, created FROM project WHERE EXISTS (SELECT 1 FROM member WHERE"
                + " member.name = ? AND owner = 1) OR EXISTS (SELECT 1 FROM role WHERE"
                + " role.project = project.name AND role.member = ?) ORDER BY name")
        .params(member, member)
        .query((rows, _) ->
            new Project(
                rows.getString(1), rows.getString(2), Instant.ofEpochMilli(rows.getLong(3))))
        .list();
  }

  /** The project of that name. */
  public Optional<Project> find(String name) {
    return all().stream().filter(project -> project.name().equals(name)).findFirst();
  }

  /** Makes one; returns what is wrong with the name or the title, or null. */
  public @Nullable String make(String name, String title) {
    if (!NAME.matcher(name).matches()) {
      return "A project's name has 1 to 63 small letters, digits and dashes, and begins with a"
          + " letter or digit.";
    }
    if (title.isBlank() || title.length() > 100) {
      return "A title has 1 to 100 characters.";
    }
    int made =
        accounts
            .sql("INSERT INTO project VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .params(name, title.strip(), clock.now().toEpochMilli())
            .update();
    return made == 1 ? null : "There is a project of this name.";
  }

  /** The runs of a project that exists. */
  public ProjectRuns runs(Project project) {
    return open.computeIfAbsent(project.name(), name -> new ProjectRuns(ledger(name)));
  }

  private Ledger ledger(String name) {
    Path own = folder.resolve(name);
    PostgresLedgers all = database;
    return all == null
        ? SqliteLedger.open(own, SqliteLedger.Mode.READ_WRITE)
        : all.ledger(name, own.resolve("artifacts"));
  }

  @Override
  public void close() {
    try {
      open.values().forEach(ProjectRuns::close);
    } finally {
      PostgresLedgers all = database;
      if (all != null) {
        all.close();
      }
      lock.close();
    }
  }
}
