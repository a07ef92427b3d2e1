package dev.assay.server.facts;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.core.compare.MetricCatalog;
import dev.assay.server.ServerOptions;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The facts of every project: a run is read when it ends, and what was missed when the project is
 * first asked for. Thread-safe.
 */
@Component
public final class ProjectFacts {

  private static final Logger LOG = LoggerFactory.getLogger(ProjectFacts.class);
  private static final long PATIENCE_MILLIS = 3_000;

  private final Projects projects;
  private final ServerOptions options;
  private final MetricCatalog catalog = KnownMetrics.read();
  private final Map<String, Facts> open = new ConcurrentHashMap<>();

  private final AtomicLong unread = new AtomicLong();

  /** What was missed is read one after the other, and waits for nobody. */
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("assay-facts").factory());

  /** What somebody waits for. */
  private final ExecutorService wanted = Executors.newVirtualThreadPerTaskExecutor();

  /** Made by Spring. */
  ProjectFacts(Projects projects, ServerOptions options) {
    this.projects = projects;
    this.options = options;
  }

  /** The facts of a project. */
  public Facts of(Project project) {
    Facts held = open.get(project.name());
    return held != null ? held : open.computeIfAbsent(project.name(), _ -> opened(project));
  }

  /**
   * Which runs of a project stopped in a stage.
   *
   * @param stage its number as people count, from 1 to 99
   * @return null where that is no such number, so that nothing is asked for
   */
  public @Nullable Set<String> stoppedIn(Project project, String stage) {
    return stage.matches("[1-9][0-9]?") ? of(project).stoppedIn(Integer.parseInt(stage) - 1) : null;
  }

  /** What is known of metrics where there is no workspace at hand. */
  public MetricCatalog catalog() {
    return catalog;
  }

  private Facts opened(Project project) {
    ProjectRuns runs = projects.runs(project);
    Facts facts = new Facts(runs, catalog, FactsFile.open(folder(project)));
    AutoCloseable _ = runs.listen(run -> runs.find(run).ifPresent(each -> later(facts, each)));
    later(() -> {
      List<RunSummary> missing = facts.missing(runs.newestFirst());
      unread.addAndGet(missing.size());
      missing.forEach(run -> read(facts, run));
    });
    return facts;
  }

  private Path folder(Project project) {
    return options.data().resolve("projects").resolve(project.name());
  }

  /** How large the files are that have the facts of a project, in bytes. */
  public long bytes(Project project) {
    return FactsFile.bytes(folder(project));
  }

  private void later(Facts facts, RunSummary run) {
    if (run.closed() != null) {
      unread.incrementAndGet();
      later(() -> read(facts, run));
    }
  }

  private void later(Runnable task) {
    try {
      background.execute(task);
    } catch (RejectedExecutionException over) {
      // the server ends; at the next start it is seen what is missing
    }
  }

  private void read(Facts facts, RunSummary run) {
    try {
      facts.read(run);
      if (unread.get() == 1) {
        facts.findAhead();
      }
    } catch (RuntimeException unreadable) {
      if (!background.isShutdown()) { // otherwise it is read at the next start
        LOG.warn("run {} could not be read for the pages", run.id(), unreadable);
      }
    } finally {
      unread.decrementAndGet();
    }
  }

  /** How many runs that ended are still to be read. */
  public long unread() {
    return unread.get();
  }

  /** Reads a run that ended and waits a little; whether it is there now. */
  public boolean ready(Project project, RunSummary run) {
    Facts facts = of(project);
    if (facts.has(run)) {
      return true;
    }
    Future<?> reading = wanted.submit(() -> facts.read(run));
    try {
      reading.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("run " + run.id() + " cannot be read", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @PreDestroy
  void stop() {
    background.shutdownNow();
    wanted.shutdownNow();
    open.values().forEach(Facts::close);
  }
}
