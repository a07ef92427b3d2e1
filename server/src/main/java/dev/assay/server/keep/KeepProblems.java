package dev.assay.server.keep;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** What may be wrong with a backup, and with the folders that it is made of and put back into. */
final class KeepProblems {

  /** A file is none that this version can restore. */
  static final ProblemType BACKUP =
      new ProblemType(
          "ASSAY-SERVER-095",
          ProblemKind.ENVIRONMENT,
          "The backup cannot be used",
          "A backup is the file that `assay server backup` writes, whole and unchanged, of a"
              + " version of Assay that is not newer than the one that restores it.");

  /** A folder is none of a server, or not one to restore into. */
  static final ProblemType FOLDER =
      new ProblemType(
          "ASSAY-SERVER-096",
          ProblemKind.ENVIRONMENT,
          "The folder is not one to back up, or to restore into",
          "What is backed up is the folder of a server, which has accounts.db. What is restored"
              + " into is a folder that is empty or not there, so that nothing is overwritten.");

  private KeepProblems() {}

  /** A backup that cannot be read, told of what the JDK throws, which often says little. */
  static ProblemException unreadable(Path file, IOException failure) {
    Where where = Where.named(file.toString());
    return switch (failure) {
      case NoSuchFileException _ ->
          BACKUP.failure(where, "there is no such file", "name the backup");
      case AccessDeniedException _ ->
          BACKUP.failure(where, "this user may not read it", "let this user read it");
      case ZipException _ ->
          BACKUP.failure(
              where,
              "that is no backup of a server, or one that was cut off",
              "name another, or copy it once more from where it was written");
      default ->
          BACKUP.failure(
              where,
              "it cannot be used: " + IoReason.of(failure),
              "look at its disk, or name another");
    };
  }
}
