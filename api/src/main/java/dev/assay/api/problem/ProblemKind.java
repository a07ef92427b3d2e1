package dev.assay.api.problem;

/** Sorts problems by who can mend them; decides the exit code when nothing was judged. */
public enum ProblemKind {
  /** The user can mend it: a workspace file, an option, an argument. */
  USER,
  /** The machine or its surroundings must change: a port, a disk, a program, a permission. */
  ENVIRONMENT,
  /** A defect of Assay; the only kind that is shown with a stack trace. */
  INTERNAL
}
