package dev.assay.gateway;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;
import java.util.stream.Stream;

/** Every kind of problem that the gateway can report; 100 to 199 are those of channels. */
public final class GatewayProblems {

  /** A store that cannot be used. */
  public static final ProblemType STORE =
      new ProblemType(
          "ASSAY-GATEWAY-001",
          ProblemKind.ENVIRONMENT,
          "The gateway's store cannot be used",
          "The gateway answers for a message only when it is on the disk. Where the store is a"
              + " file, its folder must be there and writable, the disk needs room, and no other"
              + " gateway may have it open; where it is PostgreSQL, it must be reachable, and the"
              + " user needs the right to create tables.");

  /** A configuration that cannot be. */
  public static final ProblemType CONFIGURATION =
      new ProblemType(
          "ASSAY-GATEWAY-002",
          ProblemKind.USER,
          "The gateway cannot be configured so",
          "A gateway needs at least one provider or channel; routes, pools and keys name only what"
              + " is there; numbers have the ranges that the documentation says.");

  private GatewayProblems() {}

  static List<ProblemType> all() {
    return Stream.concat(Stream.of(STORE, CONFIGURATION), ChannelProblems.all().stream()).toList();
  }
}
