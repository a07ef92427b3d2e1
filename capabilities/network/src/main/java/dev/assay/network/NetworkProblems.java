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

  /** An address that a proxy cannot listen on. */
  public static final ProblemType CANNOT_LISTEN =
      new ProblemType(
          "ASSAY-NETWORK-030",
          ProblemKind.ENVIRONMENT,
          "A proxy cannot listen there",
          "A proxy listens on an address of this machine and a port that nobody else listens on;"
              + " ports below 1024 are for root. Port 0 takes any that is free.");

  private NetworkProblems() {}

  static List<ProblemType> all() {
    return List.of(UNKNOWN_PROFILE, CANNOT_LISTEN);
  }
}
