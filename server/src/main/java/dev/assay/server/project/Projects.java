package dev.assay.server.project;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.spi.Clock;
import dev.assay.server.ServerOptions;
import dev.assay.server.database.ServerDatabase;
import dev.assay.store.PostgresLedgers;
import dev.assay.store.SqliteLedger;
import dev.assay.store.WorkspaceLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The projects of a server, each with a ledger of its own: a tenant of the PostgreSQL database
 * where there is one, else a folder. Ledgers are opened when they are first asked for, and stay
 * open. Thread-safe.
 */
public final class Projects implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Projects.class);
  private static final int CONNECTIONS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ProjectList list;
  private final Path folder;
  private final @Nullable PostgresLedgers database;
  private final WorkspaceLock lock;
  private final ServerDatabase accounts;
  private final Clock clock;
  private final Map<String, ProjectRuns> open = new ConcurrentHashMap<>();
  private volatile Admission admission = Admission.FREE;
  private final List<BiConsumer<Project, String>> listeners = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<Project, String>> silences = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService watching =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("assay-heard").factory());

  private Projects(
      ProjectList list,
      Path folder,
      @Nullable PostgresLedgers database,
      WorkspaceLock lock,
      ServerDatabase accounts,
      Clock clock) {
    this.list = list;
    this.folder = folder;
    this.database = database;
    this.lock = lock;
    this.accounts = accounts;
    this.clock = clock;
    long pause = HeardRuns.TURN.toMillis();
    var _ = watching.scheduleWithFixedDelay(this::watch, pause, pause, TimeUnit.MILLISECONDS);
  }

  /**
   * Opens what a server's folder or database has.
   *
   * @throws dev.assay.api.problem.ProblemException if another server uses the folder, or the
   *     database cannot be used
   */
  public static Projects open(
      ProjectList list, ServerDatabase accounts, ServerOptions options, Clock clock) {
    WorkspaceLock lock = WorkspaceLock.acquire(options.data(), "the server");
    try {
      PostgresLedgers database =
          options.database() == null
              ? null
              : PostgresLedgers.open(options.database(), CONNECTIONS, clock, PATIENCE);
      Path folder = options.data().resolve("projects");
      return new Projects(list, folder, database, lock, accounts, clock);
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
          HeardStore store = new HeardStore(accounts, name);
          ProjectRuns runs =
              new ProjectRuns(
                  () -> ledger(name),
                  (begun, entries, bytes) -> admission.admit(project, begun, entries, bytes),
                  all -> new HeardRuns(clock, store, all));
          AutoCloseable _ =
              runs.listen(run -> listeners.forEach(each -> each.accept(project, run)));
          AutoCloseable _ =
              runs.listenForSilence(run -> silences.forEach(each -> each.accept(project, run)));
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

  /**
   * Hears of each run of every project that falls silent, and of each that is heard of again, on
   * the thread that finds it out.
   */
  public void listenForSilence(BiConsumer<Project, String> listener) {
    silences.add(listener);
  }

  private void watch() {
    open.forEach((project, runs) -> {
      try {
        runs.watch();
      } catch (RuntimeException unlucky) {
        // the database is away or full: what is to be kept is kept at the next time
        LOG.warn("project {}: when runs were heard of cannot be kept", project, unlucky);
      }
    });
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

  /** How many runs are silent. */
  public long silent() {
    return open.values().stream().mapToLong(ProjectRuns::silent).sum();
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
    watching.shutdownNow();
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
