package dev.assay.store;

import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Entries on their way to the disk, bounded in number and bytes. Whoever brings one waits while it
 * is full; the one writer takes as many as there are. Once it refuses, it refuses for good.
 * Thread-safe.
 */
final class AppendQueue {

  /**
   * An entry on its way.
   *
   * @param run its run
   * @param entry the entry
   * @param body its canonical bytes
   * @param receipt completed when it is durable, or cannot become so
   */
  record Pending(String run, LedgerEntry entry, byte[] body, CompletableFuture<Receipt> receipt) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final Queue<Pending> waiting = new ArrayDeque<>();
  private final Limits limits;
  private long bytes;
  private @Nullable Problem refusal;
  private @Nullable Thread writer;

  AppendQueue(Limits limits) {
    this.limits = limits;
  }

  /**
   * Brings an entry; waits while there is no room, also where the thread is interrupted, because a
   * cancelled check's last facts are evidence too.
   *
   * @throws ProblemException if the queue refuses
   */
  void put(Pending pending) {
    lock.lock();
    try {
      // A callback on a receipt runs in the writer, which cannot wait for itself.
      while (refusal == null && full() && !Thread.currentThread().equals(writer)) {
        room.awaitUninterruptibly();
      }
      if (refusal != null) {
        throw new ProblemException(refusal);
      }
      waiting.add(pending);
      bytes += pending.body().length;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for entries and takes them in order; none once it refuses and nothing is left. */
  List<Pending> take() {
    lock.lock();
    try {
      writer = Thread.currentThread();
      while (waiting.isEmpty() && refusal == null) {
        work.awaitUninterruptibly();
      }
      List<Pending> batch = new ArrayList<>(Math.min(waiting.size(), limits.batch()));
      while (batch.size() < limits.batch() && !waiting.isEmpty()) {
        Pending next = waiting.remove();
        bytes -= next.body().length;
        batch.add(next);
      }
      room.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses everything from now on; what waits can still be taken. */
  void refuse(Problem reason) {
    lock.lock();
    try {
      if (refusal == null) {
        refusal = reason;
      }
      room.signalAll();
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean full() {
    return waiting.size() >= limits.queue() || (bytes >= limits.bytes() && !waiting.isEmpty());
  }
}
