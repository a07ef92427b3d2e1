package dev.assay.virtual;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that the room of virtual services can report. */
public final class VirtualProblems {

  /** A ledger that cannot be written. */
  public static final ProblemType LEDGER =
      new ProblemType(
          "ASSAY-VIRTUAL-001",
          ProblemKind.ENVIRONMENT,
          "The ledger of a virtual service cannot be written",
          "A virtual service writes all that it saw into a file. The folder must be there, and the"
              + " disk needs room: a line of an SMSC takes some 250 bytes.");

  /** A behaviour that cannot be. */
  public static final ProblemType BEHAVIOUR =
      new ProblemType(
          "ASSAY-VIRTUAL-002",
          ProblemKind.USER,
          "A virtual service cannot behave as it is written",
          "Shares are 0 % to 100 %, and those of the final states at most 100 % together. A fault is"
              + " at a PDU (`number`, with `on` or without) or at a time (`at`), and those that last"
              + " need `for`. Statuses and PDUs have the names of the specification.");

  /** A check of a virtual service that does not run. */
  public static final ProblemType NOT_RUNNING =
      new ProblemType(
          "ASSAY-VIRTUAL-003",
          ProblemKind.USER,
          "That virtual service does not run",
          "A check that looks at what a virtual service saw names one of the workspace's section"
              + " `virtual`. It runs as long as the run does.");

  private VirtualProblems() {}

  static List<ProblemType> all() {
    return List.of(LEDGER, BEHAVIOUR, NOT_RUNNING);
  }
}
