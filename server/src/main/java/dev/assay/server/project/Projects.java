package dev.assay.server.project;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.spi.Clock;
import dev.assay.server.ServerOptions;
import dev.assay.store.PostgresLedgers;
import dev.assay.store.SqliteLedger;
import dev.assay.store.WorkspaceLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The projects of a server, each with a ledger of its own: a tenant of the PostgreSQL database
 * where there is one, else a folder. Ledgers are opened when they are first asked for, and stay
 * open. Thread-safe.
 */
public final class Projects implements AutoCloseable {

  private static final int CONNECTIONS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ProjectList list;
  private final Path folder;
  private final @Nullable PostgresLedgers database;
  private final WorkspaceLock lock;
  private final Map<String, ProjectRuns> open = new ConcurrentHashMap<>();
  private volatile Admission admission = Admission.FREE;
  private final List<BiConsumer<Project, String>> listeners = new CopyOnWriteArrayList<>();

  private Projects(
      ProjectList list, Path folder, @Nullable PostgresLedgers database, WorkspaceLock lock) {
    this.list = list;
    this.folder = folder;
    this.database = database;
    this.lock = lock;
  }

  /**
   * Opens what a server's folder or database has.
   *
   * @throws dev.assay.api.problem.ProblemException if another server uses the folder, or the
   *     database cannot be used
   */
  public static Projects open(ProjectList list, ServerOptions options, Clock clock) {
    WorkspaceLock lock = WorkspaceLock.acquire(options.data(), "the server");
    try {
      PostgresLedgers database =
          options.database() == null
              ? null
              : PostgresLedgers.open(options.database(), CONNECTIONS, clock, PATIENCE);
      return new Projects(list, options.data().resolve("projects"), database, lock);
    } catch (RuntimeException unusable) {
      lock.close();
      throw unusable;
    }
  }

  /** Which there are. */
  public ProjectList list() {
    return list;
  }

  /** The runs of a project that exists. */
  public ProjectRuns runs(Project project) {
    return open.computeIfAbsent(
        project.name(),
        name -> {
          ProjectRuns runs =
              new ProjectRuns(
                  () -> ledger(name),
                  (begun, entries, bytes) -> admission.admit(project, begun, entries, bytes));
          AutoCloseable _ =
              runs.listen(run -> listeners.forEach(each -> each.accept(project, run)));
          return runs;
        });
  }

  /**
   * The runs of a project that one is to be sent to: what began before the project was archived may
   * come to its end.
   *
   * @param run its id; null for one that nobody knows yet
   * @throws ArchivedException if it is a new one, and the project is archived
   */
  public ProjectRuns taking(Project project, @Nullable String run) throws ArchivedException {
    ProjectRuns runs = runs(project);
    if (project.archived() != null && (run == null || runs.find(run).isEmpty())) {
      throw new ArchivedException(project.name());
    }
    return runs;
  }

  /** Asks that from now on before anything of a run is taken. */
  public void ask(Admission gate) {
    admission = gate;
  }

  /** Hears of each run of every project that something came of, on the thread that brought it. */
  public void listen(BiConsumer<Project, String> listener) {
    listeners.add(listener);
  }

  /** Where the artifacts of a project are. */
  public Path artifacts(Project project) {
    return folder.resolve(project.name()).resolve("artifacts");
  }

  /** How many projects have their ledgers open. */
  public int opened() {
    return open.size();
  }

  /** How many runs are in memory. */
  public long known() {
    return open.values().stream().mapToLong(ProjectRuns::count).sum();
  }

  /**
   * Whether the database of runs answers. A folder of SQLite ledgers is looked at when something is
   * asked of it; a database elsewhere is asked for the newest run of one project that is open.
   */
  public boolean answers() {
    open.values().stream().findAny().ifPresent(runs -> runs.ledger().runs(1));
    return true;
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
