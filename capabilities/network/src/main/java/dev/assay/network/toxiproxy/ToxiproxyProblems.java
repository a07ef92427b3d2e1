package dev.assay.network.toxiproxy;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** The kinds of problems with Toxiproxy's server. */
public final class ToxiproxyProblems {

  /** A populate file whose proxies cannot be made. */
  static final ProblemType CONFIG =
      new ProblemType(
          "ASSAY-NETWORK-060",
          ProblemKind.USER,
          "The proxies of a Toxiproxy file cannot be made",
          "The file is what toxiproxy-server takes with -config: a JSON array of objects with name,"
              + " listen, upstream and, where it is not to listen yet, enabled: false. Names occur once,"
              + " and every address to listen on must be free.");

  private ToxiproxyProblems() {}

  /** All of them. */
  public static List<ProblemType> all() {
    return List.of(CONFIG);
  }
}
