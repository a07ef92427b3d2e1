package dev.assay.chaos;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem of an experiment that is written in a workspace. */
final class ExperimentProblems {

  static final ProblemType NOT_STEADY =
      new ProblemType(
          "ASSAY-CHAOS-040",
          ProblemKind.ENVIRONMENT,
          "The steady state does not hold",
          "An experiment asks whether a system stays well when something breaks. It was not well"
              + " before, so nothing was broken. The message says what did not hold; mend that, or"
              + " expect less of the steady check.");

  static final ProblemType WRONG =
      new ProblemType(
          "ASSAY-CHAOS-041",
          ProblemKind.USER,
          "An experiment is not written right",
          "An experiment has a steady check, at least one fault, times that fit each other, and is"
              + " either written in the workspace or in a file of the Chaos Toolkit. The message says"
              + " what does not fit.");

  static final ProblemType TOO_WIDE =
      new ProblemType(
          "ASSAY-CHAOS-042",
          ProblemKind.USER,
          "An experiment touches more than it may",
          "'blast radius' limits how many different services, links, paths and ports the faults of an"
              + " experiment name. Name fewer, or raise it on purpose.");

  static final ProblemType FORBIDDEN =
      new ProblemType(
          "ASSAY-CHAOS-043",
          ProblemKind.USER,
          "The environment is not marked for chaos",
          "An environment on this machine may be broken. Any other must say `chaos: allowed`, and one"
              + " that says `chaos: refused` never is. Nothing was touched.");

  static final ProblemType NOT_LIVE =
      new ProblemType(
          "ASSAY-CHAOS-044",
          ProblemKind.ENVIRONMENT,
          "The steady check ended by itself",
          "The check whose expectations are the steady state must go on for the whole experiment. It"
              + " ended, so nothing can be said of what happened after; all faults were undone.");

  private ExperimentProblems() {}

  static List<ProblemType> all() {
    return List.of(NOT_STEADY, WRONG, TOO_WIDE, FORBIDDEN, NOT_LIVE);
  }
}
