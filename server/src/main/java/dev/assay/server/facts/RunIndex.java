package dev.assay.server.facts;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.spi.Metric;
import dev.assay.api.verdict.Decision;
import dev.assay.core.compare.MetricCatalog;
import dev.assay.core.judge.CheckLevels;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.RunFollower;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.page.Fragments;
import dev.assay.suite.failure.Failure;
import dev.assay.suite.git.ProjectCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one run into the facts, in one transaction. For one use. */
final class RunIndex {

  private static final int BATCH = 1_000;
  private static final int LONGEST_MESSAGE = 2_000;
  private static final int LONGEST_TITLE = 240;
  private static final int MOST_FAILURES = 10_000;
  private static final int MOST_EVENTS = 200;
  private static final int MOST_LOGS = 20;
  private static final ProjectCode NO_SOURCES = ProjectCode.of(List.of());

  private final Connection connection;
  private final MetricCatalog catalog;
  private final RunSummary run;
  private final RunFollower follower = new RunFollower();
  private final Map<String, List<Evidence>> measured = new HashMap<>();
  private final Map<String, List<Event>> happened = new HashMap<>();
  private final Map<String, ServiceLog> printed = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private long no;
  private long outcomes;
  private int failures;
  private @Nullable SQLException failed;

  RunIndex(Connection connection, MetricCatalog catalog, RunSummary run) {
    this.connection = connection;
    this.catalog = catalog;
    this.run = run;
  }

  /** Reads it; how many outcomes it has. */
  long read(Ledger ledger) throws SQLException {
    connection.setAutoCommit(false);
    try {
      execute("DELETE FROM run WHERE id = ?", run.id());
      execute(
          "INSERT INTO run (id, opened, entries, outcomes, kept, monitor) VALUES (?, ?, ?, 0, 1,"
              + " ?)",
          run.id(),
          run.opened().toEpochMilli(),
          run.entries(),
          run.monitor() == null ? 0 : 1);
      no = number();
      try (PreparedStatement outcome =
              connection.prepareStatement(
                  "INSERT INTO outcome (run, rank, name, suite, test, result, took, attempts,"
                      + " message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
          PreparedStatement failure =
              connection.prepareStatement("INSERT INTO failure VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
        ledger.read(run.id(), stored -> add(stored.entry(), outcome, failure));
        SQLException wrong = failed;
        if (wrong != null) {
          throw wrong;
        }
        int[] _ = outcome.executeBatch();
        int[] _ = failure.executeBatch();
      }
      execute("UPDATE run SET outcomes = ? WHERE no = ?", outcomes, no);
      checks(follower.report(run));
      for (ServiceLog log : printed.values()) {
        execute(
            "INSERT INTO printed VALUES (?, ?, ?, ?)", no, log.service(), log.sha256(), log.size());
      }
      connection.commit();
      return outcomes;
    } catch (SQLException | RuntimeException wrong) {
      connection.rollback();
      throw wrong;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private long number() throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement("SELECT no FROM run WHERE id = ?")) {
      ask.setString(1, run.id());
      try (ResultSet rows = ask.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  private void add(LedgerEntry entry, PreparedStatement outcome, PreparedStatement failure) {
    if (failed != null) {
      return;
    }
    follower.add(entry);
    try {
      if (entry instanceof CheckOpened opened) {
        reopened(opened.check(), outcome, failure);
      } else if (entry instanceof Recorded(Evidence evidence)) {
        if (evidence instanceof Outcome one) {
          add(one, outcome, failure);
        } else if (evidence instanceof Measurement) {
          measured.computeIfAbsent(evidence.check(), _ -> new ArrayList<>()).add(evidence);
        } else if (evidence instanceof Event event) {
          List<Event> own = happened.computeIfAbsent(event.check(), _ -> new ArrayList<>());
          if (own.size() < MOST_EVENTS) {
            own.add(event);
          }
        } else if (evidence instanceof Artifact file) {
          execute("INSERT OR IGNORE INTO artifact VALUES (?, ?)", no, file.sha256());
          ServiceLog log = printed.size() < MOST_LOGS ? ServiceLog.of(file) : null;
          if (log != null) {
            printed.put(log.service(), log); // of a run that was resumed the last
          }
        }
      }
    } catch (SQLException wrong) {
      failed = wrong;
    }
  }

  /** What a check emitted before it was opened again is no longer its evidence. */
  private void reopened(String check, PreparedStatement outcome, PreparedStatement failure)
      throws SQLException {
    measured.remove(check);
    happened.remove(check);
    if (told.remove(check)) {
      int[] _ = outcome.executeBatch();
      int[] _ = failure.executeBatch();
      outcomes -= changed("DELETE FROM outcome WHERE run = ? AND name = ?", no, check);
      execute("DELETE FROM failure WHERE run = ? AND name = ?", no, check);
    }
  }

  private void add(Outcome one, PreparedStatement outcome, PreparedStatement failure)
      throws SQLException {
    told.add(one.check());
    outcomes++;
    Attempt last = one.attempts().getLast();
    boolean fails = one.result().failure();
    Duration took =
        one.attempts().stream().map(Attempt::took).reduce(Duration.ZERO, Duration::plus);
    outcome.setLong(1, no);
    outcome.setInt(2, rank(one));
    outcome.setString(3, one.check());
    outcome.setString(4, one.suite());
    outcome.setString(5, one.name());
    outcome.setString(
        6, one.flaky() ? "flaky" : one.result().name().toLowerCase(java.util.Locale.ROOT));
    outcome.setLong(7, took.toNanos());
    outcome.setInt(8, one.attempts().size());
    outcome.setString(9, cut(last.message(), LONGEST_MESSAGE));
    outcome.addBatch();
    if (fails && failures++ < MOST_FAILURES) {
      Failure why = Failure.of(one, NO_SOURCES);
      failure.setLong(1, no);
      failure.setString(2, one.check());
      failure.setString(3, one.suite());
      failure.setString(4, one.name());
      failure.setString(5, why.fingerprint());
      failure.setString(6, title(last));
      failure.setString(7, one.labels().getOrDefault(Failure.PLACE, ""));
      failure.setString(8, one.labels().getOrDefault(Failure.OWNERS, ""));
      failure.addBatch();
    }
    if (outcomes % BATCH == 0) {
      int[] _ = outcome.executeBatch();
      int[] _ = failure.executeBatch();
    }
  }

  /** What needs attention first. */
  private static int rank(Outcome outcome) {
    return switch (outcome.result()) {
      case FAILED, ERROR -> 0;
      case SKIPPED -> 2;
      case PASSED -> outcome.flaky() ? 1 : 3;
    };
  }

  private static String title(Attempt failed) {
    String type = failed.type();
    String message = failed.message();
    String first = message == null ? "" : message.strip().lines().findFirst().orElse("");
    String brief = type == null ? "" : type.substring(type.lastIndexOf('.') + 1);
    String both = brief.isEmpty() || first.isEmpty() ? brief + first : brief + ": " + first;
    String cut = cut(both, LONGEST_TITLE);
    return cut == null || cut.isEmpty() ? "It failed and said nothing" : cut;
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private void checks(RunReport report) throws SQLException {
    int place = 0;
    for (CheckReport check : report.checks()) {
      RunFollower.Counts counts = follower.counts(check.id());
      Duration took = check.took();
      execute(
          "INSERT INTO checked VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          no,
          run.opened().toEpochMilli(),
          place++,
          check.id(),
          check.type(),
          check.digest(),
          check.stage(),
          check.decision().name(),
          took == null ? null : took.toMillis(),
          check.decision() == Decision.PASS ? counts.outline(check) : check.because(),
          counts.all(),
          counts.failed(),
          counts.flaky(),
          Fragments.check(run.id(), check, counts, "check-" + place));
      levels(check, measured.getOrDefault(check.id(), List.of()));
      events(check, happened.getOrDefault(check.id(), List.of()));
    }
  }

  private void levels(CheckReport check, List<Evidence> found) throws SQLException {
    List<Metric> known = catalog.of(check.type());
    List<Metric> metrics = known.isEmpty() ? CheckLevels.metricsIn(found) : known;
    Map<CheckLevels.Key, CheckLevels.Level> all;
    try {
      all = CheckLevels.of(metrics, found).all();
    } catch (IllegalArgumentException damaged) {
      return; // what was sent as a histogram is none; the card says that it could not be decoded
    }
    try (PreparedStatement level =
        connection.prepareStatement("INSERT INTO level VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Map.Entry<CheckLevels.Key, CheckLevels.Level> one : all.entrySet()) {
        CheckLevels.Key key = one.getKey();
        Metric metric = one.getValue().metric();
        if (!Double.isFinite(one.getValue().value())) {
          continue;
        }
        level.setLong(1, no);
        level.setString(2, check.id());
        level.setString(3, key.metric());
        level.setString(4, key.step() == null ? "" : key.step());
        level.setString(5, key.statistic());
        level.setString(6, metric.unit().code());
        level.setString(7, metric.shape().name());
        level.setString(8, metric.better().name());
        level.setDouble(9, one.getValue().value());
        level.addBatch();
      }
      int[] _ = level.executeBatch();
    }
  }

  private void events(CheckReport check, List<Event> found) throws SQLException {
    for (Event event : found) {
      execute(
          "INSERT INTO event VALUES (?, ?, ?, ?, ?)",
          no,
          check.id(),
          event.at().toEpochMilli(),
          event.kind(),
          cut(event.message(), LONGEST_MESSAGE));
    }
  }

  private void execute(String sql, @Nullable Object... values) throws SQLException {
    int _ = changed(sql, values);
  }

  private int changed(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
