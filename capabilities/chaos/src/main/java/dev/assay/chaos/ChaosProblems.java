package dev.assay.chaos;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that chaos can report. */
public final class ChaosProblems {

  /** The machine does not allow a fault. */
  public static final ProblemType NOT_ALLOWED =
      new ProblemType(
          "ASSAY-CHAOS-001",
          ProblemKind.ENVIRONMENT,
          "This machine does not allow a fault",
          "A fault needs a right or a facility of the operating system that is not there: control"
              + " groups, namespaces, a program. Nothing was touched. `assay doctor` shows what this"
              + " machine allows.");

  private ChaosProblems() {}

  static List<ProblemType> all() {
    return List.of(NOT_ALLOWED);
  }
}
