package dev.assay.store;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** The problems that this room finds. */
public final class StoreProblems {

  /** The folder cannot be written. */
  public static final ProblemType NOT_WRITABLE =
      new ProblemType(
          "ASSAY-STORE-001",
          ProblemKind.ENVIRONMENT,
          "The ledger's folder cannot be written",
          """
          A run records everything it finds in the folder .assay beside the workspace file, before \
          it says anything about it. That folder, or a file in it, cannot be created or written: \
          it belongs to another user, is on a file system that is mounted read-only, or something \
          that is no folder has its name. Give this user the right to write there, or copy the \
          workspace to a folder that can be written. Reading old runs needs no right to write.\
          """);

  /** The disk is full. */
  public static final ProblemType DISK_FULL =
      new ProblemType(
          "ASSAY-STORE-002",
          ProblemKind.ENVIRONMENT,
          "The disk is full",
          """
          An entry or an artifact could not be written because the file system has no space left \
          (or a quota is used up). Everything that was acknowledged before is safe; nothing after \
          it was recorded, and the run was ended rather than go on unrecorded. Free some space \
          and resume or repeat the run.\
          """);

  /** The ledger is damaged. */
  public static final ProblemType CORRUPT =
      new ProblemType(
          "ASSAY-STORE-003",
          ProblemKind.ENVIRONMENT,
          "The ledger is corrupt",
          """
          A file of the ledger is not what was written: it was cut short, overwritten, edited, or \
          the disk returned other bytes. Nothing is repaired, overwritten or deleted, so that what \
          is left can be looked at. 'assay ledger verify' lists each damage with its place. Restore \
          the folder .assay from a backup, or move it away and begin a new ledger.\
          """);

  /** The ledger was written by a newer version. */
  public static final ProblemType NEWER =
      new ProblemType(
          "ASSAY-STORE-004",
          ProblemKind.ENVIRONMENT,
          "The ledger was written by a newer version of Assay",
          """
          The tables of the ledger have a version number, and this ledger's is higher than what \
          this version of Assay knows. Writing to it could damage what the newer version recorded, \
          so it is left alone. Use the newer version for this workspace.\
          """);

  /** Another run is in the workspace. */
  public static final ProblemType IN_USE =
      new ProblemType(
          "ASSAY-STORE-005",
          ProblemKind.ENVIRONMENT,
          "Another run is using this workspace",
          """
          Two runs at once would compete for the same ports, services and processor and spoil each \
          other's measurements, so a run holds the file .assay/lock while it lasts. The lock is the \
          operating system's and vanishes with the process that holds it, also when that process \
          was killed: there is never a stale lock to delete.\
          """);

  /** There is no ledger. */
  public static final ProblemType NO_LEDGER =
      new ProblemType(
          "ASSAY-STORE-006",
          ProblemKind.USER,
          "There is no ledger here",
          """
          The ledger is begun by the first run of a workspace, in the folder .assay beside \
          assay.yaml. In the folder that was named there is none, or nothing was ever recorded in \
          it. Run 'assay run' first, or name the workspace whose ledger is meant.\
          """);

  /** Another process holds the database. */
  public static final ProblemType BUSY =
      new ProblemType(
          "ASSAY-STORE-007",
          ProblemKind.ENVIRONMENT,
          "The ledger is held by another process",
          """
          Another process, such as a backup or a database browser, holds the ledger's database \
          locked for longer than a write waits. Close it and repeat the run.\
          """);

  /** Writing failed. */
  public static final ProblemType WRITE_FAILED =
      new ProblemType(
          "ASSAY-STORE-008",
          ProblemKind.ENVIRONMENT,
          "The ledger could not be written or read",
          """
          The operating system refused to read, write or synchronise a file of the ledger. A disk \
          that fails, a network file system that went away and a folder that was deleted during \
          the run do this. Everything that was acknowledged before was on the disk. Look at the \
          system's log, mend the disk or the mount, and verify the ledger.\
          """);

  /** An entry belongs to no open run, or opens a run twice. */
  public static final ProblemType OUT_OF_PLACE =
      new ProblemType(
          "ASSAY-STORE-009",
          ProblemKind.INTERNAL,
          "An entry was out of place",
          """
          Every run begins with exactly one opening entry. An entry came for a run that was never \
          opened, or opened one that exists. It was refused, and the ledger is unharmed. This is a \
          defect of Assay: please report it.\
          """);

  /** A file to be stored cannot be read. */
  public static final ProblemType NO_ARTIFACT =
      new ProblemType(
          "ASSAY-STORE-010",
          ProblemKind.USER,
          "A file cannot be kept as an artifact",
          """
          A check wanted to keep a file, and that file does not exist, is a folder, or cannot be \
          read. Name a file that the check produces.\
          """);

  /** The ledger was closed, or opened for reading only. */
  public static final ProblemType NOT_OPEN =
      new ProblemType(
          "ASSAY-STORE-011",
          ProblemKind.INTERNAL,
          "The ledger is not open for this",
          """
          Something was written to a ledger after it was closed, or to one that was opened for \
          reading only. This is a defect of Assay: please report it.\
          """);

  /** An entry is too large. */
  public static final ProblemType TOO_LARGE =
      new ProblemType(
          "ASSAY-STORE-012",
          ProblemKind.USER,
          "An entry is too large for the ledger",
          """
          One fact took more than 16 MiB in the ledger. Large content belongs in an artifact, \
          which has no limit but the disk.\
          """);

  /** A database server cannot be reached. */
  public static final ProblemType UNREACHABLE =
      new ProblemType(
          "ASSAY-STORE-013",
          ProblemKind.ENVIRONMENT,
          "The database cannot be reached",
          """
          The PostgreSQL server of the address did not answer, or does not let this role in. What \
          was acknowledged before is there; what waits is tried again for a while, and refused \
          after that. Nothing is written twice. Start the server, or correct the address.\
          """);

  /** The role may see all tenants' rows. */
  public static final ProblemType UNBOUND =
      new ProblemType(
          "ASSAY-STORE-014",
          ProblemKind.ENVIRONMENT,
          "The role of the database may see every tenant's rows",
          """
          Tenants are kept apart by PostgreSQL's row-level security, so that no mistake in a query \
          shows one tenant what is another's. Superusers and roles with BYPASSRLS are not bound by \
          it. Give Assay a role of its own that owns its database and has neither.\
          """);

  private StoreProblems() {}

  /** All of them, in the order of their codes. */
  public static List<ProblemType> all() {
    return List.of(
        NOT_WRITABLE,
        DISK_FULL,
        CORRUPT,
        NEWER,
        IN_USE,
        NO_LEDGER,
        BUSY,
        WRITE_FAILED,
        OUT_OF_PLACE,
        NO_ARTIFACT,
        NOT_OPEN,
        TOO_LARGE,
        UNREACHABLE,
        UNBOUND);
  }
}
