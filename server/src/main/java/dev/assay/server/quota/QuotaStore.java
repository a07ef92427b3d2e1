package dev.assay.server.quota;

import dev.assay.server.database.ServerDatabase;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The quotas of projects, and what was told of them, in the server's database. Thread-safe. */
public final class QuotaStore {

  private final ServerDatabase accounts;

  /** Those of a database. */
  public QuotaStore(ServerDatabase accounts) {
    this.accounts = accounts;
  }

  /** Those of a project. */
  public Limits of(String project) {
    Map<Quota, Long> most = new EnumMap<>(Quota.class);
    return accounts.of(
        project,
        own -> {
          own.sql("SELECT kind, most FROM quota WHERE project = ?")
              .param(project)
              .query(rows -> {
                long bound = rows.getLong(2);
                Quota.of(rows.getString(1)).ifPresent(quota -> most.put(quota, bound));
              });
          return new Limits(most);
        });
  }

  /** Those of all projects that have some, by name. */
  SortedMap<String, Limits> all() {
    SortedMap<String, Map<Quota, Long>> found = new TreeMap<>();
    return accounts.ofAll(all -> {
      all.sql("SELECT project, kind, most FROM quota")
          .query(rows -> {
            String project = rows.getString(1);
            long bound = rows.getLong(3);
            Quota.of(rows.getString(2))
                .ifPresent(quota ->
                    found
                        .computeIfAbsent(project, _ -> new EnumMap<>(Quota.class))
                        .put(quota, bound));
          });
      SortedMap<String, Limits> limits = new TreeMap<>();
      found.forEach((project, most) -> limits.put(project, new Limits(most)));
      return limits;
    });
  }

  /** Replaces those of a project; within a change. */
  void set(String project, Limits limits) {
    int _ =
        accounts.of(
            project,
            own -> {
              int gone = own.sql("DELETE FROM quota WHERE project = ?").param(project).update();
              limits
                  .most()
                  .forEach((quota, most) -> {
                    int _ =
                        own.sql("INSERT INTO quota (project, kind, most) VALUES (?, ?, ?)")
                            .params(project, quota.label(), most)
                            .update();
                  });
              return gone;
            });
  }

  /**
   * Notes that something was told, for some time.
   *
   * @param level of which share, in percent
   * @param period the day; 0 for what is of no day
   * @return whether it was not told before in that time, by any server
   */
  boolean tell(String project, Quota quota, int level, long period) {
    return accounts.of(
            project,
            own ->
                own.sql(
                        "INSERT INTO quota_told (project, kind, level, period) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (project, kind, level) DO UPDATE SET"
                            + " period = excluded.period"
                            + " WHERE quota_told.period <> excluded.period")
                    .params(project, quota.label(), level, period)
                    .update())
        == 1;
  }

  /** What was told of all projects, and for which time. */
  Map<Told, Long> told() {
    Map<Told, Long> told = new HashMap<>();
    return accounts.ofAll(all -> {
      all.sql("SELECT project, kind, level, period FROM quota_told")
          .query(rows -> {
            Told one = new Told(rows.getString(1), rows.getString(2), rows.getInt(3));
            told.put(one, rows.getLong(4));
          });
      return told;
    });
  }

  /** Something that was told: of which quota, and of which share in percent. */
  record Told(String project, String kind, int level) {}

  /** Forgets what was told of a share that is used no more, so that it can be told again. */
  void forget(String project, Quota quota, int level) {
    int _ =
        accounts.of(
            project,
            own ->
                own.sql("DELETE FROM quota_told WHERE project = ? AND kind = ? AND level = ?")
                    .params(project, quota.label(), level)
                    .update());
  }

  /** How many members have a role in each project. */
  Map<String, Long> members() {
    return counts("SELECT project, count(*) FROM role GROUP BY project");
  }

  /** How many keys of each project are good, at a time in milliseconds since 1970. */
  Map<String, Long> keys(long now) {
    return counts(
        "SELECT project, count(*) FROM project_key WHERE expires > " + now + " GROUP BY project");
  }

  private Map<String, Long> counts(String query) {
    return accounts.ofAll(all -> {
      Map<String, Long> counts = new TreeMap<>();
      all.sql(query)
          .query(rows -> {
            counts.put(rows.getString(1), rows.getLong(2));
          });
      return counts;
    });
  }
}
