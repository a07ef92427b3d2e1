package dev.assay.store;

import dev.assay.api.problem.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the parts of a ledger are. Immutable.
 *
 * @param folder the folder {@code .assay} of a workspace
 */
record LedgerFiles(Path folder) {

  Path database() {
    return folder.resolve("ledger.db");
  }

  /** What SQLite has committed but not yet moved into the database. */
  Path writeAheadLog() {
    return folder.resolve("ledger.db-wal");
  }

  Path seal() {
    return folder.resolve("ledger.seal");
  }

  Path artifacts() {
    return folder.resolve("artifacts");
  }

  Path lock() {
    return folder.resolve("lock");
  }

  /** Whether SQLite was not closed, or is open: the database alone is not the whole ledger. */
  boolean writeAheadLogHasContent() {
    return size(writeAheadLog()) > 0;
  }

  boolean databaseHasContent() {
    return size(database()) > 0;
  }

  /** What runs leave is no part of a project's sources; git learns that from a file of its own. */
  void keepOutOfVersionControl() throws IOException {
    Path ignored = folder.resolve(".gitignore");
    if (!Files.exists(ignored)) {
      Files.writeString(ignored, "*\n");
    }
  }

  Where where() {
    return Where.named(database().toString());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException absent) {
      return 0;
    }
  }
}
