package dev.assay.server;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.server.database.Copy;
import dev.assay.server.database.PostgresServerDatabase;
import dev.assay.server.database.SqliteServerDatabase;
import dev.assay.store.PostgresPool;
import dev.assay.store.WorkspaceLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the accounts of a server that had a file into the PostgreSQL database that it has now,
 * once: all of them or none, and the file is put aside when they are there. Where both have some,
 * nobody knows which are true, and nothing is done.
 */
final class AccountsMove {

  static final ProblemType BOTH =
      new ProblemType(
          "ASSAY-SERVER-070",
          ProblemKind.USER,
          "The folder and the database both have accounts",
          "A server that is given a database takes the accounts of its folder there once, while the"
              + " database has none. Where both have some, taking them would mix two servers.");

  private static final Logger LOG = LoggerFactory.getLogger(AccountsMove.class);
  private static final String NEWEST = "SELECT hash FROM audit ORDER BY sequence DESC LIMIT 1";

  private AccountsMove() {}

  /**
   * Moves them where a folder has some.
   *
   * @throws ProblemException if both have some, or another server uses the folder
   */
  static void from(Path folder, PostgresServerDatabase database) {
    Path file = folder.resolve(AccountDatabase.FILE);
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, "the server")) {
      boolean done;
      try (SqliteServerDatabase old = AccountDatabase.file(folder)) {
        done = moved(old, database, folder);
      }
      if (done) {
        putAside(file);
      }
    } catch (SQLException failed) {
      throw new ProblemException(PostgresPool.problem(failed, database.where()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean moved(
      SqliteServerDatabase old, PostgresServerDatabase database, Path folder) throws SQLException {
    if (Copy.rows(old, old) == 0) {
      return true;
    }
    if (Copy.rows(database, old) == 0) {
      SortedMap<String, Long> counts = Copy.all(old, database);
      LOG.warn(
          "the accounts of {} are in the database {} now, {} rows: {}; the file is kept as {}",
          folder,
          database.where().text(),
          counts.values().stream().mapToLong(Long::longValue).sum(),
          counts,
          aside(old.file()));
      return true;
    }
    // it was moved, and something ended the server before it had put the file aside
    String head = old.statements().sql(NEWEST).query(String.class).optional().orElse(null);
    if (has(database, head)) {
      return true;
    }
    throw BOTH.failure(
        old.where(),
        "it has accounts, and so has the database " + database.where().text(),
        "give the server an empty database, or move the file away if the database's are the ones");
  }

  private static boolean has(PostgresServerDatabase database, @Nullable String hash) {
    Optional<String> found =
        database
            .statements()
            .sql("SELECT hash FROM audit WHERE hash = ?")
            .param(hash == null ? "" : hash)
            .query(String.class)
            .optional();
    return found.isPresent();
  }

  private static Path aside(Path file) {
    return file.resolveSibling(file.getFileName() + ".moved");
  }

  /** What the write-ahead log had is in the file since it was closed. */
  private static void putAside(Path file) throws IOException {
    Files.move(file, aside(file), StandardCopyOption.REPLACE_EXISTING);
    for (String end : new String[] {"-wal", "-shm"}) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
    }
  }
}
