package dev.assay.chaos.toolkit;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that a file of the Chaos Toolkit can have. */
public final class ToolkitProblems {

  /** The file cannot be read. */
  public static final ProblemType UNREADABLE =
      new ProblemType(
          "ASSAY-CHAOS-060",
          ProblemKind.USER,
          "An experiment file cannot be read",
          "An experiment of the Chaos Toolkit is a JSON or YAML file, .json, .yaml or .yml, of at"
              + " most 4 MiB. The message says where reading it ended. Nothing was run.");

  /** The toolkit itself would refuse it. */
  public static final ProblemType INVALID =
      new ProblemType(
          "ASSAY-CHAOS-061",
          ProblemKind.USER,
          "An experiment is not valid",
          "The Chaos Toolkit asks for a title, a description and a method (which may be empty); for"
              + " a tolerance in every probe of the hypothesis; and for a type, a name and a provider"
              + " in every activity. All that is wrong with a file is shown at once, and nothing of"
              + " it was run.");

  /** Assay cannot carry it out. */
  public static final ProblemType NOT_RUNNABLE =
      new ProblemType(
          "ASSAY-CHAOS-062",
          ProblemKind.USER,
          "An activity cannot run here",
          "Assay runs no Python. It has native replacements for functions of os.path, chaostoxi,"
              + " chaosspring and chaosprometheus, listed in docs/chaos-toolkit.md; other functions"
              + " and secrets of Vault cannot be carried out. So that nothing is left half done, the"
              + " whole experiment is refused before its first activity. Call the thing by an http"
              + " or a process provider, or use a fault of Assay.");

  /** A variable that has no value. */
  public static final ProblemType NO_VALUE =
      new ProblemType(
          "ASSAY-CHAOS-063",
          ProblemKind.USER,
          "A variable of an experiment has no value",
          "The configuration or a secret is read from an environment variable that is not set or"
              + " that is not of the type asked for. Set it, or give it a default.");

  /** The journal cannot be written. */
  public static final ProblemType JOURNAL =
      new ProblemType(
          "ASSAY-CHAOS-064",
          ProblemKind.ENVIRONMENT,
          "The journal cannot be written",
          "The experiment was run, but the file for its journal could not be written: the folder is"
              + " not there or not writable, or the disk is full.");

  /** Nothing says how to undo it. */
  public static final ProblemType NO_ROLLBACK =
      new ProblemType(
          "ASSAY-CHAOS-065",
          ProblemKind.USER,
          "An experiment has no rollbacks",
          "What a program or a request of an experiment breaks, only its author knows how to undo."
              + " An experiment with such actions says so under 'rollbacks'; an empty list says that"
              + " nothing is left to undo. Nothing was run.");

  private ToolkitProblems() {}

  /** All of them. */
  public static List<ProblemType> all() {
    return List.of(UNREADABLE, INVALID, NOT_RUNNABLE, NO_VALUE, JOURNAL, NO_ROLLBACK);
  }
}
