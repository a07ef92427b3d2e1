package dev.assay.api.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Carries one or more problems to whoever shows them. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** Carries one problem. */
  public ProblemException(Problem problem) {
    this(List.of(problem));
  }

  /**
   * Carries all the problems of one pass.
   *
   * @param problems at least one
   */
  public ProblemException(List<Problem> problems) {
    super(
        problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
        problems.getFirst().cause());
    this.problems = List.copyOf(problems);
  }

  /** The problems, at least one, in the order they were found. */
  public List<Problem> problems() {
    return problems;
  }
}
