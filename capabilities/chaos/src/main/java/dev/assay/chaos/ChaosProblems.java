package dev.assay.chaos;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that chaos can report. */
public final class ChaosProblems {

  /** The machine does not allow a fault. */
  public static final ProblemType NOT_ALLOWED =
      new ProblemType(
          "ASSAY-CHAOS-001",
          ProblemKind.ENVIRONMENT,
          "This machine does not allow a fault",
          "A fault needs a right or a facility of the operating system that is not there: control"
              + " groups, namespaces, a program. Nothing was touched. `assay doctor` shows what this"
              + " machine allows.");

  /** A service, link or path of a fault is not there. */
  public static final ProblemType NO_TARGET =
      new ProblemType(
          "ASSAY-CHAOS-010",
          ProblemKind.ENVIRONMENT,
          "The target of a fault is not there",
          "The service has ended or was never started, the link is not open, or the path does not"
              + " exist. Nothing was touched. A fault that hits nothing would prove nothing.");

  /** A fault is written in a way that says nothing or too much. */
  public static final ProblemType WRONG_FAULT =
      new ProblemType(
          "ASSAY-CHAOS-011",
          ProblemKind.USER,
          "A fault is not written as it must be",
          "A fault has exactly one of the keys that say what is broken, and some have keys that go"
              + " together or exclude each other, or values with a range. docs/chaos-faults.md shows"
              + " each of them.");

  /** A fault would harm the machine beyond what was asked for. */
  public static final ProblemType TOO_DANGEROUS =
      new ProblemType(
          "ASSAY-CHAOS-012",
          ProblemKind.USER,
          "A fault would harm the machine itself",
          "Assay never fills the file system of the machine nor the one its own journal is on, and"
              + " always leaves memory to the machine: without them nothing could be undone. Nothing"
              + " was touched. Use a small file system of its own (tmpfs or a loop file).");

  /** A fault was made but is not seen. */
  public static final ProblemType NO_EFFECT =
      new ProblemType(
          "ASSAY-CHAOS-013",
          ProblemKind.ENVIRONMENT,
          "A fault took no effect",
          "After a fault is made, Assay looks whether it is in effect, as otherwise an experiment"
              + " would prove that nothing withstands nothing. It was not, and has been undone. The"
              + " message says what was looked at.");

  /** A fault could not be made. */
  public static final ProblemType NOT_MADE =
      new ProblemType(
          "ASSAY-CHAOS-014",
          ProblemKind.ENVIRONMENT,
          "A fault could not be made",
          "The operating system refused while the fault was made. Whatever had been done by then"
              + " was undone.");

  /** A fault could not be undone. */
  public static final ProblemType NOT_MENDED =
      new ProblemType(
          "ASSAY-CHAOS-015",
          ProblemKind.ENVIRONMENT,
          "A fault could not be undone",
          "It stays in the undo journal: the watchdog, the next run and `assay mend` try again. The"
              + " message names all that is needed to undo it by hand.");

  /** The watchdog undid a fault. */
  public static final ProblemType LEASE_EXPIRED =
      new ProblemType(
          "ASSAY-CHAOS-016",
          ProblemKind.ENVIRONMENT,
          "The watchdog undid a fault",
          "A run renews the lease of each of its faults every second. When it does not for 15"
              + " seconds, or when `assay mend --abort` is called, the watchdog undoes the fault, and"
              + " the experiment ends.");

  private ChaosProblems() {}

  static List<ProblemType> all() {
    return List.of(
        NOT_ALLOWED,
        NO_TARGET,
        WRONG_FAULT,
        TOO_DANGEROUS,
        NO_EFFECT,
        NOT_MADE,
        NOT_MENDED,
        LEASE_EXPIRED);
  }
}
