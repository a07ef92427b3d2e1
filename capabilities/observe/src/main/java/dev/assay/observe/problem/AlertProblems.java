package dev.assay.observe.problem;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;

/** Problems of alerts and their ways to people. */
public final class AlertProblems {

  /** The routing file cannot be used. */
  public static final ProblemType WRONG_ROUTING =
      new ProblemType(
          "ASSAY-OBSERVE-020",
          ProblemKind.USER,
          "The routing of alerts is not written as it must be",
          "The file is that of Alertmanager (route, receivers, inhibit_rules, time_intervals), with"
              + " `dependencies`, `maintenance` and, in a route, `escalation` beside. Every"
              + " receiver and every time interval that a route names must be in the file; the"
              + " outermost route takes every alert and so has no matchers; services must not"
              + " depend on each other in a ring.");

  /** An alert or a silence that was sent cannot be taken. */
  public static final ProblemType WRONG_ALERT =
      new ProblemType(
          "ASSAY-OBSERVE-021",
          ProblemKind.USER,
          "An alert or a silence cannot be taken",
          "An alert has at least one label with a value, and it ends after it starts. A silence has at least one matcher that"
              + " does not match everything, an end after its start, who made it and why. At most"
              + " 10,000 alerts are kept for a project.");

  /** A notification did not reach its receiver. */
  public static final ProblemType NOT_SENT =
      new ProblemType(
          "ASSAY-OBSERVE-022",
          ProblemKind.ENVIRONMENT,
          "A notification was not taken",
          "The receiver of an alert did not answer, or refused it. It is tried again, with growing"
              + " pauses of at most five minutes, as long as the alert lasts; nobody else is held"
              + " up.");

  private AlertProblems() {}
}
