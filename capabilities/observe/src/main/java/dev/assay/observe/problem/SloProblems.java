package dev.assay.observe.problem;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;

/** Problems of objectives. */
public final class SloProblems {

  /** An OpenSLO document cannot be evaluated. */
  public static final ProblemType WRONG_SLO =
      new ProblemType(
          "ASSAY-OBSERVE-010",
          ProblemKind.USER,
          "A service level objective is not written as it must be",
          "Objectives are written as OpenSLO v1 documents (apiVersion: openslo/v1). Assay evaluates"
              + " documents of kind SLO and SLI with ratio and threshold metrics whose source is"
              + " `type: Assay` (evidence of a check) or `type: Prometheus` (an address and a"
              + " query). Documents of other kinds are read past.");

  /** There is nothing to evaluate. */
  public static final ProblemType NO_SLO =
      new ProblemType(
          "ASSAY-OBSERVE-011",
          ProblemKind.USER,
          "There is no objective",
          "`assay slo` evaluates the OpenSLO files that stand under `slos:` in the workspace, such"
              + " as `slos: { shop: slos/shop.yaml }`.");

  /** A source of an objective's data does not answer. */
  public static final ProblemType NO_DATA =
      new ProblemType(
          "ASSAY-OBSERVE-012",
          ProblemKind.ENVIRONMENT,
          "The data of an objective cannot be read",
          "A query of an objective was sent to Prometheus (GET /api/v1/query_range), and no usable"
              + " answer came back. An objective without data is never met: it is shown as"
              + " unknown.");

  private SloProblems() {}
}
