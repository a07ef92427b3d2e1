package dev.assay.server.keep;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Clock;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.facts.RunFiles;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.server.usage.Usage;
import dev.assay.store.WithdrawnArtifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the artifacts of old runs away, once a day, where a project says so. Every entry of every
 * run stays, and with them verdicts, reasons, figures and the chain: files are what takes room.
 * Kept are the files of runs that decided of a release, of the last run of each branch, and those
 * that a run that keeps its own names, too. Thread-safe.
 */
public final class Retention implements AutoCloseable {

  /** What was stored lately may be of a run whose entry is still on its way. */
  private static final Duration FRESH = Duration.ofDays(1);

  /** A clock that is kept right is hardly ever set by more than seconds. */
  private static final Duration MOST_SET = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final long FIRST_HOURS = 1;
  private static final long EVERY_HOURS = 24;

  private final ServerDatabase accounts;
  private final Projects projects;
  private final ProjectFacts facts;
  private final Usage usage;
  private final AuditLog audit;
  private final Clock clock;
  private final ClockWatch watch;
  private final ScheduledExecutorService daily =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("assay-retention").factory());

  /** Of the rules in a database; {@link #begin} begins to apply them. */
  public Retention(
      ServerDatabase accounts,
      Projects projects,
      ProjectFacts facts,
      Usage usage,
      AuditLog audit,
      Clock clock) {
    this.accounts = accounts;
    this.facts = facts;
    this.projects = projects;
    this.usage = usage;
    this.audit = audit;
    this.clock = clock;
    this.watch = new ClockWatch(clock);
  }

  /** Applies the rules once a day, but not while the clock has just been set. */
  public void begin() {
    var _ = daily.scheduleWithFixedDelay(this::all, FIRST_HOURS, EVERY_HOURS, TimeUnit.HOURS);
  }

  private void all() {
    Duration set = watch.set();
    if (set.abs().compareTo(MOST_SET) > 0) {
      LOG.warn(
          "the clock was set by {}: nothing is taken away by its age until this time tomorrow",
          set);
      return;
    }
    List<String> names =
        accounts.ofAll(all ->
            all.sql("SELECT project FROM retention").query((rows, _) -> rows.getString(1)).list());
    for (String name : names) {
      try {
        projects.list().find(name).ifPresent(this::apply);
      } catch (RuntimeException unlucky) {
        // A full disk or a database that is away: tomorrow is another day, and others have theirs.
      }
    }
  }

  /** The rule of a project; empty where everything is kept. */
  public Optional<RetentionRule> rule(Project project) {
    return accounts.of(
        project.name(),
        own ->
            own.sql("SELECT days, branches FROM retention WHERE project = ?")
                .param(project.name())
                .query((rows, _) -> new RetentionRule(rows.getInt(1), rows.getString(2)))
                .optional());
  }

  /** Changes the rule of a project; zero days keep everything. */
  public void change(Project project, RetentionRule rule) {
    audit.recorded(() -> {
      int _ =
          accounts.of(
              project.name(),
              own ->
                  own.sql("DELETE FROM retention WHERE project = ?")
                      .param(project.name())
                      .update());
      if (rule.days() > 0) {
        int _ =
            accounts.of(
                project.name(),
                own ->
                    own.sql("INSERT INTO retention VALUES (?, ?, ?)")
                        .params(project.name(), rule.days(), rule.branches())
                        .update());
      }
      audit.note(
          "retention.changed",
          project.name(),
          Target.thing(project.name()),
          Map.of(
              "days",
              rule.days() == 0 ? "all" : String.valueOf(rule.days()),
              "branches",
              rule.branches()));
      return rule;
    });
  }

  /** What a rule would take away now. */
  public RetentionPlan plan(Project project, RetentionRule rule) {
    ProjectRuns runs = projects.runs(project);
    Path folder = projects.artifacts(project);
    if (!Files.isDirectory(folder)) {
      return RetentionPlan.NOTHING;
    }
    RunFiles files = facts.of(project).files();
    Instant before = clock.now().minus(Duration.ofDays(rule.days()));
    Set<String> kept = new HashSet<>();
    Map<String, Set<String>> old = new HashMap<>();
    List<String> order = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int valued = 0;
    for (RunSummary run : runs.newestFirst()) {
      boolean last = run.closed() != null && seen.add(kind(run));
      boolean isOld = run.closed() != null && run.closed().isBefore(before);
      boolean keeps = !isOld || last || rule.values(run);
      valued += isOld && keeps ? 1 : 0;
      Set<String> own = keeps ? kept : old.computeIfAbsent(run.id(), _ -> new TreeSet<>());
      if (!keeps) {
        order.add(run.id());
      }
      own.addAll(files.of(run));
    }
    return plan(runs, order, old, kept, valued);
  }

  private static String kind(RunSummary run) {
    return run.workspace()
        + "\n"
        + run.subject().environment()
        + "\n"
        + String.valueOf(run.subject().branch())
        + "\n"
        + String.valueOf(run.monitor());
  }

  private RetentionPlan plan(
      ProjectRuns runs,
      List<String> order,
      Map<String, Set<String>> old,
      Set<String> kept,
      int valued) {
    Set<String> going = new TreeSet<>();
    List<String> losing = new ArrayList<>();
    long bytes = 0;
    Instant fresh = clock.now().minus(FRESH);
    try {
      for (String run : order) {
        boolean loses = false;
        for (String digest : old.getOrDefault(run, Set.of())) {
          Path file = runs.ledger().artifact(digest).orElse(null);
          if (file != null
              && !kept.contains(digest)
              && Files.getLastModifiedTime(file).toInstant().isBefore(fresh)) {
            loses = true;
            bytes += going.add(digest) ? Files.size(file) : 0;
          }
        }
        if (loses) {
          losing.add(run);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new RetentionPlan(losing, valued, List.copyOf(going), bytes);
  }

  /** Does what the rule of a project says, now. */
  public synchronized RetentionPlan apply(Project project) {
    RetentionRule rule = rule(project).orElse(null);
    if (rule == null) {
      return RetentionPlan.NOTHING;
    }
    RetentionPlan plan = plan(project, rule);
    if (!plan.artifacts().isEmpty()) {
      audit.note(
          "retention.applied",
          project.name(),
          Target.thing(project.name()),
          Map.of(
              "runs", String.valueOf(plan.runs().size()),
              "files", String.valueOf(plan.artifacts().size()),
              "bytes", String.valueOf(plan.bytes()),
              "sha256 of their list", EvidenceCodec.sha256(String.join("\n", plan.artifacts()))));
      long _ = WithdrawnArtifacts.withdraw(projects.artifacts(project), plan.artifacts());
      usage.taken(project);
    }
    return plan;
  }

  @Override
  public void close() {
    daily.shutdownNow();
  }
}
