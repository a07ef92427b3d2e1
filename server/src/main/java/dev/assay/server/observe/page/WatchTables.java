package dev.assay.server.observe.page;

import dev.assay.server.observe.SloView;
import dev.assay.server.table.Cell;
import dev.assay.server.table.Table;
import dev.assay.server.table.Table.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Monitors and objectives as tables, to be taken along. */
final class WatchTables {

  private WatchTables() {}

  static Table monitors(List<MonitorView> monitors) {
    return new Table(
        "monitors",
        "Monitors",
        List.of(
            Column.of("state", "State"),
            Column.of("since", "Since"),
            Column.of("monitor", "Monitor"),
            Column.of("check", "Check"),
            Column.of("passed", "Passed"),
            Column.number("results", "Of results"),
            Column.of("schedule", "When"),
            Column.of("missed", "Missed"),
            Column.of("from", "From"),
            Column.of("place", "Place"),
            Column.of("last", "Last"),
            Column.of("run", "Run")),
        monitors.stream()
            .map(monitor ->
                List.of(
                    Cell.badge(monitor.state(), monitor.tone()),
                    Cell.text(moment(monitor.since())),
                    Cell.text(monitor.name()),
                    Cell.text(monitor.check()),
                    Cell.text(monitor.uptime()),
                    Cell.number(monitor.results()),
                    Cell.text(monitor.schedule()),
                    Cell.text(blank(monitor.missed())),
                    Cell.text(monitor.from()),
                    Cell.text(blank(monitor.place())),
                    Cell.text(moment(monitor.last())),
                    Cell.text(monitor.lastRun())))
            .toList(),
        null);
  }

  static Table slos(List<SloView> slos) {
    return new Table(
        "slos",
        "Objectives",
        List.of(
            Column.of("state", "State"),
            Column.of("slo", "Objective"),
            Column.of("title", "Title"),
            Column.of("service", "Service"),
            Column.of("good", "Good"),
            Column.of("target", "Promised"),
            Column.of("window", "Over"),
            Column.of("budget", "Budget"),
            Column.of("exhausted", "Spent on"),
            Column.of("at", "As of")),
        slos.stream()
            .map(slo ->
                List.of(
                    Cell.badge(slo.state(), slo.tone()),
                    Cell.text(slo.name()),
                    Cell.text(slo.title()),
                    Cell.text(blank(slo.service())),
                    Cell.text(slo.good()),
                    Cell.text(slo.target()),
                    Cell.text(slo.window()),
                    Cell.text(slo.left()),
                    Cell.text(slo.exhausted()),
                    Cell.time(slo.at())))
            .toList(),
        null);
  }

  static Table burns(List<SloView> slos) {
    return new Table(
        "burns",
        "How fast budgets are spent",
        List.of(
            Column.of("slo", "Objective"),
            Column.of("windows", "Burn over"),
            Column.of("rates", "Times faster than evenly"),
            Column.of("limit", "Alert from"),
            Column.of("state", "State")),
        slos.stream()
            .flatMap(slo ->
                slo.burns().stream()
                    .map(burn ->
                        List.of(
                            Cell.text(slo.name()),
                            Cell.text(burn.windows()),
                            Cell.text(burn.rates()),
                            Cell.text(burn.limit()),
                            Cell.text(burn.firing() ? "firing" : "quiet"))))
            .toList(),
        null);
  }

  private static @Nullable String blank(String text) {
    return text.isEmpty() ? null : text;
  }

  /** What a page shows in the reader's zone, for programs. */
  private static @Nullable String moment(@Nullable String shown) {
    return shown == null ? null : shown.replace(' ', 'T') + "Z";
  }
}
