package dev.assay.smpp;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that the SMPP room can report. */
public final class SmppProblems {

  /** An address that a server cannot listen on. */
  public static final ProblemType CANNOT_LISTEN =
      new ProblemType(
          "ASSAY-SMPP-001",
          ProblemKind.ENVIRONMENT,
          "An SMPP server cannot listen there",
          "A server listens on an address of this machine and a port that nobody else listens on;"
              + " ports below 1024 are for root. Port 0 takes any that is free. 2775 is SMPP's own.");

  /** A certificate or key that cannot be used. */
  public static final ProblemType TLS =
      new ProblemType(
          "ASSAY-SMPP-002",
          ProblemKind.USER,
          "A certificate or key cannot be used",
          "Certificates are PEM files with the own certificate first; keys are PEM files of PKCS 8"
              + " without a password (`openssl pkcs8 -topk8 -nocrypt` makes one of others).");

  /** A session that did not come to be. */
  public static final ProblemType NO_SESSION =
      new ProblemType(
          "ASSAY-SMPP-003",
          ProblemKind.ENVIRONMENT,
          "There is no SMPP session",
          "Nobody listens at the address, the connection broke, or the message centre refused the"
              + " bind: ESME_RINVSYSID and ESME_RINVPASWD mean the account, ESME_RALYBND that it is"
              + " bound already, ESME_RBINDFAIL that it may not be bound now.");

  /** Bytes, fields or a text that a command cannot work with. */
  public static final ProblemType INPUT =
      new ProblemType(
          "ASSAY-SMPP-004",
          ProblemKind.USER,
          "That is no PDU and no text of a message",
          "A PDU is written as hexadecimal digits, header and all, or as a JSON object of its fields"
              + " with the names of the specification. A text is any characters; surrogates come in"
              + " pairs. `assay smpp decode --help` shows examples.");

  private SmppProblems() {}

  /** All of them. */
  public static List<ProblemType> all() {
    return List.of(CANNOT_LISTEN, TLS, NO_SESSION, INPUT);
  }
}
