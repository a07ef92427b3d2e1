package dev.assay.load.adhoc;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem of load without a workspace. */
public final class AdHocProblems {

  /** Nobody is there. */
  static final ProblemType NOBODY =
      new ProblemType(
          "ASSAY-LOAD-090",
          ProblemKind.ENVIRONMENT,
          "Nothing accepts connections at the target",
          "Before an ad hoc load one connection is opened and closed again, so that a target that is"
              + " not there is said at once and not measured for half a minute. Start the target,"
              + " or correct host and port. A workspace has no such test: there, a target that is"
              + " not there is evidence.");

  private AdHocProblems() {}

  /** All of them. */
  public static List<ProblemType> all() {
    return List.of(NOBODY);
  }
}
