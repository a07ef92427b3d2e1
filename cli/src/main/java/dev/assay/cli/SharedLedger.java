package dev.assay.cli;

import dev.assay.api.spi.Clock;
import dev.assay.store.SqliteLedger;
import dev.assay.store.WorkspaceLock;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock and the ledger of a workspace, for several who run in it at once: taken with the first
 * of them, and let go with the last, so that others get in between. Thread-safe.
 */
final class SharedLedger {

  private final Path folder;
  private final Clock clock;
  private final ReentrantLock guard = new ReentrantLock();
  private @Nullable WorkspaceLock lock;
  private @Nullable SqliteLedger ledger;
  private int users;

  /** Of a folder {@code .assay}. */
  SharedLedger(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** One who uses it, until it is closed. */
  final class Use implements AutoCloseable {

    private final SqliteLedger held;

    private Use(SqliteLedger held) {
      this.held = held;
    }

    SqliteLedger ledger() {
      return held;
    }

    @Override
    public void close() {
      leave();
    }
  }

  /**
   * Takes it.
   *
   * @param holder what is said to others who want it
   * @throws dev.assay.api.problem.ProblemException if another process has it
   */
  Use use(String holder) {
    guard.lock();
    try {
      SqliteLedger open = ledger;
      if (open == null) {
        open = open(holder);
      }
      users++;
      return new Use(open);
    } finally {
      guard.unlock();
    }
  }

  private SqliteLedger open(String holder) {
    WorkspaceLock taken = WorkspaceLock.acquire(folder, holder);
    SqliteLedger open = null;
    try {
      open = SqliteLedger.open(folder, SqliteLedger.Mode.READ_WRITE);
      RunCommand.closeInterrupted(open, clock);
      lock = taken;
      ledger = open;
      return open;
    } catch (RuntimeException unusable) {
      if (open != null) {
        open.close();
      }
      taken.close();
      throw unusable;
    }
  }

  private void leave() {
    guard.lock();
    try {
      SqliteLedger open = ledger;
      WorkspaceLock taken = lock;
      if (--users == 0 && open != null && taken != null) {
        ledger = null;
        lock = null;
        try (taken) {
          open.close();
        }
      }
    } finally {
      guard.unlock();
    }
  }
}
