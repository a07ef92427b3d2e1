package dev.assay.observe;

import dev.assay.api.problem.ProblemType;
import dev.assay.observe.problem.AlertProblems;
import dev.assay.observe.problem.MonitorProblems;
import dev.assay.observe.problem.SloProblems;
import java.util.List;

/** Every kind of problem that observing can report. */
final class ObserveProblems {

  private ObserveProblems() {}

  static List<ProblemType> all() {
    return List.of(
        MonitorProblems.WRONG_MONITOR,
        MonitorProblems.NO_MONITOR,
        SloProblems.WRONG_SLO,
        SloProblems.NO_SLO,
        SloProblems.NO_DATA,
        AlertProblems.WRONG_ROUTING,
        AlertProblems.WRONG_ALERT,
        AlertProblems.NOT_SENT);
  }
}
