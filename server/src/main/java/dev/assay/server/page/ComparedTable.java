package dev.assay.server.page;

import dev.assay.api.json.Json;
import dev.assay.core.compare.ComparedMetric;
import dev.assay.core.compare.ComparedRuns;
import dev.assay.server.table.Cell;
import dev.assay.server.table.Table;
import dev.assay.server.table.Table.Column;
import java.util.List;
import java.util.Locale;

/** What two runs say of each metric as a table, to be taken along. */
final class ComparedTable {

  private ComparedTable() {}

  static Table of(ComparedRuns compared) {
    return new Table(
        "metrics",
        "The metrics of both runs",
        List.of(
            Column.of("answer", "Answer"),
            Column.of("check", "Check"),
            Column.of("metric", "Metric"),
            Column.of("unit", "Unit"),
            Column.number("before", "Was"),
            Column.number("after", "Now"),
            Column.number("change", "Change"),
            Column.number("low", "At least"),
            Column.number("high", "At most"),
            Column.of("sentence", "Why")),
        compared.metrics().stream().map(ComparedTable::row).toList(),
        null);
  }

  private static List<Cell> row(ComparedMetric metric) {
    return List.of(
        Cell.text(ComparedRuns.word(metric.answer())),
        Cell.text(metric.check()),
        Cell.text(metric.key().text()),
        Cell.text(metric.metric().unit().code()),
        number(metric.before()),
        number(metric.after()),
        number(metric.change()),
        number(metric.low()),
        number(metric.high()),
        Cell.text(metric.sentence()));
  }

  /** As exact as it is known; nothing where it is not, or where nothing bounds it. */
  private static Cell number(double value) {
    return Double.isFinite(value)
        ? new Cell(
            String.format(Locale.ROOT, "%.9g", value),
            Json.of(value),
            Cell.Look.TEXT,
            "",
            null,
            null)
        : Cell.text(null);
  }
}
