package dev.assay.server.facts;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import dev.assay.core.compare.MetricCatalog;
import dev.assay.core.compare.Trend;
import dev.assay.core.judge.CheckLevels;
import dev.assay.server.project.ProjectRuns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The facts of one project's runs that ended. Thread-safe. */
public final class Facts implements AutoCloseable {

  /** Outcomes of older runs are read from the ledger again when they are asked for. */
  private static final long MOST_OUTCOMES = 5_000_000;

  private static final int MOST_CHECKS = 500;
  private static final int FAILED_RUNS = 200;
  private static final int LAST_RANK = 3;
  private static final int MOST_RUNS = 300;

  private final ProjectRuns runs;
  private final MetricCatalog catalog;
  private final FactsFile file;
  private final JdbcClient facts;

  /** Fair: a run that somebody waits for is read after the one that is being read. */
  private final ReentrantLock writing = new ReentrantLock(true);

  /** How many outcomes are kept, or more; below 0 where they were not counted. With the lock. */
  private long kept = -1;

  private final AtomicLong version = new AtomicLong();
  private final NewestTests tests;

  /** How many outcomes a run has. */
  private record Size(long no, long outcomes) {}

  Facts(ProjectRuns runs, MetricCatalog catalog, FactsFile file) {
    this.runs = runs;
    this.catalog = catalog;
    this.file = file;
    this.facts = JdbcClient.create(file.pool());
    this.tests = new NewestTests(facts, version::get);
  }

  /**
   * A check in a run. Immutable.
   *
   * @param run the run's id
   * @param opened when the run began
   * @param name the check's id
   * @param type of its type
   * @param digest of its configuration
   * @param stage from 0
   * @param decision what was decided
   * @param tookMillis how long; null where it did not begin or not end
   * @param because in one line
   * @param outcomes how many
   * @param failed how many of them failed
   * @param flaky how many failed and passed
   */
  public record Checked(
      String run,
      Instant opened,
      String name,
      String type,
      String digest,
      int stage,
      Decision decision,
      @Nullable Long tookMillis,
      String because,
      long outcomes,
      long failed,
      long flaky) {}

  /**
   * An outcome in a list. Immutable.
   *
   * @param id grows in the order of a run
   * @param rank 0 failed, 1 flaky, 2 skipped, 3 passed
   * @param check of which check
   * @param suite its suite
   * @param test its name
   * @param result passed, flaky, failed, error or skipped
   * @param tookNanos all attempts together
   * @param attempts how many
   * @param message of the last attempt; null for none
   */
  public record OutcomeLine(
      long id,
      int rank,
      String check,
      String suite,
      String test,
      String result,
      long tookNanos,
      int attempts,
      @Nullable String message) {}

  /**
   * A test over the newest runs. Immutable.
   *
   * @param check of which check
   * @param suite its suite
   * @param test its name
   * @param runs how often it ran
   * @param failed how often it failed
   * @param flaky how often it failed and passed in one run
   * @param meanNanos how long on average
   * @param mostNanos how long at the most
   */
  public record TestLine(
      String check,
      String suite,
      String test,
      long runs,
      long failed,
      long flaky,
      long meanNanos,
      long mostNanos) {

    /** As people write it, and quarantine names it. */
    public String id() {
      return suite.isEmpty() ? test : suite + "#" + test;
    }
  }

  /**
   * Failures that have one fingerprint. Immutable.
   *
   * @param fingerprint 16 digits
   * @param title of the newest
   * @param place in the code; empty where it is not known
   * @param failures how many
   * @param tests of how many tests
   * @param runs in how many runs
   * @param first the first run's id
   * @param since when that was
   * @param last the last run's id
   * @param latest when that was
   * @param owner who owns the place by CODEOWNERS, as it was in the newest; empty for nobody
   */
  public record ClusterLine(
      String fingerprint,
      String title,
      String place,
      long failures,
      long tests,
      long runs,
      String first,
      Instant since,
      String last,
      Instant latest,
      String owner) {}

  /**
   * A failure. Immutable.
   *
   * @param run the run's id
   * @param opened when it began
   * @param check of which check
   * @param suite its suite
   * @param test its name
   * @param title what it says
   */
  public record FailureLine(
      String run, Instant opened, String check, String suite, String test, String title) {}

  /**
   * Something that happened while a check ran. Immutable.
   *
   * @param run the run's id
   * @param at when
   * @param kind what kind
   * @param message what
   */
  public record EventLine(String run, Instant at, String kind, String message) {}

  /** Whether a run that ended was read, as it is now. */
  public boolean has(RunSummary run) {
    return facts
        .sql("SELECT 1 FROM run WHERE id = ? AND entries = ? AND kept = 1")
        .params(run.id(), run.entries())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** Reads a run that ended, where that was not done; may take seconds for a million outcomes. */
  public void read(RunSummary run) {
    writing.lock();
    try {
      if (run.closed() == null || has(run)) {
        return;
      }
      if (kept < 0) {
        kept = count();
      }
      try (Connection connection = file.pool().getConnection()) {
        kept += new RunIndex(connection, catalog, run).read(runs.ledger());
      } catch (SQLException unusable) {
        throw new IllegalStateException(
            "the facts of run " + run.id() + " cannot be kept", unusable);
      }
      version.incrementAndGet();
      if (kept > MOST_OUTCOMES) {
        prune();
        kept = count();
      }
    } finally {
      writing.unlock();
    }
  }

  private long count() {
    return facts
        .sql("SELECT coalesce(sum(outcomes), 0) FROM run WHERE kept = 1")
        .query((rows, _) -> rows.getLong(1))
        .single();
  }

  private void prune() {
    long left = MOST_OUTCOMES;
    List<Long> old = new ArrayList<>();
    for (Size run :
        facts
            .sql("SELECT no, outcomes FROM run WHERE kept = 1 ORDER BY opened DESC")
            .query((rows, _) -> new Size(rows.getLong(1), rows.getLong(2)))
            .list()) {
      long outcomes = run.outcomes();
      boolean first = left == MOST_OUTCOMES;
      left -= outcomes;
      if (left < 0 && !first && outcomes > 0) {
        old.add(run.no());
      }
    }
    for (long no : old) {
      int _ = facts.sql("DELETE FROM outcome WHERE run = ?").param(no).update();
      int _ = facts.sql("UPDATE run SET kept = 0 WHERE no = ?").param(no).update();
    }
  }

  /** Forgets a run that the ledger no longer has. */
  public void forget(String run) {
    writing.lock();
    try {
      int _ = facts.sql("DELETE FROM run WHERE id = ?").param(run).update();
      version.incrementAndGet();
      // the write-ahead log would keep what was there before
      var _ =
          facts.sql("PRAGMA wal_checkpoint(TRUNCATE)").query((rows, _) -> rows.getInt(1)).list();
    } finally {
      writing.unlock();
    }
  }

  /** Which files the runs name now. */
  public RunFiles files() {
    return new RunFiles(runs.ledger(), facts);
  }

  /** Where the time of runs goes. */
  public CheckTimes times() {
    return new CheckTimes(facts);
  }

  /** The runs that were read, whatever became of them since. */
  Set<String> known() {
    return new HashSet<>(facts.sql("SELECT id FROM run").query(String.class).list());
  }

  private static final String CHECKED =
      "SELECT run.id, run.opened, name, type, digest, stage, decision, took, because,"
          + " checked.outcomes, failed, flaky FROM checked JOIN run ON run.no = checked.run ";

  /** The checks of a run, in its order. */
  public List<Checked> checks(String run) {
    return facts
        .sql(CHECKED + "WHERE run.id = ? ORDER BY place")
        .param(run)
        .query(Facts::checked)
        .list();
  }

  /** A check through its runs, the newest first. */
  public List<Checked> history(String check) {
    return facts
        .sql(CHECKED + "WHERE name = ? ORDER BY checked.opened DESC LIMIT " + MOST_RUNS)
        .param(check)
        .query(Facts::checked)
        .list();
  }

  /**
   * Every check there is, as it was the last time, those first that ran last. An index leads to the
   * next name and to its newest run, however many runs monitors made in between.
   */
  public List<Checked> latest() {
    return facts
        .sql(
            "WITH RECURSIVE names(name) AS (SELECT min(name) FROM checked UNION ALL"
                + " SELECT (SELECT min(name) FROM checked WHERE checked.name > names.name)"
                + " FROM names WHERE names.name IS NOT NULL) "
                + CHECKED
                + "WHERE (checked.name, checked.run) IN (SELECT names.name, (SELECT run FROM"
                + " checked WHERE checked.name = names.name ORDER BY opened DESC LIMIT 1) FROM"
                + " names WHERE names.name IS NOT NULL) ORDER BY run.opened DESC, place LIMIT "
                + MOST_CHECKS)
        .query(Facts::checked)
        .list();
  }

  /**
   * What did not pass in runs, in the order of each run; runs that passed, and those that were not
   * read yet, are missing.
   */
  public Map<String, List<NotPassed>> notPassed(List<String> ids) {
    Map<String, List<NotPassed>> found = new LinkedHashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    facts
        .sql(
            "SELECT run.id, name, decision FROM run JOIN checked ON checked.run = run.no"
                + " WHERE run.id IN (:ids) AND decision <> 'PASS' ORDER BY place")
        .param("ids", ids)
        .query((rows, _) ->
            new NotPassed(
                rows.getString(1), rows.getString(2), Decision.valueOf(rows.getString(3))))
        .list()
        .forEach(each -> found.computeIfAbsent(each.run(), _ -> new ArrayList<>()).add(each));
    return found;
  }

  /**
   * A check that did not pass in a run. Immutable.
   *
   * @param run the run's id
   * @param check which check
   * @param decision what became of it
   */
  public record NotPassed(String run, String check, Decision decision) {}

  /** The decisions of a check in its newest runs, the oldest first. */
  public List<Decision> recent(String check, int most) {
    return facts
        .sql("SELECT decision FROM checked WHERE name = ? ORDER BY opened DESC LIMIT ?")
        .params(check, most)
        .query((rows, _) -> Decision.valueOf(rows.getString(1)))
        .list()
        .reversed();
  }

  private static Checked checked(ResultSet rows, int row) throws SQLException {
    long took = rows.getLong(8);
    Long millis = rows.wasNull() ? null : (Long) took;
    return new Checked(
        rows.getString(1),
        Instant.ofEpochMilli(rows.getLong(2)),
        rows.getString(3),
        rows.getString(4),
        rows.getString(5),
        rows.getInt(6),
        Decision.valueOf(rows.getString(7)),
        millis,
        rows.getString(9),
        rows.getLong(10),
        rows.getLong(11),
        rows.getLong(12));
  }

  /** What the report says of each check of a run, as parts of a page, in its order. */
  public List<String> cards(String run) {
    return facts
        .sql(
            "SELECT card FROM checked JOIN run ON run.no = checked.run WHERE run.id = ? ORDER BY"
                + " place")
        .param(run)
        .query((rows, _) -> rows.getString(1))
        .list();
  }

  /** The logs of services that a run keeps, by their names. */
  public List<ServiceLog> logs(String run) {
    return facts
        .sql(
            "SELECT name, sha256, size FROM printed JOIN run ON run.no = printed.run"
                + " WHERE run.id = ? ORDER BY name")
        .param(run)
        .query((rows, _) -> new ServiceLog(rows.getString(1), rows.getString(2), rows.getLong(3)))
        .list();
  }

  /** The runs that did not get past a stage, from 0. */
  public Set<String> stoppedIn(int stage) {
    return new HashSet<>(
        facts
            .sql(
                "SELECT id FROM run JOIN (SELECT run, min(stage) AS first FROM checked"
                    + " WHERE decision <> 'PASS' GROUP BY run) AS stopped"
                    + " ON stopped.run = run.no WHERE first = ?")
            .param(stage)
            .query(String.class)
            .list());
  }

  /**
   * The outcomes of a run, what needs attention first.
   *
   * @param check only of this check; empty for all
   * @param result only those; empty for all
   * @param text what the suite or the name contains; empty for all
   * @param after the cursor of the page before: rank and id
   */
  public List<OutcomeLine> outcomes(
      String run, String check, String result, String text, @Nullable String after, int limit) {
    int rank = 0;
    long id = 0;
    if (after != null && after.matches("[0-3]-[0-9]{1,18}")) {
      rank = after.charAt(0) - '0';
      id = Long.parseLong(after.substring(2));
    }
    int only = rank(result);
    List<OutcomeLine> lines = new ArrayList<>();
    // One rank after the other: an index leads to the first of each, wherever the page begins.
    for (; rank <= LAST_RANK && lines.size() < limit; rank++, id = 0) {
      if (only < 0 || only == rank) {
        lines.addAll(outcomes(run, check, rank, text.strip(), id, limit - lines.size()));
      }
    }
    return lines;
  }

  private static int rank(String result) {
    return switch (result) {
      case "" -> -1;
      case "failed" -> 0;
      case "flaky" -> 1;
      case "skipped" -> 2;
      default -> LAST_RANK;
    };
  }

  private List<OutcomeLine> outcomes(
      String run, String check, int rank, String text, long after, int limit) {
    StringBuilder sql =
        new StringBuilder(
            "SELECT id, rank, name, suite, test, result, took, attempts, message FROM outcome"
                + " WHERE run = (SELECT no FROM run WHERE id = ?) AND rank = ? AND id > ?");
    List<Object> values = new ArrayList<>(List.of(run, rank, after));
    if (!check.isEmpty()) {
      sql.append(" AND name = ?");
      values.add(check);
    }
    if (!text.isEmpty()) {
      // small and capital letters are the same to it
      sql.append(" AND (test LIKE ? ESCAPE '\\' OR suite LIKE ? ESCAPE '\\')");
      String anywhere = "%" + text.replaceAll("[%_\\\\]", "\\\\$0") + "%";
      values.add(anywhere);
      values.add(anywhere);
    }
    values.add(limit);
    return facts
        .sql(sql.append(" ORDER BY id LIMIT ?").toString())
        .params(values)
        .query((rows, _) ->
            new OutcomeLine(
                rows.getLong(1),
                rows.getInt(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getLong(7),
                rows.getInt(8),
                rows.getString(9)))
        .list();
  }

  /** How tests can be ordered. */
  public enum TestOrder {
    /** What takes longest. */
    SLOWEST,
    /** What fails and passes most. */
    FLAKIEST,
    /** What fails most. */
    FAILING;

    /** As it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Finds what takes long before somebody asks for it; in the background. */
  void findAhead() {
    tests.findAhead();
  }

  /** The first tests of the newest runs, of those whose names contain a text; empty for all. */
  public List<TestLine> tests(TestOrder order, String text, int limit) {
    return tests.first(order, text, limit);
  }

  private static final String CLUSTERS =
      "SELECT fingerprint, title, place, count(*), count(DISTINCT name || suite || '#' || test),"
          + " count(DISTINCT failure.run), min(opened), max(opened),"
          + " (SELECT id FROM run r JOIN failure f ON f.run = r.no WHERE f.fingerprint ="
          + " failure.fingerprint ORDER BY r.opened LIMIT 1),"
          + " (SELECT id FROM run r JOIN failure f ON f.run = r.no WHERE f.fingerprint ="
          + " failure.fingerprint ORDER BY r.opened DESC LIMIT 1),"
          + " (SELECT owner FROM run r JOIN failure f ON f.run = r.no WHERE f.fingerprint ="
          + " failure.fingerprint ORDER BY r.opened DESC LIMIT 1)"
          + " FROM failure JOIN run ON run.no = failure.run ";

  /** Which failures are one, over the newest runs, the ones of most runs first. */
  public List<ClusterLine> clusters() {
    return facts
        .sql(
            CLUSTERS
                + "WHERE run.no IN (SELECT no FROM run WHERE monitor = 0 ORDER BY opened DESC LIMIT"
                + " "
                + FAILED_RUNS
                + ") GROUP BY fingerprint ORDER BY max(opened) DESC, count(*) DESC LIMIT 500")
        .query(Facts::cluster)
        .list();
  }

  /** One of them; empty where there is none. */
  public List<ClusterLine> cluster(String fingerprint) {
    return facts
        .sql(CLUSTERS + "WHERE fingerprint = ? GROUP BY fingerprint")
        .param(fingerprint)
        .query(Facts::cluster)
        .list();
  }

  private static ClusterLine cluster(ResultSet rows, int row) throws SQLException {
    return new ClusterLine(
        rows.getString(1),
        rows.getString(2),
        rows.getString(3),
        rows.getLong(4),
        rows.getLong(5),
        rows.getLong(6),
        rows.getString(9),
        Instant.ofEpochMilli(rows.getLong(7)),
        rows.getString(10),
        Instant.ofEpochMilli(rows.getLong(8)),
        rows.getString(11));
  }

  /** The failures of one fingerprint, the newest first. */
  public List<FailureLine> failures(String fingerprint, int most) {
    return facts
        .sql(
            "SELECT run.id, run.opened, name, suite, test, title FROM failure"
                + " JOIN run ON run.no = failure.run WHERE fingerprint = ?"
                + " ORDER BY run.opened DESC, suite, test LIMIT ?")
        .params(fingerprint, most)
        .query((rows, _) ->
            new FailureLine(
                rows.getString(1),
                Instant.ofEpochMilli(rows.getLong(2)),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6)))
        .list();
  }

  /** What happened while a check ran, the newest first. */
  public List<EventLine> events(String check, int most) {
    return facts
        .sql(
            "SELECT run.id, at, kind, message FROM event JOIN run ON run.no = event.run"
                + " WHERE name = ? ORDER BY at DESC LIMIT ?")
        .params(check, most)
        .query((rows, _) ->
            new EventLine(
                rows.getString(1),
                Instant.ofEpochMilli(rows.getLong(2)),
                rows.getString(3),
                rows.getString(4)))
        .list();
  }

  /** One number of a check in one run. */
  private record Point(
      String run, String digest, CheckLevels.Key key, Metric metric, double value) {}

  /**
   * What a check measured through its newest runs, and where it changed.
   *
   * @param environment only there; empty for everywhere
   */
  public List<Trend> trends(String check, String environment) {
    Map<CheckLevels.Key, List<Point>> series = new LinkedHashMap<>();
    facts
        .sql(
            "SELECT run.id, digest, metric, step, statistic, unit, shape, better, value FROM level"
                + " JOIN run ON run.no = level.run"
                + " JOIN checked ON checked.run = level.run AND checked.name = level.name"
                + " WHERE level.name = ? AND step = '' AND run.no IN (SELECT run FROM checked"
                + " WHERE name = ? ORDER BY opened DESC LIMIT "
                + MOST_RUNS
                + ") ORDER BY run.opened")
        .params(check, check)
        .query(Facts::point)
        .list()
        .forEach(point -> series.computeIfAbsent(point.key(), _ -> new ArrayList<>()).add(point));
    List<Trend> trends = new ArrayList<>();
    series.forEach((key, points) -> {
      List<Trend.Point> known = new ArrayList<>();
      for (Point point : points) {
        runs.find(point.run())
            .filter(run -> environment.isEmpty() || environment.equals(run.subject().environment()))
            .ifPresent(run -> known.add(new Trend.Point(run, point.digest(), point.value())));
      }
      if (known.size() >= dev.assay.core.compare.Trends.FEWEST) {
        trends.add(Trend.of(check, key, points.getLast().metric(), known));
      }
    });
    return trends;
  }

  private static Point point(ResultSet rows, int row) throws SQLException {
    String step = rows.getString(4);
    return new Point(
        rows.getString(1),
        rows.getString(2),
        new CheckLevels.Key(rows.getString(3), step.isEmpty() ? null : step, rows.getString(5)),
        new Metric(
            rows.getString(3),
            Unit.of(rows.getString(6)),
            Metric.Shape.valueOf(rows.getString(7)),
            Metric.Better.valueOf(rows.getString(8)),
            ""),
        rows.getDouble(9));
  }

  /** Those of a list that were not read yet, the newest first. */
  List<RunSummary> missing(List<RunSummary> all) {
    Set<String> known = known();
    return all.stream().filter(run -> run.closed() != null && !known.contains(run.id())).toList();
  }

  @Override
  public void close() {
    writing.lock();
    try {
      file.close();
    } finally {
      writing.unlock();
    }
  }
}
