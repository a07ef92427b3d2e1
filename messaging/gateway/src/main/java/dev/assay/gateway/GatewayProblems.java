package dev.assay.gateway;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

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

  /** A gateway that cannot take more. */
  public static final ProblemType BUSY =
      new ProblemType(
          "ASSAY-GATEWAY-003",
          ProblemKind.ENVIRONMENT,
          "The gateway takes no more at the moment",
          "More messages wait to be written than may, or the gateway is about to end. Nothing of the"
              + " request was accepted; the same request with the same Idempotency-Key may be sent"
              + " again.");

  /** A key of a request that was used before. */
  public static final ProblemType KEY_REUSED =
      new ProblemType(
          "ASSAY-GATEWAY-004",
          ProblemKind.USER,
          "An idempotency key was used for another request",
          "A request that is sent again with its Idempotency-Key has its effect once. The key belongs"
              + " to the first request that it came with; another request needs another key.");

  /** A mistake in the gateway itself. */
  public static final ProblemType ENGINE =
      new ProblemType(
          "ASSAY-GATEWAY-005",
          ProblemKind.INTERNAL,
          "The gateway failed unforeseen",
          "What was accepted is in the store, and is sent when the gateway is started again. Report"
              + " this with the steps that led to it.");

  /** A request that says something wrong. */
  public static final ProblemType REQUEST =
      new ProblemType(
          "ASSAY-GATEWAY-006",
          ProblemKind.USER,
          "A request cannot be understood",
          "The API is described at /v1/openapi.json. A message needs `to` and `text`; members that"
              + " nobody reads are refused, as they are most often mistyped.");

  /** Who may not. */
  public static final ProblemType FORBIDDEN =
      new ProblemType(
          "ASSAY-GATEWAY-007",
          ProblemKind.USER,
          "That key may not do this",
          "Send the key as `Authorization: Bearer KEY`. What it may do, and from where, stands in"
              + " gateway.yaml under `keys`; `assay gateway key` makes one.");

  /** Something that is not there. */
  public static final ProblemType NOT_FOUND =
      new ProblemType(
          "ASSAY-GATEWAY-008",
          ProblemKind.USER,
          "There is no such thing in the gateway",
          "Messages are found by the id that the gateway gave, as long as they are kept, and only by"
              + " the key that sent them. The paths of the API are listed at /v1/openapi.json.");

  /** A store that contradicts itself. */
  public static final ProblemType INCONSISTENT =
      new ProblemType(
          "ASSAY-GATEWAY-009",
          ProblemKind.ENVIRONMENT,
          "The gateway's store contradicts itself",
          "Every message is in exactly the state of its last event, and its events are a legal path."
              + " Where that is not so, something else wrote into the store, or the disk lost what it"
              + " had confirmed. Restore a backup, or report it with the messages named.");

  private GatewayProblems() {}

  static List<ProblemType> all() {
    return List.of(
        STORE,
        CONFIGURATION,
        BUSY,
        KEY_REUSED,
        ENGINE,
        REQUEST,
        FORBIDDEN,
        NOT_FOUND,
        INCONSISTENT);
  }
}
