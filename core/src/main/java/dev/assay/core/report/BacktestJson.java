package dev.assay.core.report;

import dev.assay.api.json.Json;
import dev.assay.core.compare.Backtest;
import dev.assay.core.parse.IncidentFile.Incident;
import java.util.List;

/**
 * A backtest as JSON of the shape {@code "report":"assay-backtest/1"}, described in {@code
 * docs/backtest.md}. Shares of nothing are null; durations are whole nanoseconds.
 */
public final class BacktestJson {

  private BacktestJson() {}

  /** The backtest as a value. */
  public static Json.Obj json(Backtest.Result result) {
    return Json.object()
        .put("report", "assay-backtest/1")
        .put("releases", result.releases().size())
        .put("stopped", result.stopped())
        .put("bad", result.bad())
        .put("caught", result.caught())
        .put("precision", ComparisonJson.number(share(result.caught(), result.stopped())))
        .put("recall", ComparisonJson.number(share(result.caught(), result.bad())))
        .put("took", result.took().toNanos())
        .put("spared", result.spared().toNanos())
        .put(
            "runs",
            Json.array(
                result.releases().stream()
                    .map(release ->
                        Json.object()
                            .put("run", release.run().id())
                            .putIfPresent("commit", release.run().subject().commit())
                            .put("then", release.run().decision().name())
                            .put("now", release.decision().name())
                            .put("reason", release.reason())
                            .put("took", release.took().toNanos())
                            .put("incidents", texts(release.incidents()))
                            .build())
                    .toList()))
        .put("unmatched", texts(result.unmatched()))
        .put("notes", Json.array(result.notes().stream().map(Json::of).toList()))
        .build();
  }

  /** A share of a whole; NaN of nothing. */
  static double share(long hits, long of) {
    return of == 0 ? Double.NaN : (double) hits / of;
  }

  private static Json texts(List<Incident> incidents) {
    return Json.array(incidents.stream().map(one -> Json.of(words(one))).toList());
  }

  /** An incident in a few words. */
  public static String words(Incident incident) {
    String when = incident.at() == null ? "" : Words.moment(incident.at());
    String commit = incident.commit() == null ? "" : "commit " + incident.commit();
    String which = when.isEmpty() ? commit : when;
    return incident.what().isEmpty() ? which : incident.what() + " (" + which + ")";
  }
}
