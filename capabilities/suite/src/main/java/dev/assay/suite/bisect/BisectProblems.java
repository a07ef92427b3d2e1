package dev.assay.suite.bisect;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem of a bisection. */
public final class BisectProblems {

  /** The commits do not bound a search. */
  public static final ProblemType RANGE =
      new ProblemType(
          "ASSAY-SUITE-201",
          ProblemKind.USER,
          "There are no commits to search",
          """
          A bisection needs two commits of the repository that the workspace is in: `--good`, where
          the test passed, and `--bad`, where it fails. The good one must have come before the bad
          one. A clone that was cut (`git clone --depth`) may not have them: `git fetch --unshallow`
          gets the rest.\
          """);

  /** It is not known how the test is run. */
  public static final ProblemType COMMAND =
      new ProblemType(
          "ASSAY-SUITE-202",
          ProblemKind.USER,
          "It is not known how the test is run",
          """
          Assay finds out how one test is run from its last outcome in the ledger and from the
          project's files. Where it cannot, `--command` says it, as in `--command "sh check.sh"`:
          exit code 0 is a pass, 125 leaves the commit out, any other is a failure. With
          `--reports` the test is looked up in the reports that the command writes, so that a build
          that breaks is told from a test that fails.\
          """);

  /** The worktree cannot be made. */
  public static final ProblemType WORKTREE =
      new ProblemType(
          "ASSAY-SUITE-203",
          ProblemKind.ENVIRONMENT,
          "The worktree cannot be made",
          """
          The commits are built in a worktree of their own, so that the checkout stays as it is. git
          could not make it or could not check a commit out in it; its words are in the problem. The
          usual causes are a full disk, a file name the system does not allow, and a filter program
          (such as git-lfs) that is not installed.\
          """);

  /** The notes belong to another search. */
  public static final ProblemType NOTES =
      new ProblemType(
          "ASSAY-SUITE-204",
          ProblemKind.ENVIRONMENT,
          "The notes of the bisection cannot be used",
          """
          What a bisection has found out is kept in .assay/bisect, so that it goes on after it was
          interrupted. The file cannot be read or written. `--fresh` begins anew.\
          """);

  /** All of them. */
  public static final List<ProblemType> ALL = List.of(RANGE, COMMAND, WORKTREE, NOTES);

  private BisectProblems() {}
}
