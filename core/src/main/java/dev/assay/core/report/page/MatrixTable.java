package dev.assay.core.report.page;

import dev.assay.core.report.CheckReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.MatrixLines;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.Words;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cells of each check with a matrix as a table: the values of one variable beside each other,
 * all combinations of the others below each other, and in each cell the verdict, which leads to the
 * check. A combination that was left out says so.
 */
final class MatrixTable {

  /** More columns than that are hard to read, so a variable with fewer values is put there. */
  private static final int MOST_COLUMNS = 8;

  private final Markup page;
  private final RunReport run;

  MatrixTable(Markup page, RunReport run) {
    this.page = page;
    this.run = run;
  }

  /** Writes one table for each check that has a matrix, and nothing where none has. */
  void write() {
    MatrixLines.cells(run).forEach(this::write);
  }

  private void write(String name, List<CheckReport> checks) {
    Map<Map<String, String>, CheckReport> cells = new LinkedHashMap<>();
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (CheckReport check : checks) {
      Map<String, String> cell = values(check.id().substring(name.length() + 1));
      cells.put(cell, check);
      cell.forEach((variable, value) ->
          values.computeIfAbsent(variable, _ -> new LinkedHashSet<>()).add(value));
    }
    String across = across(values);
    List<String> down = values.keySet().stream().filter(each -> !each.equals(across)).toList();
    Set<Map<String, String>> rows =
        cells.keySet().stream()
            .map(cell -> without(cell, across))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> columns = values.getOrDefault(across, Set.of());

    page.line().open("section", "class", "panel matrix").element("h3", name);
    page.element("p", MatrixLines.line(name, checks), "class", "quiet");
    page.open("div", "class", "scroll", "tabindex", "0").open("table").open("thead").open("tr");
    down.forEach(variable -> page.element("th", variable, "scope", "col"));
    columns.forEach(value -> page.element("th", across + " " + value, "scope", "col"));
    page.close("tr").close("thead").open("tbody");
    for (Map<String, String> row : rows) {
      page.open("tr");
      down.forEach(variable -> page.element("th", row.getOrDefault(variable, ""), "scope", "row"));
      for (String value : columns) {
        Map<String, String> cell = new LinkedHashMap<>(row);
        cell.put(across, value);
        page.open("td");
        cell(cells.get(cell));
        page.close("td");
      }
      page.close("tr");
    }
    page.close("tbody").close("table").close("div").close("section");
  }

  private void cell(@Nullable CheckReport check) {
    if (check == null) {
      page.element("span", "left out", "class", "quiet");
      return;
    }
    page.open("a", "href", "#" + HtmlReport.anchor(run, check));
    HtmlReport.pill(page, check.decision());
    page.close("a");
    if (check.took() != null) {
      page.element("span", " " + Words.took(check.took()), "class", "quiet");
    }
  }

  /** The variable whose values stand beside each other: the last one that has not too many. */
  private static String across(Map<String, Set<String>> values) {
    String last = "";
    String fitting = "";
    for (Map.Entry<String, Set<String>> variable : values.entrySet()) {
      last = variable.getKey();
      if (variable.getValue().size() <= MOST_COLUMNS) {
        fitting = last;
      }
    }
    return fitting.isEmpty() ? last : fitting;
  }

  private static Map<String, String> without(Map<String, String> cell, String variable) {
    Map<String, String> rest = new LinkedHashMap<>(cell);
    rest.remove(variable);
    return rest;
  }

  /** What {@code java=17+database=sqlite} says. */
  private static Map<String, String> values(String cell) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : cell.split("\\+")) {
      int equals = part.indexOf('=');
      values.put(part.substring(0, Math.max(0, equals)), part.substring(equals + 1));
    }
    return values;
  }
}
