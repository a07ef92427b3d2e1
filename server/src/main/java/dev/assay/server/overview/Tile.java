package dev.assay.server.overview;

import dev.assay.core.report.Words;
import dev.assay.server.overview.Overview.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing to see at a glance. Immutable.
 *
 * @param title what it is
 * @param value how much
 * @param note what else is to be known, such as how it was before; empty for nothing
 * @param tone for its colour: pass, fail, open, live or waiting
 * @param path where it is all, after the project's address
 */
public record Tile(String title, String value, String note, String tone, String path) {

  /** Those of an overview. */
  static List<Tile> of(Overview overview) {
    List<Tile> tiles = new ArrayList<>();
    Standing now = overview.now();
    Totals totals = overview.totals();
    Totals before = overview.before();
    String earlier = " the " + overview.asked().days() + " days before";
    tiles.add(
        new Tile(
            "Runs that passed",
            OverviewTables.percent(totals.passRate()),
            Words.grouped(totals.passed())
                + " of "
                + Words.grouped(totals.passed() + totals.failed())
                + " that were decided"
                + (before.passRate() == null
                    ? ""
                    : "; " + OverviewTables.percent(before.passRate()) + earlier),
            rate(totals),
            "?decision=fail"));
    tiles.add(
        new Tile(
            "A run takes",
            OverviewTables.time(totals.medianMillis()),
            (totals.mostMillis() == null
                    ? "nobody said how long"
                    : "nine of ten at most " + OverviewTables.time(totals.mostMillis()))
                + (before.medianMillis() == null
                    ? ""
                    : "; " + OverviewTables.time(before.medianMillis()) + earlier),
            "waiting",
            "/tests"));
    tiles.add(
        new Tile(
            "Time of all runs",
            OverviewTables.time(totals.tookMillis()),
            totals.vainMillis() == 0
                ? ""
                : OverviewTables.time(totals.vainMillis()) + " of it in runs that did not pass",
            "waiting",
            "/checks"));
    tiles.add(
        new Tile(
            "Running now",
            String.valueOf(now.running()),
            now.silent() == 0 ? "" : Words.many(now.silent(), "run") + " silent",
            now.silent() > 0 ? "open" : now.running() > 0 ? "live" : "waiting",
            now.silent() > 0 ? "?state=silent" : "?state=running"));
    tiles.add(watched("Monitors", now.monitors(), now.failing(), "up", "not up", "/monitors"));
    tiles.add(watched("Objectives", now.objectives(), now.missed(), "met", "in danger", "/slos"));
    tiles.add(
        new Tile(
            "Alerts",
            String.valueOf(now.alerts()),
            now.incidents() == 0 ? "" : Words.many(now.incidents(), "incident") + " open",
            now.alerts() + now.incidents() == 0 ? "pass" : "fail",
            "/alerts"));
    tiles.add(
        new Tile(
            "In quarantine",
            Words.many(now.quarantined(), "test"),
            "",
            now.quarantined() == 0 ? "pass" : "open",
            "/tests"));
    return List.copyOf(tiles);
  }

  private static String rate(Totals totals) {
    if (totals.passed() + totals.failed() == 0) {
      return "waiting";
    }
    return totals.failed() == 0 ? "pass" : totals.passed() >= 9 * totals.failed() ? "open" : "fail";
  }

  private static Tile watched(
      String title, long all, long bad, String good, String wrong, String path) {
    return all == 0
        ? new Tile(title, "–", "none yet", "waiting", path)
        : new Tile(
            title,
            all - bad + " of " + all,
            bad == 0 ? good : good + ", " + bad + " " + wrong,
            bad == 0 ? "pass" : "fail",
            path);
  }
}
