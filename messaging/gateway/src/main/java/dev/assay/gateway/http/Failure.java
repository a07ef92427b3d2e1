package dev.assay.gateway.http;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;

/** A request that is answered by a problem (RFC 9457). */
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Problem problem;

  Failure(int status, Problem problem) {
    super(problem.toString(), null, false, false);
    this.status = status;
    this.problem = problem;
  }

  static Failure of(int status, ProblemType type, String where, String what, String mend) {
    return new Failure(status, type.at(Where.named(where), what, mend));
  }

  int status() {
    return status;
  }

  Problem problem() {
    return problem;
  }

  /** As RFC 9457 writes it. */
  static Json.Obj json(int status, Problem problem) {
    return Json.object()
        .put("type", "urn:assay:problem:" + problem.code())
        .put("title", problem.type().title())
        .put("status", status)
        .put("detail", problem.what())
        .put("code", problem.code())
        .put("where", problem.where().text())
        .put("mend", problem.mend())
        .build();
  }
}
