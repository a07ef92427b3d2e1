package dev.assay.store;

import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.testkit.LedgerEntries;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Writes to a ledger from several threads until it is killed, and says of each entry, once it is
 * acknowledged, {@code sequence hash}, and of each artifact {@code artifact sha256}. Arguments: the
 * folder, the run's id, a folder for files.
 */
final class CrashWriter {

  private static final int THREADS = 4;

  private CrashWriter() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String run = arguments[1];
    Path files = Path.of(arguments[2]);
    PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out));
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, run);
        SqliteLedger ledger = Ledgers.writer(folder)) {
      say(out, ledger.append(run, LedgerEntries.opened()).join());
      Thread[] threads = new Thread[THREADS];
      for (int t = 0; t < THREADS; t++) {
        int number = t;
        threads[t] = Thread.ofPlatform().start(() -> write(ledger, run, number, files, out));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static void write(
      SqliteLedger ledger, String run, int thread, Path files, PrintStream out) {
    for (long i = 0; ; i++) {
      LedgerEntry entry = LedgerEntries.fact(i * THREADS + thread);
      if (i % 16 == 0) {
        var artifact = ledger.store(file(files, run + " " + thread + " " + i));
        entry = LedgerEntries.kept(artifact);
        out.println("artifact " + artifact.sha256());
      }
      CompletableFuture<Receipt> receipt = ledger.append(run, entry);
      if (i % 4 == 0) {
        say(out, receipt.join());
      } else {
        receipt.thenAccept(given -> say(out, given));
      }
    }
  }

  private static void say(PrintStream out, Receipt receipt) {
    // One write each, so that a line of a killed process is whole or lacks its end.
    out.print(receipt.sequence() + " " + receipt.hash() + "\n");
  }

  private static Path file(Path folder, String content) {
    try {
      return Files.writeString(Files.createTempFile(folder, "file", ".txt"), content);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
