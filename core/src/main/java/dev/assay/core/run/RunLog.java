package dev.assay.core.run;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.problem.ProblemException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The way of one run's entries to the ledger: a bounded queue and one thread that empties it, so
 * that the order of arrival is the order in the ledger and nobody who measures waits for the disk.
 * Thread-safe.
 */
final class RunLog implements AutoCloseable {

  private static final int BACKLOG = 65_536;

  /** What waits: an entry on its way, or the end. */
  private sealed interface Waiting {}

  private record Item(LedgerEntry entry, @Nullable CompletableFuture<Void> durable)
      implements Waiting {}

  private record End() implements Waiting {}

  private final Ledger ledger;
  private final String run;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(BACKLOG);
  private final AtomicReference<@Nullable ProblemException> failure = new AtomicReference<>();
  private final Runnable onFailure;
  private final Thread pump;

  /**
   * A log.
   *
   * @param onFailure called once, when the ledger refused an entry
   */
  RunLog(Ledger ledger, String run, Runnable onFailure) {
    this.ledger = ledger;
    this.run = run;
    this.onFailure = onFailure;
    this.pump = Thread.ofPlatform().daemon().name("run-log").start(this::pump);
  }

  /** Appends; waits while the backlog is full. Does not wait for the disk. */
  void append(LedgerEntry entry) {
    put(new Item(entry, null));
  }

  /** Appends and waits until the entry, and so all before it, is durable. */
  void appendDurably(LedgerEntry entry) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    put(new Item(entry, durable));
    try {
      durable.join();
    } catch (CompletionException broken) {
      if (broken.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw broken;
    }
  }

  /** Appends without waiting; returns whether there was room. */
  boolean offer(LedgerEntry entry) {
    return queue.offer(new Item(entry, null));
  }

  private void put(Waiting item) {
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(item);
        break;
      } catch (InterruptedException retry) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump() {
    while (true) {
      try {
        if (!(queue.take() instanceof Item item)) {
          return;
        }
        append(item);
      } catch (InterruptedException ignored) {
        // only its end stops it
      }
    }
  }

  private void append(Item item) {
    ProblemException known = failure.get();
    CompletableFuture<Void> durable = item.durable();
    if (known != null) {
      if (durable != null) {
        durable.completeExceptionally(known);
      }
      return;
    }
    try {
      var _ =
          ledger
              .append(run, item.entry())
              .whenComplete((receipt, broken) -> {
                if (broken != null) {
                  fail(broken);
                }
                if (durable != null && broken != null) {
                  durable.completeExceptionally(broken);
                } else if (durable != null) {
                  durable.complete(null);
                }
              });
    } catch (RuntimeException broken) {
      fail(broken);
      if (durable != null) {
        durable.completeExceptionally(broken);
      }
    }
  }

  private void fail(Throwable broken) {
    ProblemException problem =
        broken instanceof ProblemException known
            ? known
            : broken.getCause() instanceof ProblemException cause
                ? cause
                : new ProblemException(
                    RunProblems.UNFORESEEN
                        .at(
                            dev.assay.api.problem.Where.named("ledger"),
                            "the ledger failed: " + broken.getMessage(),
                            "report it")
                        .causedBy(broken));
    if (failure.compareAndSet(null, problem)) {
      onFailure.run();
    }
  }

  /** The problem that the ledger refused an entry with, or null. */
  @Nullable ProblemException failure() {
    return failure.get();
  }

  @Override
  public void close() {
    put(new End());
    try {
      pump.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
