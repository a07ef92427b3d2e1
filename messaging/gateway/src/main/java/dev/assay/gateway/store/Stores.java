package dev.assay.gateway.store;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.value.DatabaseUrl;
import dev.assay.gateway.GatewayProblems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Opens stores. */
public final class Stores {

  private Stores() {}

  /**
   * Opens whatever a configuration names: a URL of PostgreSQL, or a file.
   *
   * @throws ProblemException if it cannot be used, or another gateway has it open
   */
  public static GatewayStore open(String store, Path folder, boolean readOnly) {
    if (DatabaseUrl.looksLike(store)) {
      DatabaseUrl url = postgresqlUrl(store);
      return readOnly ? JdbcStore.postgresqlReader(url) : JdbcStore.postgresql(url);
    }
    Path file = folder.resolve(store);
    return readOnly ? sqliteReader(file) : sqlite(file);
  }

  private static DatabaseUrl postgresqlUrl(String store) {
    try {
      return DatabaseUrl.parse(store);
    } catch (IllegalArgumentException wrong) {
      throw JdbcStore.unusable("store", wrong);
    }
  }

  /**
   * Opens a file, which is made where there is none.
   *
   * @throws ProblemException if it cannot be used, or another gateway has it open
   */
  public static GatewayStore sqlite(Path file) {
    return sqlite(file, CommitLog.TURN);
  }

  static GatewayStore sqlite(Path file, int turn) {
    FileChannel held;
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      held = lock(file);
    } catch (IOException failed) {
      throw JdbcStore.unusable(file.toString(), failed);
    }
    if (held == null) {
      throw JdbcStore.unusable(file.toString(), new IOException("another gateway has it open"));
    }
    return open(file, held, turn);
  }

  private static GatewayStore open(Path file, FileChannel held, int turn) {
    try {
      return LoggedStore.open(file, held, turn);
    } catch (ProblemException failed) {
      free(held);
      throw failed;
    }
  }

  /**
   * Opens a file to read only. Beside a gateway that runs, it shows how things were a moment ago;
   * what one that died left in its log is brought in first.
   */
  public static GatewayStore sqliteReader(Path file) {
    if (!Files.isRegularFile(file)) {
      throw GatewayProblems.STORE.failure(
          Where.named(file.toString()), "there is no such file", "name the file of a gateway");
    }
    FileChannel held;
    try {
      held = lock(file);
    } catch (IOException readOnly) {
      held = null;
    }
    if (held != null) {
      open(file, held, CommitLog.TURN).close();
    }
    return JdbcStore.sqliteReader(file);
  }

  /** Held until the channel is closed, or the process is gone; null where another one has it. */
  private static @Nullable FileChannel lock(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock got = channel.tryLock();
      if (got != null) {
        return channel;
      }
    } catch (OverlappingFileLockException here) {
      // by this very process
    }
    channel.close();
    return null;
  }

  private static void free(FileChannel held) {
    try {
      held.close();
    } catch (IOException gone) {
      // then nobody holds it
    }
  }
}
