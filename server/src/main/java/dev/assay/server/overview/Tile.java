package dev.assay.server.overview;

import dev.assay.core.report.Words;
import dev.assay.server.overview.Overview.Standing;
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

  /** Nine runs that passed for each that failed are not good, and no reason to stop everything. */
  private static final int FEW = 9;

  /** Those of an overview. */
  static List<Tile> of(Overview overview) {
    Standing now = overview.now();
    Totals totals = overview.totals();
    return List.of(
        passed(overview),
        takes(overview),
        new Tile(
            "Time of all runs",
            OverviewTables.time(totals.tookMillis()),
            totals.vainMillis() == 0
                ? ""
                : OverviewTables.time(totals.vainMillis()) + " of it in runs that did not pass",
            "waiting",
            "/checks"),
        running(now),
        watched("Monitors", now.monitors(), now.failing(), "up", "not up", "/monitors"),
        watched("Objectives", now.objectives(), now.missed(), "met", "in danger", "/slos"),
        new Tile(
            "Alerts",
            String.valueOf(now.alerts()),
            now.incidents() == 0 ? "" : Words.many(now.incidents(), "incident") + " open",
            now.alerts() + now.incidents() == 0 ? "pass" : "fail",
            "/alerts"),
        new Tile(
            "In quarantine",
            Words.many(now.quarantined(), "test"),
            "",
            now.quarantined() == 0 ? "pass" : "open",
            "/tests"));
  }

  private static Tile passed(Overview overview) {
    Totals totals = overview.totals();
    Double before = overview.before().passRate();
    return new Tile(
        "Runs that passed",
        OverviewTables.percent(totals.passRate()),
        Words.grouped(totals.passed())
            + " of "
            + Words.grouped(totals.passed() + totals.failed())
            + " that were decided"
            + (before == null ? "" : before(overview, OverviewTables.percent(before))),
        rate(totals),
        "?decision=fail");
  }

  private static String rate(Totals totals) {
    if (totals.passed() + totals.failed() == 0) {
      return "waiting";
    }
    boolean few = totals.passed() >= FEW * totals.failed();
    return totals.failed() == 0 ? "pass" : few ? "open" : "fail";
  }

  private static Tile takes(Overview overview) {
    Totals totals = overview.totals();
    Long before = overview.before().medianMillis();
    return new Tile(
        "A run takes",
        OverviewTables.time(totals.medianMillis()),
        (totals.mostMillis() == null
                ? "nobody said how long"
                : "nine of ten at most " + OverviewTables.time(totals.mostMillis()))
            + (before == null ? "" : before(overview, OverviewTables.time(before))),
        "waiting",
        "/tests");
  }

  private static String before(Overview overview, String value) {
    return "; " + value + " the " + overview.asked().days() + " days before";
  }

  private static Tile running(Standing now) {
    return new Tile(
        "Running now",
        String.valueOf(now.running()),
        now.silent() == 0 ? "" : Words.many(now.silent(), "run") + " silent",
        now.silent() > 0 ? "open" : now.running() > 0 ? "live" : "waiting",
        now.silent() > 0 ? "?state=silent" : "?state=running");
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
