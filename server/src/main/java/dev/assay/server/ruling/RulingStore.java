package dev.assay.server.ruling;

import dev.assay.server.database.ServerDatabase;
import dev.assay.server.ruling.RulingFilter.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signed statements and the rules of projects, in the database of accounts. Thread-safe. */
final class RulingStore {

  private final ServerDatabase database;

  RulingStore(ServerDatabase database) {
    this.database = database;
  }

  /** As it is kept. */
  record Row(String id, String run, long made, String statement, @Nullable String withdrawal) {}

  private static final String ROWS =
      "SELECT r.id, r.run, r.made, r.statement, w.statement FROM ruling r"
          + " LEFT JOIN ruling_withdrawal w ON w.ruling = r.id WHERE r.project = ?";

  void add(String id, String project, String run, String statement, Instant made) {
    int _ =
        database.of(
            project,
            own ->
                own.sql(
                        "INSERT INTO ruling (id, project, run, statement, made)"
                            + " VALUES (?, ?, ?, ?, ?)")
                    .params(id, project, run, statement, made.toEpochMilli())
                    .update());
  }

  void withdraw(String project, String id, String statement) {
    int _ =
        database.of(
            project,
            own ->
                own.sql("INSERT INTO ruling_withdrawal (ruling, statement) VALUES (?, ?)")
                    .params(id, statement)
                    .update());
  }

  /** Those of a run, the newest first. */
  List<Row> of(String project, String run) {
    return database.of(
        project,
        own ->
            own.sql(ROWS + " AND r.run = ? ORDER BY r.made DESC, r.id DESC")
                .params(project, run)
                .query((rows, _) -> row(rows))
                .list());
  }

  private static Row row(ResultSet rows) throws SQLException {
    return new Row(
        rows.getString(1),
        rows.getString(2),
        rows.getLong(3),
        rows.getString(4),
        rows.getString(5));
  }

  /** Those of all runs after a place, the newest first. */
  List<Row> page(String project, @Nullable Place after, int limit) {
    Place from = after == null ? new Place(Long.MAX_VALUE, "") : after;
    return database.of(
        project,
        own ->
            own.sql(
                    ROWS
                        + " AND (r.made, r.id) < (?, ?) ORDER BY r.made DESC, r.id DESC LIMIT "
                        + limit)
                .params(project, from.made(), from.id())
                .query((rows, _) -> row(rows))
                .list());
  }

  /** The runs of a project that anything was decided on. */
  Set<String> runs(String project) {
    return new HashSet<>(
        database.of(
            project,
            own ->
                own.sql("SELECT DISTINCT run FROM ruling WHERE project = ?")
                    .param(project)
                    .query((rows, _) -> rows.getString(1))
                    .list()));
  }

  /** Deletes what was decided on a run; how much that was. */
  int forget(String project, String run) {
    return database.of(
        project,
        own ->
            own.sql("DELETE FROM ruling WHERE project = ? AND run = ?")
                .params(project, run)
                .update());
  }

  RulingRule rule(String project) {
    return database
        .of(
            project,
            own ->
                own.sql(
                        "SELECT needed, override_days, approval_days FROM ruling_rule"
                            + " WHERE project = ?")
                    .param(project)
                    .query(
                        (rows, _) -> new RulingRule(rows.getInt(1), rows.getInt(2), rows.getInt(3)))
                    .optional())
        .orElse(RulingRule.USUAL);
  }

  void rule(String project, RulingRule rule) {
    int _ =
        database.of(
            project,
            own ->
                own.sql(
                        "INSERT INTO ruling_rule (project, needed, override_days, approval_days)"
                            + " VALUES (?, ?, ?, ?) ON CONFLICT (project) DO UPDATE SET needed ="
                            + " excluded.needed, override_days = excluded.override_days,"
                            + " approval_days = excluded.approval_days")
                    .params(project, rule.needed(), rule.overrideDays(), rule.approvalDays())
                    .update());
  }
}
