package dev.assay.store;

import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one tenant in PostgreSQL, its artifacts in a folder. One thread writes for all who
 * wait at once; several processes may write the same ledger. A database that goes away is waited
 * for, and nothing that was acknowledged is lost, nor written twice.
 *
 * <p>Callbacks on a receipt run in the writing thread; they may append, but must not wait for
 * another receipt.
 */
public final class PostgresLedger implements Ledger {

  private final PostgresDatabase database;
  private final PostgresLedgers ledgers;
  private final Path folder;
  private final ArtifactFolder artifacts;
  private final AppendQueue queue = new AppendQueue(Limits.DEFAULT);
  private final PostgresWriter writer;
  private final Thread writing;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** A question to the tables. */
  private interface Question<T> {
    T ask(LedgerReader reader) throws SQLException;
  }

  PostgresLedger(
      PostgresDatabase database,
      PostgresLedgers ledgers,
      Path folder,
      Clock clock,
      Duration patience) {
    this.database = database;
    this.ledgers = ledgers;
    this.folder = folder;
    this.artifacts = new ArtifactFolder(folder);
    artifacts.sweep();
    this.writer = new PostgresWriter(database, ledgers, clock, patience);
    this.writing =
        Thread.ofVirtual()
            .name("assay-ledger-" + database.tenant())
            .start(new GroupCommit(queue, database, () -> writer));
  }

  @Override
  public CompletableFuture<Receipt> append(String run, LedgerEntry entry) {
    return appendAll(run, List.of(EncodedEntry.of(entry)));
  }

  @Override
  public CompletableFuture<Receipt> appendAll(String run, List<EncodedEntry> entries) {
    return queue.append(run, entries);
  }

  @Override
  public List<RunSummary> runs(int limit) {
    return ask(reader -> reader.newest(limit));
  }

  @Override
  public Optional<RunSummary> find(String idOrPrefix) {
    return idOrPrefix.isEmpty() ? Optional.empty() : ask(reader -> reader.one(idOrPrefix));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The entries that were durable at the call, a few at a time: the consumer may take as long as
   * it likes, and may ask the ledger.
   */
  @Override
  public void read(String run, Consumer<Stored> entries) {
    readSome(run, null, entries);
  }

  @Override
  public void read(String run, String check, Consumer<Stored> entries) {
    readSome(run, check, entries);
  }

  private void readSome(String run, @Nullable String check, Consumer<Stored> entries) {
    long end = ask(LedgerReader::head).sequence();
    long after = 0;
    List<Stored> page;
    do {
      long from = after;
      page = ask(reader -> reader.page(run, check, from, end));
      page.forEach(entries);
      after = page.isEmpty() ? after : page.getLast().sequence();
    } while (!page.isEmpty());
  }

  /**
   * {@inheritDoc}
   *
   * <p>What was there is in the table's files until PostgreSQL vacuums them, and in its log and its
   * backups for as long as those are kept.
   */
  @Override
  public Optional<Receipt> erase(String run, String why, Instant at) {
    try {
      return writer.erase(run, why, at);
    } catch (SQLException failed) {
      throw new ProblemException(database.problem(failed));
    }
  }

  @Override
  public Growth growth(long after, long most) {
    return ask(reader -> reader.growth(after, most));
  }

  @Override
  public Verification verify() {
    PostgresVerification verification = new PostgresVerification(database.tenant(), folder);
    try {
      ledgers.read(database.tenant(), verification::entries);
      return verification.artifacts();
    } catch (SQLException failed) {
      throw new ProblemException(database.problem(failed));
    } catch (IOException failed) {
      throw new ProblemException(Failures.of(failed, folder));
    }
  }

  @Override
  public StoredArtifact store(Path file) {
    return artifacts.store(file);
  }

  @Override
  public Optional<Path> artifact(String sha256) {
    return artifacts.find(sha256);
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    queue.refuse(
        StoreProblems.NOT_OPEN.at(
            database.where(),
            "cannot append: the ledger was closed",
            "report this with the steps that led to it"));
    boolean interrupted = false;
    while (writing.isAlive()) {
      try {
        writing.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T ask(Question<T> question) {
    if (closed.get()) {
      throw StoreProblems.NOT_OPEN.failure(
          database.where(),
          "cannot read: the ledger was closed",
          "report this with the steps that led to it");
    }
    try {
      return ledgers.read(
          database.tenant(), connection -> question.ask(new LedgerReader(connection, database)));
    } catch (SQLException failed) {
      throw new ProblemException(database.problem(failed));
    }
  }
}
