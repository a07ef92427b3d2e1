package dev.assay.store;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.Ledger.StoredArtifact;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.verdict.Decision;
import dev.assay.store.SqliteLedger.Mode;
import dev.assay.testkit.LedgerEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Builds ledgers to look at and to break. */
final class Ledgers {

  private Ledgers() {}

  static SqliteLedger writer(Path folder) {
    return SqliteLedger.open(folder, Mode.READ_WRITE);
  }

  static SqliteLedger reader(Path folder) {
    return SqliteLedger.open(folder, Mode.READ_ONLY);
  }

  /** A closed ledger with three runs and three artifacts, one of which no entry names. */
  static void build(Path folder, Path scratch) throws IOException {
    byte[] noise = new byte[20_000];
    new Random(7).nextBytes(noise);
    try (SqliteLedger ledger = writer(folder)) {
      StoredArtifact page = ledger.store(Files.write(scratch.resolve("page"), noise));
      StoredArtifact note = ledger.store(Files.writeString(scratch.resolve("note"), "a note"));
      ledger.store(Files.writeString(scratch.resolve("spare"), "nobody names this"));
      for (String run : List.of("run-a", "run-b", "run-c")) {
        append(ledger, run, LedgerEntries.opened());
        for (int i = 0; i < 40; i++) {
          append(ledger, run, LedgerEntries.fact(i));
        }
        append(ledger, run, LedgerEntries.kept(run.equals("run-a") ? page : note));
        if (!run.equals("run-c")) {
          append(ledger, run, LedgerEntries.closed(Ending.COMPLETED, Decision.PASS));
        }
      }
    }
  }

  static Receipt append(Ledger ledger, String run, LedgerEntry entry) {
    return ledger.append(run, entry).orTimeout(60, TimeUnit.SECONDS).join();
  }

  static Problem problem(CompletableFuture<Receipt> receipt) {
    try {
      Receipt given = receipt.orTimeout(60, TimeUnit.SECONDS).join();
      throw new AssertionError("acknowledged " + given);
    } catch (CompletionException failed) {
      return ((ProblemException) failed.getCause()).problems().getFirst();
    }
  }

  static Problem problem(Runnable work) {
    try {
      work.run();
    } catch (ProblemException failed) {
      return failed.problems().getFirst();
    }
    throw new AssertionError("no problem was found");
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
    }
  }

  static void copyArtifacts(Path from, Path to) throws IOException {
    for (Path file : files(from.resolve("artifacts"))) {
      Path copy = to.resolve(from.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
