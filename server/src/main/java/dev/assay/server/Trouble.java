package dev.assay.server;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import dev.assay.store.PostgresPool;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What is wrong with the server's surroundings, told from what failed. */
public final class Trouble {

  /** The disk of the server's folder is full. */
  public static final ProblemType DISK_FULL =
      new ProblemType(
          "ASSAY-SERVER-007",
          ProblemKind.ENVIRONMENT,
          "The server's disk is full",
          "Who logs in, what is changed and what pages look up is written to the server's folder,"
              + " and there is no room for it. Nothing that was there is lost; the server goes on"
              + " by itself as soon as there is room.");

  /** The server's folder cannot be written or read. */
  public static final ProblemType FOLDER =
      new ProblemType(
          "ASSAY-SERVER-008",
          ProblemKind.ENVIRONMENT,
          "The server's folder cannot be used",
          "A file in the server's folder cannot be read or written: the disk may be broken or"
              + " mounted read-only, or another program holds the file.");

  private static final int MOST_CAUSES = 20;

  private Trouble() {}

  /** What a person can mend; null where it is the server's own fault. */
  public static @Nullable Problem of(Throwable failure) {
    for (Throwable cause : causes(failure)) {
      if (cause instanceof ProblemException known) {
        return known.problems().getFirst();
      }
      if (cause instanceof SQLException database) {
        return of(database);
      }
    }
    return null;
  }

  /** What failed, why, and so on; at most 20, as they may go round in a circle. */
  static List<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(MOST_CAUSES)
        .toList();
  }

  /** Why a server's folder cannot be opened, told of the innermost that failed. */
  static ProblemException opening(Path folder, Exception failure) {
    Problem known = of(failure);
    if (known != null && !known.type().equals(FOLDER)) {
      return new ProblemException(known);
    }
    Throwable innermost = causes(failure).getLast();
    String why =
        switch (innermost) {
          case NoSuchFileException _ -> "it cannot be made here";
          case AccessDeniedException _ -> "this user may not write there";
          case FileAlreadyExistsException _ -> "there is a file of that name";
          default -> String.valueOf(innermost.getMessage());
        };
    return FOLDER.failure(
        Where.named(folder.toString()),
        why,
        "give another folder, let this user write in it, or restore a backup into a new one:"
            + " assay server restore");
  }

  /** Why a tool could not read or write; only what the JDK says is known of it. */
  static Problem writing(Exception failure) {
    Throwable innermost = causes(failure).getLast();
    String why =
        innermost instanceof IOException broken
            ? IoReason.of(broken)
            : String.valueOf(innermost.getMessage());
    String file = innermost instanceof FileSystemException of ? of.getFile() : null;
    return FOLDER.at(
        Where.named(file == null ? "the folder or the backup" : file),
        why,
        "name another, let this user write there, and leave room on its disk");
  }

  /** Whether PostgreSQL is away, or has no room; anything else that it refuses is a defect. */
  private static boolean away(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return failure instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53");
  }

  private static @Nullable Problem of(SQLException failure) {
    if (!(failure instanceof SQLiteException known)) {
      return away(failure) ? PostgresPool.problem(failure, Where.named("the database")) : null;
    }
    int primary = known.getResultCode().code & 0xff;
    Where where = Where.named("the server's folder");
    if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
      return DISK_FULL.at(where, "there is no room on its disk", "free some space there");
    }
    boolean disk =
        primary == SQLiteErrorCode.SQLITE_IOERR.code
            || primary == SQLiteErrorCode.SQLITE_READONLY.code
            || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
            || primary == SQLiteErrorCode.SQLITE_BUSY.code;
    return disk
        ? FOLDER
            .at(
                where,
                "a file there cannot be used: " + known.getResultCode().message,
                "look at its disk")
            .causedBy(failure)
        : null;
  }
}
