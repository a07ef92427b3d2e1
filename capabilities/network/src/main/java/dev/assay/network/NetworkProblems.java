package dev.assay.network;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that the network room can report. */
public final class NetworkProblems {

  /** A name that is neither a condition of the workspace nor a profile. */
  public static final ProblemType UNKNOWN_PROFILE =
      new ProblemType(
          "ASSAY-NETWORK-001",
          ProblemKind.USER,
          "There is no such network",
          "A network is named by a condition of the workspace or by a profile that Assay knows, such"
              + " as 3g, 4g or satellite. `assay network --profiles` lists them with their figures and"
              + " sources.");

  private NetworkProblems() {}

  static List<ProblemType> all() {
    return List.of(UNKNOWN_PROFILE);
  }
}
