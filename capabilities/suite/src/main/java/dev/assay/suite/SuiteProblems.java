package dev.assay.suite;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import java.util.List;

/** Every kind of problem of suites. Immutable. */
public final class SuiteProblems {

  static final ProblemType RUNNER =
      new ProblemType(
          "ASSAY-SUITE-001",
          ProblemKind.USER,
          "A suite needs exactly one runner",
          """
          A suite says with what it is run: a folder (`suite: app`), whose tool is found by its files;
          a tool with the folder, such as `maven: app` or `pytest: tests`; or `command: …` for
          anything else. With none there is nothing to run, with two it is not clear which. `goals`
          is for Maven and Gradle, `options` for other tools; `tests`, `retries`, `workers`, `order`
          and `budget` need a tool that is known, and mean nothing to a command: put such options
          into the command itself. Gradle, cargo and dotnet are not run in parts: they have workers
          of their own.\
          """);

  static final ProblemType FOLDER =
      new ProblemType(
          "ASSAY-SUITE-002",
          ProblemKind.USER,
          "The suite's folder is not there",
          """
          The folder of `maven:` or `folder:` is looked up from the folder that holds assay.yaml. It
          must exist, and for `maven:` it must hold a pom.xml. Where its path has `${…}` it is looked
          up when the check runs, else when the file is read.\
          """);

  static final ProblemType REPORTS =
      new ProblemType(
          "ASSAY-SUITE-003",
          ProblemKind.USER,
          "A suite needs to know its reports",
          """
          Assay believes reports, not exit codes: a runner that finds no test often ends with 0.
          With `command:` it cannot know where the runner writes its JUnit XML, so `reports:` must
          name it: a list of patterns such as `reports/*.xml` or `build/test-results/**/*.xml`,
          relative to the folder in which the command starts. Most runners write JUnit XML with one
          option: `pytest --junit-xml=reports/unit.xml`, `jest --reporters=jest-junit`, `cargo
          nextest run --profile ci`, `gotestsum --junitfile reports/unit.xml`.\
          """);

  static final ProblemType BROKE =
      new ProblemType(
          "ASSAY-SUITE-004",
          ProblemKind.USER,
          "The suite broke before a test ran",
          """
          The runner ended with an exit code that says trouble, and no report of a test was written
          by this run. Nothing is known about the tests, so the check has no verdict. The usual
          causes are code that does not compile, a dependency that cannot be fetched, and a wrong
          option. The last lines of the runner's output are shown; all of it is the artifact
          `output.log` of the check.\
          """);

  static final ProblemType KILLED =
      new ProblemType(
          "ASSAY-SUITE-005",
          ProblemKind.ENVIRONMENT,
          "The suite was killed before a test ran",
          """
          A signal ended the runner, and no report of a test was written by this run. SIGKILL (exit
          code 137) that nobody sent comes from the kernel when memory is short: see `dmesg`, give
          the machine or the container more, or the runner less (`-Xmx`, fewer workers). SIGSEGV and
          SIGABRT are crashes of the runner or of native code in it.\
          """);

  static final ProblemType OUTPUT =
      new ProblemType(
          "ASSAY-SUITE-006",
          ProblemKind.USER,
          "The suite's output has no end",
          """
          The runner wrote more than 1 GiB to its output and was stopped, before the disk was full.
          Something in it logs in a loop. The end of the output is kept as `output.log`.\
          """);

  static final ProblemType UNRECOGNISED =
      new ProblemType(
          "ASSAY-SUITE-008",
          ProblemKind.USER,
          "It is not clear which tool runs the tests",
          """
          `suite: FOLDER` finds the tool by the files of the folder: pom.xml is Maven's, go.mod Go's,
          and so on; docs/suite-runners.md lists them. Here there is no such file, or files of several
          tools. A check has one tool, so that its history is of one suite; `assay suite runners
          FOLDER` shows what is found there.\
          """);

  static final ProblemType QUARANTINE =
      new ProblemType(
          "ASSAY-SUITE-009",
          ProblemKind.USER,
          "The file of the quarantine is wrong",
          """
          The file is a list of entries, each with `test`, `owner`, `reason` and `expires`, none of
          them empty: nobody should have to ask why a test does not count, or who mends it. `test` is
          the suite and the name of a test with `#` between them, as the report shows them; `*` stands
          for anything, and a suite alone for all its tests. `expires` is the last day on which the
          entry holds; from the next day on it fails the check, whatever the test does.\
          """);

  static final ProblemType FILES =
      new ProblemType(
          "ASSAY-SUITE-007",
          ProblemKind.ENVIRONMENT,
          "The suite's files cannot be read",
          """
          A folder or report of the suite exists but the operating system refuses to read it, or the
          scratch folder cannot be written. Look at the permissions of the named file, and whether
          the disk is full.\
          """);

  static final List<ProblemType> ALL =
      List.of(RUNNER, FOLDER, REPORTS, BROKE, KILLED, OUTPUT, FILES, UNRECOGNISED, QUARANTINE);

  private SuiteProblems() {}

  /** That nothing in a folder says which tool runs its tests. */
  public static Problem unrecognised(String folder) {
    return UNRECOGNISED.at(
        Where.named(folder),
        "nothing in " + folder + " says which tool runs its tests",
        "name the tool, as in `suite: { pytest: " + folder + " }`, or a `command`");
  }
}
