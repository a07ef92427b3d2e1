package dev.assay.core.parse;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Every kind of problem that a workspace file can have. */
public final class PlanProblems {

  static final ProblemType MISSING_FILE =
      user(
          "001",
          "The workspace file cannot be read",
          "Assay reads one workspace file, by default assay.yaml in the current folder. It must be a regular file that"
              + " this user may read. `assay init` writes a first one.");
  static final ProblemType TOO_LARGE =
      user(
          "002",
          "The workspace file is too large",
          "A workspace file is at most 1 MiB, so that a wrong file is noticed at once. Data belongs into files of its"
              + " own that the workspace names.");
  static final ProblemType NOT_UTF8 =
      user(
          "003",
          "The workspace file is not UTF-8",
          "YAML files are UTF-8. The place named is the first byte that is not. Convert it, for example with"
              + " `iconv -f ISO-8859-1 -t UTF-8`.");
  static final ProblemType SYNTAX =
      user(
          "004",
          "The workspace file is not YAML",
          "The text could not be read as YAML 1.2. Frequent causes: a tab used for indentation, a colon inside an"
              + " unquoted value, a bracket or quote that is not closed, values beginning with one of"
              + " `% @ ` & * ! | > ' \" { [`, which need quotes.");
  static final ProblemType DUPLICATE_KEY =
      user(
          "005",
          "A key is written twice",
          "A map holds each key once. With two of them, one would silently win; Assay refuses to guess which.");
  static final ProblemType TOO_MANY_NODES =
      user(
          "006",
          "The workspace file unfolds too far",
          "With its aliases unfolded the file has more than 100,000 values, or is nested deeper than 100 levels, or an"
              + " anchor contains itself. That is what an alias bomb looks like.");
  static final ProblemType UNKNOWN_KEY =
      user(
          "007",
          "A key is not known here",
          "Unknown keys are errors, because a misspelt key would otherwise silently do nothing. `assay schema` prints"
              + " the JSON Schema for editors, docs/workspace-reference.md lists every key.");
  static final ProblemType WRONG_TYPE =
      user(
          "008",
          "A value has the wrong form",
          "The value is not of the form that its key takes: a map where a list is wanted, a word where a duration is"
              + " wanted, an unknown unit. The message names the form that fits.");
  static final ProblemType MISSING_KEY =
      user(
          "009",
          "A required key is missing",
          "The map lacks a key that has no default. The message names it.");
  static final ProblemType UNKNOWN_NAME =
      user(
          "010",
          "A name refers to nothing",
          "A check, service, environment or variable is named that the workspace does not define. Variables are those"
              + " of `variables`, of an environment, saved by a check, or one of port.SERVICE, env.NAME, secret.NAME,"
              + " url, folder, run, seed.");
  static final ProblemType CYCLE =
      user(
          "011",
          "Needs go round in a circle",
          "Checks or services need each other in a circle, through `needs` or through the variables they save and use,"
              + " or a check needs one of a later stage. None of them could ever start.");
  static final ProblemType EXPECTATION =
      user(
          "012",
          "An expectation cannot be judged",
          "The key of an expectation names a metric of the check's type and a statistic of it, such as latency.p95 or"
              + " errors; its value is a comparison in the metric's unit. docs/workspace-reference.md lists the metrics"
              + " of each type.");
  static final ProblemType NOT_STAGED =
      user(
          "013",
          "A check is in no stage, or in two",
          "Where `stages` is written, it names every check exactly once. A check that is in none would never run, and"
              + " nobody would notice.");
  static final ProblemType EMPTY =
      user(
          "014",
          "The workspace file says nothing",
          "The file is empty or holds only comments. A workspace has at least the key `workspace`.");
  static final ProblemType UNKNOWN_ENVIRONMENT =
      user(
          "015",
          "There is no such environment",
          "The environment asked for with --env is not among `environments` of the workspace.");
  static final ProblemType UNKNOWN_CHECK =
      user(
          "016",
          "There is no such check",
          "A check asked for with --only is not among `checks` of the workspace.");

  static final ProblemType WRONG_MATRIX =
      user(
          "017",
          "A matrix is wrong",
          "`matrix` of a check is a map of names to lists of values; the check is carried out once for"
              + " each combination, with ${matrix.NAME} filled in. `exclude` is a list of maps: a"
              + " combination that has all values of one of them is left out. `include` is a list of"
              + " maps that give every name a value, also one that is in no list. There can be 1 to "
              + Matrix.MOST
              + " combinations, each with an id of its own, such as unit@java=17+database=postgres;"
              + " values become a part of it, with other characters than letters, digits, '.', '_' and"
              + " '-' replaced.");

  private PlanProblems() {}

  private static ProblemType user(String number, String title, String explanation) {
    return new ProblemType("ASSAY-PLAN-" + number, ProblemKind.USER, title, explanation);
  }

  /** The environment asked for does not exist. */
  public static ProblemException unknownEnvironment(
      Path file, String name, Collection<String> known) {
    return UNKNOWN_ENVIRONMENT.failure(
        Where.named(file.toString()),
        "there is no environment '" + name + "'",
        Nearest.mend(name, known));
  }

  /** The check asked for does not exist. */
  public static ProblemException unknownCheck(Path file, String id, Collection<String> known) {
    return UNKNOWN_CHECK.failure(
        Where.named(file.toString()), "there is no check '" + id + "'", Nearest.mend(id, known));
  }

  /** All of them, by code. */
  public static List<ProblemType> all() {
    return List.of(
        MISSING_FILE,
        TOO_LARGE,
        NOT_UTF8,
        SYNTAX,
        DUPLICATE_KEY,
        TOO_MANY_NODES,
        UNKNOWN_KEY,
        WRONG_TYPE,
        MISSING_KEY,
        UNKNOWN_NAME,
        CYCLE,
        EXPECTATION,
        NOT_STAGED,
        EMPTY,
        UNKNOWN_ENVIRONMENT,
        UNKNOWN_CHECK,
        WRONG_MATRIX);
  }
}
