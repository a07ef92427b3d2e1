package dev.assay.observe.problem;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;

/** Problems of monitors. */
public final class MonitorProblems {

  /** A monitor says nothing that can be done. */
  public static final ProblemType WRONG_MONITOR =
      new ProblemType(
          "ASSAY-OBSERVE-001",
          ProblemKind.USER,
          "A monitor is not written as it must be",
          "A monitor names a check of the workspace and when it is carried out: either `every: 5m`,"
              + " at least every second, or `cron: \"*/5 8-18 * * MON-FRI\"` with an optional"
              + " `zone:` such as Europe/Berlin. An alert opens `after:` so many failures of so"
              + " many results, such as `2 of 3`, and closes after so many passes in a row.");

  /** There is nothing to watch. */
  public static final ProblemType NO_MONITOR =
      new ProblemType(
          "ASSAY-OBSERVE-002",
          ProblemKind.USER,
          "There is no such monitor",
          "`assay monitor` carries out what stands under `monitors:` in the workspace. A monitor"
              + " looks at what already runs and starts no services, so that the address of its"
              + " environment must not contain the port of a service that only a run would start.");

  private MonitorProblems() {}
}
