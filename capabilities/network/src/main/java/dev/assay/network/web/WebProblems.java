package dev.assay.network.web;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** The kinds of problems with a company's proxy. */
public final class WebProblems {

  /** A part of a company's proxy that cannot be what is written. */
  static final ProblemType RULE =
      new ProblemType(
          "ASSAY-NETWORK-050",
          ProblemKind.USER,
          "A company's proxy cannot be made of what is written",
          "What a proxy blocks is a host (example.com), all hosts of a domain (*.example.com), an"
              + " address, a network (10.0.0.0/8) or a port (:25). A user comes with a password, and"
              + " its name holds no colon.");

  /** A file of a company's proxy that cannot be read or written. */
  static final ProblemType FILE =
      new ProblemType(
          "ASSAY-NETWORK-051",
          ProblemKind.ENVIRONMENT,
          "A certificate file of a company's proxy cannot be used",
          "A proxy that opens TLS writes the certificate of its test CA to the file named by"
              + " `certificate`, whose folder must exist, and trusts the CAs in the file named by"
              + " `trust`, which holds certificates in PEM.");

  private WebProblems() {}

  /** All of them. */
  public static List<ProblemType> all() {
    return List.of(RULE, FILE);
  }
}
