package dev.assay.server.project;

import dev.assay.server.database.ServerDatabase;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is kept of when the runs of one project were heard of last, so that a start forgets nothing.
 * Thread-safe.
 */
final class HeardStore {

  private final ServerDatabase database;
  private final String project;

  HeardStore(ServerDatabase database, String project) {
    this.database = database;
    this.project = project;
  }

  /**
   * What is kept of a run. Immutable.
   *
   * @param heard when something came of it last, by this server's clock
   * @param again within how many seconds its sender said to come again; 0 where it said nothing
   * @param silent whether it was told to be silent
   */
  record Kept(Instant heard, int again, boolean silent) {}

  /** All there is, by the run. */
  Map<String, Kept> all() {
    Map<String, Kept> all = new LinkedHashMap<>();
    database
        .of(
            project,
            own ->
                own.sql("SELECT run, heard, again, silent FROM heard_run WHERE project = ?")
                    .param(project)
                    .query((rows, _) ->
                        Map.entry(
                            rows.getString(1),
                            new Kept(
                                Instant.ofEpochMilli(rows.getLong(2)),
                                rows.getInt(3),
                                rows.getInt(4) == 1)))
                    .list())
        .forEach(row -> all.put(row.getKey(), row.getValue()));
    return all;
  }

  /** Keeps some, and lets go of those that are over. */
  void write(Map<String, Kept> fresh, Collection<String> over) {
    if (fresh.isEmpty() && over.isEmpty()) {
      return;
    }
    boolean _ =
        database.change(() ->
            database.of(
                project,
                own -> {
                  over.forEach(run -> {
                    int _ =
                        own.sql("DELETE FROM heard_run WHERE project = ? AND run = ?")
                            .params(project, run)
                            .update();
                  });
                  fresh.forEach((run, kept) -> {
                    int _ =
                        own.sql(
                                "INSERT INTO heard_run (project, run, heard, again, silent) VALUES"
                                    + " (?, ?, ?, ?, ?) ON CONFLICT (project, run) DO UPDATE SET"
                                    + " heard = excluded.heard, again = excluded.again, silent ="
                                    + " excluded.silent")
                            .params(
                                project,
                                run,
                                kept.heard().toEpochMilli(),
                                kept.again(),
                                kept.silent() ? 1 : 0)
                            .update();
                  });
                  return true;
                }));
  }
}
