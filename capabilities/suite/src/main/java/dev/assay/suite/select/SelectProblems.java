package dev.assay.suite.select;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem of selecting tests. */
public final class SelectProblems {

  static final ProblemType PROJECT =
      new ProblemType(
          "ASSAY-SUITE-301",
          ProblemKind.USER,
          "There is nothing to select tests from",
          """
          To tell which tests a change can break, Assay reads the compiled classes of a Maven or
          Gradle project, or the imports of a project in JavaScript, TypeScript or Python. The
          folder holds none of these. Suites of other languages always run whole.\
          """);

  static final ProblemType COMMIT =
      new ProblemType(
          "ASSAY-SUITE-302",
          ProblemKind.USER,
          "The commit to compare with is not known",
          """
          `--since` takes anything that Git can turn into a commit: a hash, a branch, a tag, or
          `HEAD~3`. The folder must be inside a checkout. Build servers often fetch only the newest
          commit; let them fetch the one to compare with too.\
          """);

  static final ProblemType TEST =
      new ProblemType(
          "ASSAY-SUITE-303",
          ProblemKind.USER,
          "There is no such test",
          """
          `--why` takes the name of a test class with its package, or of a test file, as `assay suite
          select` prints it. Nested classes go with the class around them.\
          """);

  /** All of them. */
  public static final List<ProblemType> ALL = List.of(PROJECT, COMMIT, TEST);

  private SelectProblems() {}
}
