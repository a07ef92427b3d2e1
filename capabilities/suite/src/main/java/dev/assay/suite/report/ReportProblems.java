package dev.assay.suite.report;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem of files that should be reports. */
public final class ReportProblems {

  /** See its title and explanation. */
  public static final ProblemType NOT_A_REPORT =
      new ProblemType(
          "ASSAY-SUITE-010",
          ProblemKind.USER,
          "This file is no report that Assay can read",
          """
          A report is known by what is in it, not by its name: the first element of an XML file, the
          first members of a JSON file, the first lines of a text. This file has none that Assay
          knows, or it is empty, which is what a runner leaves that was killed before it wrote.
          Web pages are for people; nearly every tool that writes one can also write JUnit XML,
          Cobertura XML, LCOV or SARIF. docs/suite-reports.md lists all formats that are
          understood.\
          """);

  /** See its title and explanation. */
  public static final ProblemType UNREADABLE =
      new ProblemType(
          "ASSAY-SUITE-011",
          ProblemKind.USER,
          "The report cannot be opened",
          """
          There is no such file, or the operating system refuses to read it. Patterns such as
          `reports/*.xml` are resolved by your shell; one that matches nothing is passed on as it is
          written.\
          """);

  /** See its title and explanation. */
  public static final ProblemType DAMAGED =
      new ProblemType(
          "ASSAY-SUITE-012",
          ProblemKind.USER,
          "The report is damaged",
          """
          What could be made out was counted, but the file ends too early, is not well-formed, or
          contradicts itself in a way that may hide failures. Do not decide on such counts. The usual
          causes are a runner that was killed, two processes that write to one file, a full disk, and
          an upload of a file that was still being written. Run the suite again; if it comes back,
          look at the named line.\
          """);

  /** All of them. */
  public static final List<ProblemType> ALL = List.of(NOT_A_REPORT, UNREADABLE, DAMAGED);

  private ReportProblems() {}
}
