package dev.assay.server.usage;

import dev.assay.api.ledger.Ledger.StoredArtifact;
import dev.assay.api.spi.Clock;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.output.RunOutputs;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What projects use. What comes is counted a second later, in the background; whoever asks for a
 * project gets what was acknowledged before. Days are those of UTC; {@value #DAYS} of them are
 * kept. Thread-safe.
 */
public final class Usage implements AutoCloseable {

  /** For so many days it is known what came. */
  public static final int DAYS = 400;

  private static final Logger LOG = LoggerFactory.getLogger(Usage.class);

  private final UsageStore store;
  private final LedgerCounter counter;
  private final ProjectFiles files;
  private final Projects projects;
  private final ProjectFacts facts;
  private final RunOutputs outputs;
  private final Requests requests;
  private final Map<String, Project> touched = new ConcurrentHashMap<>();
  private final ReentrantLock[] counting = new ReentrantLock[16];
  private LocalDate swept = LocalDate.MIN;
  private final ScheduledExecutorService background =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("assay-usage").factory());

  /** Of those projects; {@link #begin} begins to count. */
  public Usage(
      ServerDatabase accounts,
      Projects projects,
      ProjectFacts facts,
      RunOutputs outputs,
      Requests requests,
      Clock clock) {
    this.store = new UsageStore(accounts);
    this.counter = new LedgerCounter(store, clock);
    this.files = new ProjectFiles(clock);
    this.projects = projects;
    this.facts = facts;
    this.outputs = outputs;
    this.requests = requests;
    for (int i = 0; i < counting.length; i++) {
      counting[i] = new ReentrantLock();
    }
  }

  /** Counts what comes, once a second. */
  public void begin() {
    projects.listen((project, _) -> touch(project));
    var _ = background.scheduleWithFixedDelay(this::counted, 1, 1, TimeUnit.SECONDS);
  }

  private void touch(Project project) {
    var _ = touched.putIfAbsent(project.name(), project);
  }

  private void counted() {
    for (Project project : List.copyOf(touched.values())) {
      try {
        count(project);
      } catch (RuntimeException unlucky) {
        touch(project); // a database that is away: it is counted when it is back
      }
    }
    try {
      requests.drain((project, came) -> store.add(project, today(), came));
      if (!swept.equals(today())) {
        store.forget(today().minusDays(DAYS));
        swept = today();
      }
    } catch (RuntimeException unlucky) {
      LOG.debug("what projects use cannot be written now", unlucky);
    }
  }

  private void count(Project project) {
    ReentrantLock lock = counting[Math.floorMod(project.name().hashCode(), counting.length)];
    lock.lock();
    try {
      var _ = touched.remove(project.name());
      if (!counter.count(project.name(), projects.runs(project).ledger())) {
        touch(project);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The day that is today, in UTC. */
  public LocalDate today() {
    return counter.today();
  }

  /** What is kept of a project. Opens its ledger where that was not done. */
  public Kept kept(Project project) {
    count(project);
    return kept(project, store.counted(project.name()));
  }

  private Kept kept(Project project, Counted counted) {
    return new Kept(
        counted.runs(),
        counted.entries(),
        counted.evidence(),
        artifacts(project),
        outputs.characters(project.name()),
        facts.bytes(project));
  }

  private long artifacts(Project project) {
    return files.bytes(project.name(), projects.artifacts(project));
  }

  /** What is kept of every project, by its name, as it was counted last; no ledger is opened. */
  public SortedMap<String, Kept> kept() {
    SortedMap<String, Counted> counted = store.all();
    Counted none = new Counted(0, 0, 0, 0, false);
    SortedMap<String, Kept> kept = new java.util.TreeMap<>();
    for (Project project : projects.list().all()) {
      kept.put(project.name(), kept(project, counted.getOrDefault(project.name(), none)));
    }
    return kept;
  }

  /** What came to a project on each day from one on, the oldest first; empty days miss. */
  public SortedMap<LocalDate, Came> days(Project project, LocalDate from) {
    count(project);
    drain();
    return store.days(project.name(), from);
  }

  /** What came to every project from a day on, all days together; those with nothing miss. */
  public SortedMap<String, Came> sums(LocalDate from) {
    drain();
    return store.sums(from);
  }

  private void drain() {
    requests.drain((project, came) -> store.add(project, today(), came));
  }

  /** What programs asked of a project since this server began. */
  public Came asked(String project) {
    return requests.since(project);
  }

  /** Stores an artifact, and counts it if it was not there; once, also where it is sent again. */
  public StoredArtifact store(Project project, String sha256, Path file) {
    ProjectRuns runs = projects.runs(project);
    if (runs.ledger().artifact(sha256).isEmpty()) {
      store.arriving(project.name(), sha256);
    }
    StoredArtifact stored = runs.ledger().store(file);
    if (store.arrived(project.name(), stored.sha256(), stored.size(), today())) {
      files.stored(project.name(), stored.size());
    }
    return stored;
  }

  /** Something of a project was taken away: an erased run, old files. */
  public void taken(Project project) {
    files.changed(project.name());
    touch(project);
  }

  @Override
  public void close() {
    background.shutdown();
    try {
      boolean _ = background.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    counted();
  }
}
