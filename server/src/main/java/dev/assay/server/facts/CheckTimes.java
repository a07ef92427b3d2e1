package dev.assay.server.facts;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the time of runs goes, by check. Thread-safe. */
public final class CheckTimes {

  private static final int MOST = 200;

  private final JdbcClient facts;

  CheckTimes(JdbcClient facts) {
    this.facts = facts;
  }

  /**
   * A check over some runs. Immutable.
   *
   * @param check its id
   * @param type of its type
   * @param runs in how many of them it was
   * @param passed in how many it passed
   * @param failed in how many it failed
   * @param tookMillis how long, all together
   * @param mostMillis how long at the most
   * @param outcomes how many
   * @param flaky how many of them failed and passed
   */
  public record Line(
      String check,
      String type,
      long runs,
      long passed,
      long failed,
      long tookMillis,
      long mostMillis,
      long outcomes,
      long flaky) {}

  /** The checks of runs, those first that take the most time; {@value #MOST} at the most. */
  public List<Line> of(Collection<String> runs) {
    return facts
        .sql(
            "SELECT name, max(type), count(*), sum(decision = 'PASS'), sum(decision = 'FAIL'),"
                + " coalesce(sum(took), 0), coalesce(max(took), 0), sum(checked.outcomes),"
                + " sum(flaky) FROM checked JOIN run ON run.no = checked.run"
                + " WHERE run.id IN (SELECT value FROM json_each(?))"
                + " GROUP BY name ORDER BY 6 DESC, name LIMIT "
                + MOST)
        .param(JsonWriter.canonical(Json.array(runs.stream().map(Json::of).toList())))
        .query((rows, _) ->
            new Line(
                rows.getString(1),
                rows.getString(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getLong(8),
                rows.getLong(9)))
        .list();
  }
}
