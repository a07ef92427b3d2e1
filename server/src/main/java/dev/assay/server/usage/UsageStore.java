package dev.assay.server.usage;

import dev.assay.api.ledger.Ledger.Growth;
import dev.assay.server.database.ServerDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is counted, in the server's database. What was counted up to is written together with what
 * was counted, and only by who read it as it was: a crash loses nothing, and two servers count
 * nothing twice. Thread-safe.
 */
final class UsageStore {

  private static final String ADD =
      "INSERT INTO used_day (project, day, runs, entries, evidence, artifacts, requests, refused)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (project, day) DO UPDATE SET"
          + " runs = used_day.runs + excluded.runs,"
          + " entries = used_day.entries + excluded.entries,"
          + " evidence = used_day.evidence + excluded.evidence,"
          + " artifacts = used_day.artifacts + excluded.artifacts,"
          + " requests = used_day.requests + excluded.requests,"
          + " refused = used_day.refused + excluded.refused";

  private final ServerDatabase accounts;

  UsageStore(ServerDatabase accounts) {
    this.accounts = accounts;
  }

  /** What is counted of a project; from now on something is. */
  Counted counted(String project) {
    return accounts.of(
        project,
        own -> {
          Counted known = find(own, project);
          if (known != null) {
            return known;
          }
          int _ =
              own.sql("INSERT INTO used VALUES (?, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING")
                  .param(project)
                  .update();
          Counted begun = find(own, project);
          if (begun == null) {
            throw new IllegalStateException("the project " + project + " cannot be counted");
          }
          return begun;
        });
  }

  private static @org.jspecify.annotations.Nullable Counted find(JdbcClient own, String project) {
    return own.sql("SELECT counted, runs, entries, evidence, stale FROM used WHERE project = ?")
        .param(project)
        .query((rows, _) -> counted(rows, 1))
        .optional()
        .orElse(null);
  }

  private static Counted counted(ResultSet rows, int at) throws SQLException {
    return new Counted(
        rows.getLong(at),
        rows.getLong(at + 1),
        rows.getLong(at + 2),
        rows.getLong(at + 3),
        rows.getLong(at + 4) != 0);
  }

  /** What is counted of every project, by its name. */
  SortedMap<String, Counted> all() {
    SortedMap<String, Counted> counted = new TreeMap<>();
    accounts.ofAll(all -> {
      all.sql("SELECT project, counted, runs, entries, evidence, stale FROM used")
          .query(rows -> {
            counted.put(rows.getString(1), counted(rows, 2));
          });
      return counted;
    });
    return counted;
  }

  /**
   * Adds what came since, unless somebody else did.
   *
   * @return whether it was added
   */
  boolean add(String project, Counted before, Growth growth, LocalDate day) {
    return accounts.change(() ->
        accounts.of(
            project,
            own -> {
              boolean first =
                  own.sql(
                              "UPDATE used SET counted = ?, runs = runs + ?, entries = entries + ?,"
                                  + " evidence = evidence + ?, stale = ? WHERE project = ?"
                                  + " AND counted = ?")
                          .params(
                              growth.upTo(),
                              growth.runs(),
                              growth.entries(),
                              growth.bytes(),
                              before.stale() || growth.erased() ? 1 : 0,
                              project,
                              before.upTo())
                          .update()
                      == 1;
              if (first) {
                add(
                    own,
                    project,
                    day,
                    new Came(growth.runs(), growth.entries(), growth.bytes(), 0, 0, 0));
              }
              return first;
            }));
  }

  /** Replaces what is kept by what was counted anew, unless somebody counted on meanwhile. */
  boolean replace(String project, Counted before, Counted now) {
    return accounts.change(() ->
        accounts.of(
            project,
            own ->
                own.sql(
                            "UPDATE used SET counted = ?, runs = ?, entries = ?, evidence = ?,"
                                + " stale = ? WHERE project = ? AND counted = ?")
                        .params(
                            now.upTo(),
                            now.runs(),
                            now.entries(),
                            now.evidence(),
                            now.stale() ? 1 : 0,
                            project,
                            before.upTo())
                        .update()
                    == 1));
  }

  /** Adds to a day. */
  void add(String project, LocalDate day, Came came) {
    boolean _ =
        accounts.change(() ->
            accounts.of(
                project,
                own -> {
                  add(own, project, day, came);
                  return true;
                }));
  }

  private static void add(JdbcClient own, String project, LocalDate day, Came came) {
    int _ =
        own.sql(ADD)
            .params(
                project,
                day.toEpochDay(),
                came.runs(),
                came.entries(),
                came.evidence(),
                came.artifacts(),
                came.requests(),
                came.refused())
            .update();
  }

  /** What came to a project from a day on, the oldest first; days on which nothing came miss. */
  SortedMap<LocalDate, Came> days(String project, LocalDate from) {
    SortedMap<LocalDate, Came> days = new TreeMap<>();
    return accounts.of(
        project,
        own -> {
          own.sql(
                  "SELECT day, runs, entries, evidence, artifacts, requests, refused"
                      + " FROM used_day WHERE project = ? AND day >= ?")
              .params(project, from.toEpochDay())
              .query(rows -> {
                days.put(LocalDate.ofEpochDay(rows.getLong(1)), came(rows, 2));
              });
          return days;
        });
  }

  /** What came to every project from a day on, all days together. */
  SortedMap<String, Came> sums(LocalDate from) {
    SortedMap<String, Came> sums = new TreeMap<>();
    return accounts.ofAll(all -> {
      all.sql(
              "SELECT project, sum(runs), sum(entries), sum(evidence), sum(artifacts),"
                  + " sum(requests), sum(refused) FROM used_day WHERE day >= ? GROUP BY project")
          .param(from.toEpochDay())
          .query(rows -> {
            sums.put(rows.getString(1), came(rows, 2));
          });
      return sums;
    });
  }

  private static Came came(ResultSet rows, int at) throws SQLException {
    return new Came(
        rows.getLong(at),
        rows.getLong(at + 1),
        rows.getLong(at + 2),
        rows.getLong(at + 3),
        rows.getLong(at + 4),
        rows.getLong(at + 5));
  }

  /** Forgets the days before one. */
  void forget(LocalDate before) {
    int _ =
        accounts.ofAll(all ->
            all.sql("DELETE FROM used_day WHERE day < ?").param(before.toEpochDay()).update());
  }

  /** Notes that an artifact is about to be stored, so that it is counted whatever happens. */
  void arriving(String project, String sha256) {
    int _ =
        accounts.of(
            project,
            own ->
                own.sql("INSERT INTO used_arriving VALUES (?, ?) ON CONFLICT DO NOTHING")
                    .params(project, sha256)
                    .update());
  }

  /** Counts an artifact that is stored now; once, however often it is told. */
  boolean arrived(String project, String sha256, long bytes, LocalDate day) {
    return accounts.change(() ->
        accounts.of(
            project,
            own -> {
              boolean first =
                  own.sql("DELETE FROM used_arriving WHERE project = ? AND sha256 = ?")
                          .params(project, sha256)
                          .update()
                      == 1;
              if (first) {
                add(own, project, day, new Came(0, 0, 0, bytes, 0, 0));
              }
              return first;
            }));
  }
}
