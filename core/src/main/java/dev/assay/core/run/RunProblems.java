package dev.assay.core.run;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that carrying out a plan can meet. */
public final class RunProblems {

  static final ProblemType CANNOT_START =
      environment(
          "001",
          "A program cannot be started",
          "The program is not on the PATH, is not executable, or its working folder is missing. Programs are started"
              + " without a shell: pipes, redirections and wildcards need `sh -c '…'`.");
  static final ProblemType NOT_READY =
      environment(
          "002",
          "A service did not become ready",
          "The service was started, but what `ready` asks for did not come true in time. The last lines of its output"
              + " are in the message, all of it in the log that the message names. Either the service is broken, or it"
              + " needs longer (`within`), or `ready` asks for the wrong thing.");
  static final ProblemType EXITED =
      environment(
          "003",
          "A service ended before it was ready",
          "The process of the service ended by itself while it was waited for. The last lines of its output are in the"
              + " message; a port that is taken and a missing file are frequent causes.");
  static final ProblemType PORT_TAKEN =
      environment(
          "004",
          "The address of a service is taken",
          "Before the service was started, something else already answered at the address that `ready` names. The"
              + " checks would have proved that other program. Use ${port.NAME} for a free port, or stop the other"
              + " program.");
  static final ProblemType NO_SECRET =
      environment(
          "005",
          "A secret has no value",
          "The workspace names an environment variable or a file as the source of a secret, and it is not there or is"
              + " empty. Secrets are never written into the workspace itself.");
  static final ProblemType NO_VALUE =
      new ProblemType(
          "ASSAY-RUN-006",
          ProblemKind.USER,
          "A variable has no value",
          "A template names a variable that has no value in this environment, or that the check which should have saved"
              + " it did not save.");
  static final ProblemType NO_TARGET =
      new ProblemType(
          "ASSAY-RUN-007",
          ProblemKind.USER,
          "The environment's url is no address",
          "The `url` of the environment, with its variables filled in, must be an absolute http or https address.");
  static final ProblemType STILL_RUNNING =
      environment(
          "008",
          "Processes could not be ended",
          "Some processes survived SIGTERM and SIGKILL, as one in uninterruptible sleep does. Their ids are in the"
              + " message. `assay mend` tries again.");
  static final ProblemType NOT_WRITABLE =
      environment(
          "009",
          "The workspace's folder cannot be written",
          "Assay keeps its ledger, logs and reports in the folder .assay beside the workspace file, and needs to write"
              + " there. On a read-only file system copy the workspace elsewhere; on a full disk make room.");
  static final ProblemType UNDO_FAILED =
      environment(
          "010",
          "Something could not be mended",
          "An entry of the undo journal could not be undone. It stays in the journal and is tried again by the next run"
              + " and by `assay mend`.");
  static final ProblemType CANNOT_RESUME =
      new ProblemType(
          "ASSAY-RUN-011",
          ProblemKind.USER,
          "The run cannot be resumed",
          "Only a run that was interrupted can be resumed, and only with the same workspace file, commit and"
              + " environment: otherwise evidence about two different things would be judged as one.");
  static final ProblemType UNFORESEEN =
      new ProblemType(
          "ASSAY-RUN-012",
          ProblemKind.INTERNAL,
          "A check failed in a way that Assay did not foresee",
          "This is a defect of Assay or of a capability. Please report it with the stack trace.");
  static final ProblemType JOURNAL_CORRUPT =
      environment(
          "013",
          "The undo journal cannot be read",
          "A line of .assay/undo.journal is not what Assay wrote. Entries before and after it are still undone. Look at"
              + " the line, undo by hand what it names, and remove it.");

  static final ProblemType NOTHING_TO_REPRODUCE =
      new ProblemType(
          "ASSAY-RUN-014",
          ProblemKind.USER,
          "There is nothing to reproduce",
          "`assay reproduce` runs the checks of an earlier run again that failed in it, or those that are named. The run"
              + " given has no such check. `assay report RUN` shows its checks.");

  static final ProblemType NO_COMMIT =
      new ProblemType(
          "ASSAY-RUN-015",
          ProblemKind.USER,
          "There is no such commit",
          "To run another commit beside the one at hand, Assay checks it out as a git worktree in a folder for"
              + " temporary files. That needs git, a workspace inside a repository, and a commit that the repository"
              + " has; a shallow clone has only few (`git fetch --unshallow` gets the rest).");

  static final ProblemType NO_WATCHDOG =
      environment(
          "030",
          "There is no watchdog",
          "Before a fault is made, Assay starts a small process of its own, the watchdog, which undoes the fault when"
              + " Assay dies or hangs. It could not be started, so no fault was made.");

  private RunProblems() {}

  private static ProblemType environment(String number, String title, String explanation) {
    return new ProblemType("ASSAY-RUN-" + number, ProblemKind.ENVIRONMENT, title, explanation);
  }

  /** All of them, by code. */
  public static List<ProblemType> all() {
    return List.of(
        CANNOT_START,
        NOT_READY,
        EXITED,
        PORT_TAKEN,
        NO_SECRET,
        NO_VALUE,
        NO_TARGET,
        STILL_RUNNING,
        NOT_WRITABLE,
        UNDO_FAILED,
        CANNOT_RESUME,
        UNFORESEEN,
        JOURNAL_CORRUPT,
        NOTHING_TO_REPRODUCE,
        NO_COMMIT,
        NO_WATCHDOG);
  }
}
