package dev.assay.load.adhoc;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem of load without a workspace. */
public final class AdHocProblems {

  /** There is no such address. */
  static final ProblemType HOST =
      new ProblemType(
          "ASSAY-LOAD-090",
          ProblemKind.ENVIRONMENT,
          "The name of the target of an ad hoc load has no address",
          "The host name of the URL was looked up before the start, and nothing was found. Nothing"
              + " was sent. Look for a misspelt name, or ask the machine's resolver: 'getent hosts"
              + " NAME'.");

  /** Nobody is there. */
  static final ProblemType NOBODY =
      new ProblemType(
          "ASSAY-LOAD-091",
          ProblemKind.ENVIRONMENT,
          "Nothing accepts connections at the target",
          "Before an ad hoc load one connection is opened and closed again, so that a target that is"
              + " not there is said at once and not measured for half a minute. Start the target,"
              + " or correct host and port. A workspace has no such test: there, a target that is"
              + " not there is evidence.");

  private AdHocProblems() {}

  /** All of them. */
  public static List<ProblemType> all() {
    return List.of(HOST, NOBODY);
  }
}
