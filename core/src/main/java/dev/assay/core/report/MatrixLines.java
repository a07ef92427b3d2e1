package dev.assay.core.report;

import dev.assay.api.plan.CheckPlan;
import dev.assay.api.verdict.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the cells of checks with a matrix, taken together. Stateless. */
public final class MatrixLines {

  private static final int MOST_NAMED = 8;

  private MatrixLines() {}

  /** One line for each check with a matrix: {@code unit: 3 of 4 cells pass; not java=17 (fail)}. */
  public static List<String> of(RunReport run) {
    List<String> lines = new ArrayList<>();
    cells(run).forEach((name, checks) -> lines.add(line(name, checks)));
    return lines;
  }

  /** The cells of each check with a matrix, by the name of the check. */
  public static Map<String, List<CheckReport>> cells(RunReport run) {
    Map<String, List<CheckReport>> cells = new LinkedHashMap<>();
    for (CheckReport check : run.checks()) {
      int cell = check.id().indexOf(CheckPlan.OF_CELL);
      if (cell > 0 && check.id().indexOf('=', cell) > 0) {
        cells.computeIfAbsent(check.id().substring(0, cell), name -> new ArrayList<>()).add(check);
      }
    }
    return cells;
  }

  /** One line on the cells of one check. */
  public static String line(String name, List<CheckReport> checks) {
    List<String> others =
        checks.stream()
            .filter(check -> check.decision() != Decision.PASS)
            .map(check ->
                check.id().substring(name.length() + 1) + " (" + check.decision().word() + ")")
            .toList();
    String passed =
        name
            + ": "
            + (checks.size() - others.size())
            + " of "
            + checks.size()
            + (checks.size() == 1 ? " cell passes" : " cells pass");
    if (others.isEmpty()) {
      return passed;
    }
    int more = others.size() - MOST_NAMED;
    return passed
        + "; not "
        + String.join(", ", others.subList(0, Math.min(MOST_NAMED, others.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
