package dev.assay.store;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.Locale;

/** Tells what SQLite and the file system refuse, as problems that a person can mend. */
final class Failures {

  static final String MEND_CORRUPT =
      "run 'assay ledger verify' for the places; restore the folder from a backup, or move it away";

  /** SQLite's primary result codes (https://www.sqlite.org/rescode.html). */
  private static final int PERMISSION = 3;

  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int NO_DATABASE = 26;

  /** A file system with less than this much left is called full where SQLite only says "I/O". */
  private static final long FULL_BELOW = 128 * 1024;

  private Failures() {}

  static Problem of(SQLException failure, LedgerFiles files) {
    Where where = files.where();
    String said = text(failure);
    Problem problem =
        switch (failure.getErrorCode() & 0xff) {
          case FULL -> full(where, said);
          case CORRUPT, NO_DATABASE ->
              StoreProblems.CORRUPT.at(where, "the database is damaged: " + said, MEND_CORRUPT);
          case READ_ONLY, PERMISSION -> notWritable(where, said);
          case CANNOT_OPEN ->
              StoreProblems.NOT_WRITABLE.at(
                  where,
                  "the database cannot be opened: " + said,
                  "give this user the right to read and write its folder, and if it was copied"
                      + " from elsewhere, copy ledger.db-wal too");
          case BUSY, LOCKED ->
              StoreProblems.BUSY.at(
                  where,
                  "another process holds the database: " + said,
                  "close the program that has ledger.db open, then repeat");
          default -> full(files.folder()) ? full(where, said) : failed(where, said);
        };
    return problem.causedBy(failure);
  }

  static Problem of(IOException failure, Path file) {
    Where where = Where.named(file.toString());
    String said = text(failure);
    if (failure instanceof FileAlreadyExistsException) {
      return notWritable(Where.named(said), "it is there, but is no folder").causedBy(failure);
    }
    if (failure instanceof AccessDeniedException
        || said.contains("Read-only file system")
        || said.contains("Not a directory")) {
      return notWritable(where, said).causedBy(failure);
    }
    boolean full = said.contains("No space left") || said.contains("quota exceeded") || full(file);
    return (full ? full(where, said) : failed(where, said)).causedBy(failure);
  }

  static Problem of(ReadOnlyFileSystemException failure, Path file) {
    return notWritable(Where.named(file.toString()), "Read-only file system").causedBy(failure);
  }

  static Problem notWritable(Where where, String said) {
    return StoreProblems.NOT_WRITABLE.at(
        where,
        "it cannot be written: " + said,
        "give this user the right to write there, or copy the workspace to another folder");
  }

  /** Whether SQLite says that the file's content is wrong, and not its surroundings. */
  static boolean isDamage(SQLException failure) {
    return switch (failure.getErrorCode() & 0xff) {
      case FULL, READ_ONLY, PERMISSION, CANNOT_OPEN, BUSY, LOCKED -> false;
      default -> true;
    };
  }

  static String text(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message.strip();
  }

  private static Problem full(Where where, String said) {
    return StoreProblems.DISK_FULL.at(
        where, "there is no space left: " + said, "free some space, then repeat or resume the run");
  }

  private static Problem failed(Where where, String said) {
    return StoreProblems.WRITE_FAILED.at(
        where,
        String.format(Locale.ROOT, "the system refused: %s", said),
        "look at the system's log, mend the disk or mount, then run 'assay ledger verify'");
  }

  private static boolean full(Path place) {
    try {
      Path folder = Files.isDirectory(place) ? place : place.toAbsolutePath().getParent();
      return folder != null && Files.getFileStore(folder).getUsableSpace() < FULL_BELOW;
    } catch (IOException unknown) {
      return false;
    }
  }
}
