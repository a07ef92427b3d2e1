package dev.assay.core.compare;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The checks of runs, one run after the other, of which the next ones are read and decoded while
 * the last is looked at. Two runs at most are held. For one thread; its own thread ends with it.
 */
final class ReadAhead implements AutoCloseable {

  private static final int HELD = 2;

  private final Ledger ledger;
  private final Iterator<RunSummary> left;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("assay-reader").factory());
  private final Deque<CompletableFuture<Map<String, StoredCheck>>> held = new ArrayDeque<>();

  ReadAhead(Ledger ledger, List<RunSummary> runs) {
    this.ledger = ledger;
    this.left = runs.iterator();
    fill();
  }

  private void fill() {
    while (held.size() < HELD && left.hasNext()) {
      String run = left.next().id();
      held.add(CompletableFuture.supplyAsync(() -> StoredCheck.all(ledger, run), reader));
    }
  }

  /** Those of the next run. */
  Map<String, StoredCheck> next() {
    try {
      Map<String, StoredCheck> checks = held.remove().join();
      fill();
      return checks;
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
    reader.close(); // waits: nothing reads the ledger any more when it is closed
  }
}
