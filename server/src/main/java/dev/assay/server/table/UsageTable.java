package dev.assay.server.table;

import dev.assay.api.value.Unit;
import dev.assay.server.table.Table.Column;
import dev.assay.server.usage.Came;
import dev.assay.server.usage.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What projects use, as tables. */
public final class UsageTable {

  private UsageTable() {}

  /** How the days of a project are put together. */
  public enum Span {
    /** Each day for itself. */
    DAY,
    /** The days of a month. */
    MONTH;

    /** As addresses have it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The one of a word; days where it is none. */
    public static Span of(String word) {
      return word.equals(MONTH.word()) ? MONTH : DAY;
    }
  }

  /** What came to a project, the newest first. */
  public static Table came(SortedMap<java.time.LocalDate, Came> days, Span span) {
    SortedMap<String, Came> spans = new TreeMap<>(java.util.Comparator.reverseOrder());
    days.forEach((day, came) ->
        spans.merge(day.toString().substring(0, span == Span.DAY ? 10 : 7), came, Came::plus));
    List<List<Cell>> rows = new ArrayList<>();
    spans.forEach((name, came) -> {
      List<Cell> row = new ArrayList<>(List.of(Cell.text(name)));
      row.addAll(cells(came));
      rows.add(row);
    });
    List<Column> columns =
        new ArrayList<>(
            List.of(
                span == Span.DAY ? Column.of("day", "Day (UTC)") : Column.of("month", "Month")));
    columns.addAll(columns());
    return new Table("usage", "What came, the newest first", columns, rows, null);
  }

  private static List<Column> columns() {
    return List.of(
        Column.number("runs", "Runs"),
        Column.number("entries", "Entries"),
        Column.number("evidence", "Evidence"),
        Column.number("artifacts", "Artifacts"),
        Column.number("requests", "Requests"),
        Column.number("refused", "Refused"));
  }

  private static List<Cell> cells(Came came) {
    return List.of(
        Cell.number(came.runs()),
        Cell.number(came.entries()),
        bytes(came.evidence()),
        bytes(came.artifacts()),
        Cell.number(came.requests()),
        Cell.number(came.refused()));
  }

  /**
   * What is kept of each project, and what came to it lately; whoever keeps most first.
   *
   * @param came of the last 30 days
   */
  public static Table projects(Map<String, Kept> kept, Map<String, Came> came) {
    List<Map.Entry<String, Kept>> order = new ArrayList<>(kept.entrySet());
    order.sort(
        java.util.Comparator.comparingLong((Map.Entry<String, Kept> one) -> -one.getValue().bytes())
            .thenComparing(Map.Entry::getKey));
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, Kept> one : order) {
      Kept now = one.getValue();
      Came lately = came.getOrDefault(one.getKey(), Came.NOTHING);
      rows.add(
          List.of(
              Cell.text(one.getKey()).to("/projects/" + one.getKey() + "/usage"),
              Cell.number(now.runs()),
              Cell.number(now.entries()),
              bytes(now.evidence()),
              bytes(now.artifacts()),
              bytes(now.derived()),
              Cell.number(now.output()),
              Cell.number(lately.runs()),
              Cell.number(lately.entries()),
              bytes(lately.evidence()),
              bytes(lately.artifacts()),
              Cell.number(lately.requests()),
              Cell.number(lately.refused())));
    }
    return new Table(
        "projects",
        "What projects use, whoever keeps most first",
        List.of(
            Column.of("project", "Project"),
            Column.number("runs", "Runs"),
            Column.number("entries", "Entries"),
            Column.number("evidence", "Evidence"),
            Column.number("artifacts", "Artifacts"),
            new Column("derived", "Made for pages", true, true),
            new Column("output", "Printed, in memory", true, true),
            Column.number("runsLately", "Runs in 30 days"),
            Column.number("entriesLately", "Entries in 30 days"),
            Column.number("evidenceLately", "Evidence in 30 days"),
            Column.number("artifactsLately", "Artifacts in 30 days"),
            new Column("requestsLately", "Requests in 30 days", true, true),
            new Column("refusedLately", "Refused in 30 days", true, true)),
        rows,
        null);
  }

  private static Cell bytes(long bytes) {
    return Cell.number(bytes, Unit.BYTES.format(bytes));
  }
}
