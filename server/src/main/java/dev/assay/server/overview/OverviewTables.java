package dev.assay.server.overview;

import dev.assay.api.value.Unit;
import dev.assay.server.facts.CheckTimes;
import dev.assay.server.overview.Overview.Day;
import dev.assay.server.page.Listed;
import dev.assay.server.table.Cell;
import dev.assay.server.table.Table;
import dev.assay.server.table.Table.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of an overview. */
final class OverviewTables {

  private static final double NANOS = 1e6;

  private OverviewTables() {}

  /** A time in milliseconds for people; of 0 nobody said how long it was. */
  static String time(@Nullable Long millis) {
    return millis == null || millis == 0 ? "–" : Unit.NANOSECONDS.format(millis * NANOS);
  }

  /** A share for people. */
  static String percent(@Nullable Double share) {
    return share == null ? "–" : String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  private static Cell millis(@Nullable Long millis) {
    return millis == null ? Cell.text(null) : Cell.number(millis, time(millis));
  }

  /** Every day, the newest first. */
  static Table days(List<Day> days) {
    return new Table(
        "days",
        "Runs of each day of UTC, the newest first",
        List.of(
            Column.of("day", "Day"),
            Column.number("runs", "Runs"),
            Column.number("passed", "Passed"),
            Column.number("failed", "Failed"),
            Column.number("undecided", "Undecided"),
            Column.number("medianMillis", "Half took at most"),
            Column.number("mostMillis", "Nine of ten took at most"),
            Column.number("tookMillis", "All together")),
        days.reversed().stream()
            .map(day -> {
              Totals totals = day.totals();
              return List.of(
                  Cell.day(day.date()),
                  Cell.number(totals.runs()),
                  Cell.number(totals.passed()),
                  Cell.number(totals.failed()),
                  Cell.number(totals.undecided()),
                  millis(totals.medianMillis()),
                  millis(totals.mostMillis()),
                  millis(totals.tookMillis()));
            })
            .toList(),
        null);
  }

  /** Where the time goes, most of it first. */
  static Table checks(String project, List<CheckTimes.Line> checks) {
    long all = checks.stream().mapToLong(CheckTimes.Line::tookMillis).sum();
    return new Table(
        "checks",
        "Where the time of checks goes, most of it first",
        List.of(
            Column.of("check", "Check"),
            Column.of("type", "Type"),
            Column.number("runs", "Runs"),
            Column.number("passed", "Passed"),
            Column.number("failed", "Failed"),
            Column.number("tookMillis", "Time"),
            Column.number("share", "Of all"),
            Column.number("meanMillis", "On average"),
            Column.number("mostMillis", "At the most"),
            Column.number("flaky", "Flaky outcomes")),
        checks.stream().map(line -> row(project, line, all)).toList(),
        null);
  }

  private static List<Cell> row(String project, CheckTimes.Line line, long all) {
    long percent = all == 0 ? 0 : Math.round(100.0 * line.tookMillis() / all);
    String place = Listed.address("/projects/" + project + "/check", Map.of("id", line.check()));
    return List.of(
        Cell.text(line.check()).to(place),
        Cell.text(line.type()),
        Cell.number(line.runs()),
        Cell.number(line.passed()),
        Cell.number(line.failed()),
        millis(line.tookMillis()),
        Cell.number(percent, percent + " %"),
        millis(line.runs() == 0 ? null : (Long) (line.tookMillis() / line.runs())),
        millis(line.mostMillis()),
        Cell.number(line.flaky()));
  }
}
