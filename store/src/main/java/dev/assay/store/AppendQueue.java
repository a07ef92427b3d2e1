package dev.assay.store;

import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.Ledger.Receipt;
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
   * Entries of one caller on their way.
   *
   * @param run their run
   * @param entries the entries, in order; not empty
   * @param bytes how many bytes they have together
   * @param receipt completed when all of them are durable, or one cannot become so
   */
  record Pending(
      String run, List<EncodedEntry> entries, long bytes, CompletableFuture<Receipt> receipt) {

    /**
     * Entries with a receipt to come.
     *
     * @throws ProblemException if one is larger than a ledger takes
     */
    static Pending of(String run, List<EncodedEntry> entries) {
      long bytes = 0;
      for (EncodedEntry entry : entries) {
        Limits.refuseTooLarge(run, entry.bytes());
        bytes += entry.bytes().length;
      }
      return new Pending(run, entries, bytes, new CompletableFuture<>());
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final Queue<Pending> waiting = new ArrayDeque<>();
  private final Limits limits;
  private int entries;
  private long bytes;
  private @Nullable Problem refusal;
  private @Nullable Thread writer;

  AppendQueue(Limits limits) {
    this.limits = limits;
  }

  /**
   * Brings entries; gives their receipt, also where they are refused.
   *
   * @see #put
   */
  CompletableFuture<Receipt> append(String run, List<EncodedEntry> entries) {
    try {
      Pending pending = Pending.of(run, List.copyOf(entries));
      put(pending);
      return pending.receipt();
    } catch (ProblemException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /**
   * Brings entries; waits while there is no room, also where the thread is interrupted, because a
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
      entries += pending.entries().size();
      bytes += pending.bytes();
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
      List<Pending> batch = new ArrayList<>();
      int taken = 0;
      while (taken < limits.batch() && !waiting.isEmpty()) {
        Pending next = waiting.remove();
        taken += next.entries().size();
        entries -= next.entries().size();
        bytes -= next.bytes();
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
    return entries >= limits.queue() || (bytes >= limits.bytes() && !waiting.isEmpty());
  }
}
