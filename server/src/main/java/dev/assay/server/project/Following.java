package dev.assay.server.project;

import dev.assay.api.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows a run. While what is in the ledger is still being read, what comes new waits
 * here, so that whoever brings it does not. Thread-safe.
 */
final class Following implements Consumer<LedgerEntry> {

  private final Consumer<LedgerEntry> follower;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable List<LedgerEntry> waiting = new ArrayList<>();

  Following(Consumer<LedgerEntry> follower) {
    this.follower = follower;
  }

  /** What comes new. */
  @Override
  public void accept(LedgerEntry entry) {
    lock.lock();
    try {
      List<LedgerEntry> later = waiting;
      if (later == null) {
        follower.accept(entry);
      } else {
        later.add(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Everything older was given. */
  void caughtUp() {
    lock.lock();
    try {
      List<LedgerEntry> later = waiting;
      if (later != null) {
        later.forEach(follower);
        waiting = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
