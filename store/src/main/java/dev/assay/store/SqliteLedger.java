package dev.assay.store;

import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.store.LedgerReader.Head;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one workspace, in a folder: a SQLite database in WAL mode with {@code
 * synchronous=FULL}, artifacts by their content, and a seal over the bytes. One thread writes, and
 * commits for all who wait at once. {@code docs/ledger.md} describes the files.
 *
 * <p>Callbacks on a receipt run in the writing thread; they may append, but must not wait for
 * another receipt.
 */
public final class SqliteLedger implements Ledger {

  /** The only tenant of a ledger in a folder. */
  static final String TENANT = "local";

  /** What a ledger is opened for. */
  public enum Mode {
    /** To append and to read; creates the ledger where there is none. */
    READ_WRITE,
    /** To read, also beside a writer, and in a folder that cannot be written. */
    READ_ONLY
  }

  private final LedgerFiles files;
  private final ArtifactFolder artifacts;
  private final Connection reading;
  private final LedgerReader reader;
  private final ReentrantLock readerLock = new ReentrantLock();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final @Nullable Writing writing;

  /** What only a ledger has that was opened for writing. */
  private record Writing(
      AppendQueue queue, Connection connection, GroupCommit commit, Thread thread) {}

  /** A question to the tables. */
  private interface Question<T> {
    T ask(LedgerReader reader) throws SQLException;
  }

  private SqliteLedger(LedgerFiles files, Connection reading, @Nullable Writing writing) {
    this.files = files;
    this.artifacts = new ArtifactFolder(files.artifacts());
    this.reading = reading;
    this.reader = new LedgerReader(reading, new SqliteDatabase(files));
    this.writing = writing;
  }

  /**
   * Opens the ledger in a folder.
   *
   * @param folder the folder {@code .assay} of a workspace; whoever opens it to write should hold
   *     its {@link WorkspaceLock}
   * @param mode what for
   * @throws ProblemException if the folder cannot be written, the ledger is corrupt, of a newer
   *     version, or, for reading only, is not there
   */
  public static SqliteLedger open(Path folder, Mode mode) {
    return open(folder, mode, Limits.DEFAULT);
  }

  static SqliteLedger open(Path folder, Mode mode, Limits limits) {
    LedgerFiles files = new LedgerFiles(folder.toAbsolutePath());
    try {
      return mode == Mode.READ_WRITE ? openToWrite(files, limits) : openToRead(files);
    } catch (SQLException failed) {
      throw new ProblemException(Failures.of(failed, files));
    } catch (IOException failed) {
      throw new ProblemException(Failures.of(failed, files.folder()));
    }
  }

  private static SqliteLedger openToRead(LedgerFiles files) throws SQLException, IOException {
    if (!files.databaseHasContent()) {
      refuseLost(files);
      throw LedgerVerification.noLedger(files);
    }
    Connection connection = Sqlite.reader(files);
    try {
      refuseForeign(connection, files);
      if (Schema.version(connection) == 0) {
        throw LedgerVerification.noLedger(files);
      }
      return new SqliteLedger(files, connection, null);
    } catch (SQLException | RuntimeException unusable) {
      connection.close();
      throw unusable;
    }
  }

  private static SqliteLedger openToWrite(LedgerFiles files, Limits limits)
      throws SQLException, IOException {
    Durable.createFolder(files.folder());
    for (Path needed : List.of(files.folder(), files.database())) {
      if (Files.exists(needed) && !Files.isWritable(needed)) {
        throw new ProblemException(
            Failures.notWritable(Where.named(needed.toString()), "permission denied"));
      }
    }
    files.keepOutOfVersionControl();
    if (!files.databaseHasContent()) {
      refuseLost(files);
    }
    // Before SQLite opens the file, because it may move the write-ahead log into it.
    Optional<FileDigest> found =
        files.databaseHasContent()
            ? Optional.of(FileDigest.of(files.database()))
            : Optional.empty();
    Connection connection = Sqlite.writer(files, limits);
    try {
      refuseForeign(connection, files);
      boolean current = Schema.version(connection) == Schema.LATEST;
      Sqlite.makeDurable(connection, limits);
      Schema.migrate(connection);
      Durable.forceFolder(files.folder());
      refuseUnsealed(connection, files, current ? found : Optional.empty());
      LedgerDatabase database = new SqliteDatabase(files);
      AppendQueue queue = new AppendQueue(limits);
      GroupCommit commit =
          new GroupCommit(queue, database, () -> new SqliteWriter(connection, database));
      Connection reading = Sqlite.reader(files);
      Thread thread = Thread.ofPlatform().name("assay-ledger").daemon().start(commit);
      new ArtifactFolder(files.artifacts()).sweep();
      return new SqliteLedger(files, reading, new Writing(queue, connection, commit, thread));
    } catch (SQLException | IOException | RuntimeException unusable) {
      connection.close();
      throw unusable;
    }
  }

  /** A database that is gone while its seal is there must not be silently begun anew. */
  private static void refuseLost(LedgerFiles files) throws IOException {
    if (!(Seal.read(files.seal()) instanceof Seal.Found.Absent)
        || files.writeAheadLogHasContent()) {
      throw corrupt(files, "ledger.db is missing or empty, but other files of it are there");
    }
  }

  /** Looks before anything is changed whether this is a ledger that this version may write to. */
  private static void refuseForeign(Connection connection, LedgerFiles files) throws SQLException {
    int version = Schema.version(connection);
    if (!Schema.ours(connection) && !(version == 0 && Schema.empty(connection))) {
      throw corrupt(files, "it is a database, but no ledger of Assay");
    }
    if (version > Schema.LATEST) {
      throw LedgerVerification.newer(files, version);
    }
  }

  /**
   * What was changed since the last closing in order must not be added to, nor sealed anew: that
   * would hide it. Bytes are compared where no crash came between.
   */
  private static void refuseUnsealed(
      Connection connection, LedgerFiles files, Optional<FileDigest> found)
      throws SQLException, IOException {
    switch (Seal.read(files.seal())) {
      case Seal.Found.Absent() -> {
        // Never closed in order: there is nothing to compare with.
      }
      case Seal.Found.Damaged(String why) -> throw corrupt(files, "ledger.seal is damaged: " + why);
      case Seal.Found.Whole(Seal seal) -> {
        byte[] hash = new LedgerReader(connection, new SqliteDatabase(files)).hash(seal.sequence());
        if (hash == null || !HexFormat.of().formatHex(hash).equals(seal.head())) {
          throw corrupt(
              files, "entry " + seal.sequence() + " is missing or is not the one that was sealed");
        }
        boolean sealed =
            new LedgerReader(connection, new SqliteDatabase(files)).head().sequence()
                == seal.sequence();
        if (sealed && found.isPresent() && !found.get().equals(seal.database())) {
          throw corrupt(
              files,
              "bytes of ledger.db were changed since it was sealed; see 'assay ledger verify'");
        }
      }
    }
  }

  private static ProblemException corrupt(LedgerFiles files, String what) {
    return StoreProblems.CORRUPT.failure(files.where(), what, Failures.MEND_CORRUPT);
  }

  @Override
  public CompletableFuture<Receipt> append(String run, LedgerEntry entry) {
    return appendAll(run, List.of(EncodedEntry.of(entry)));
  }

  @Override
  public CompletableFuture<Receipt> appendAll(String run, List<EncodedEntry> entries) {
    try {
      return writing("append").queue().append(run, entries);
    } catch (ProblemException notOpen) {
      return CompletableFuture.failedFuture(notOpen);
    }
  }

  @Override
  public List<RunSummary> runs(int limit) {
    return ask(asked -> asked.newest(limit));
  }

  @Override
  public Optional<RunSummary> find(String idOrPrefix) {
    if (idOrPrefix.isEmpty()) {
      return Optional.empty();
    }
    return ask(asked -> asked.one(idOrPrefix));
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
      page = ask(asked -> asked.page(run, check, from, end));
      page.forEach(entries);
      after = page.isEmpty() ? after : page.getLast().sequence();
    } while (!page.isEmpty());
  }

  /**
   * {@inheritDoc}
   *
   * <p>What was there is overwritten in the file; the write-ahead log is moved into it at once, or,
   * while others read, at the next orderly close.
   */
  @Override
  public Optional<Receipt> erase(String run, String why, Instant at) {
    writing("erase a run");
    AtomicReference<Optional<Receipt>> erased = new AtomicReference<>(Optional.empty());
    try (Connection connection = Sqlite.writer(files, Limits.DEFAULT)) {
      Sqlite.makeDurable(connection, Limits.DEFAULT);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA secure_delete = ON");
      }
      Sqlite.atomically(
          connection,
          () -> erased.set(RunErasure.erase(connection, new SqliteDatabase(files), run, why, at)));
      boolean _ = moveLogIntoDatabase(connection);
      return erased.get();
    } catch (SQLException failed) {
      throw new ProblemException(Failures.of(failed, files));
    }
  }

  @Override
  public Growth growth(long after, long most) {
    return ask(asked -> asked.growth(after, most));
  }

  @Override
  public Verification verify() {
    return LedgerVerification.verify(files.folder());
  }

  @Override
  public StoredArtifact store(Path file) {
    writing("store an artifact");
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
    if (writing != null) {
      finish(writing);
    }
    readerLock.lock();
    try {
      reading.close();
      if (writing != null) {
        seal(writing);
        writing.connection().close();
        NativeLeftovers.ofDriver().sweep();
      }
    } catch (SQLException failed) {
      throw new ProblemException(Failures.of(failed, files));
    } finally {
      readerLock.unlock();
    }
  }

  private void finish(Writing writer) {
    writer.queue().refuse(notOpen("append", "the ledger was closed"));
    boolean interrupted = false;
    while (writer.thread().isAlive()) {
      try {
        writer.thread().join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Seals the database, unless it is as it was sealed. Where that cannot be done, because another
   * process reads or the disk is full, nothing is lost: the older seal stays true, and the next
   * orderly close seals again.
   */
  private void seal(Writing writer) {
    if (writer.commit().failure() != null) {
      return;
    }
    try {
      Connection connection = writer.connection();
      LedgerReader asked = new LedgerReader(connection, new SqliteDatabase(files));
      boolean sealed =
          Seal.read(files.seal()) instanceof Seal.Found.Whole(Seal seal)
              && seal.sequence() == asked.head().sequence()
              && seal.schema() == Schema.LATEST;
      if (!sealed && moveLogIntoDatabase(connection)) {
        // In a transaction, which keeps any other writer out while the file is read.
        Sqlite.atomically(connection, () -> sealNow(asked));
      }
    } catch (SQLException | IOException | UncheckedIOException notNow) {
      // As said above.
    }
  }

  private void sealNow(LedgerReader asked) throws SQLException {
    if (files.writeAheadLogHasContent()) {
      return;
    }
    try {
      Head head = asked.head();
      String hash = HexFormat.of().formatHex(head.hash());
      FileDigest digest = FileDigest.of(files.database());
      new Seal(Schema.LATEST, head.sequence(), hash, digest).write(files.seal());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean moveLogIntoDatabase(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      return rows.next() && rows.getInt(1) == 0;
    }
  }

  private <T> T ask(Question<T> question) {
    readerLock.lock();
    try {
      if (closed.get()) {
        throw new ProblemException(notOpen("read", "the ledger was closed"));
      }
      return question.ask(reader);
    } catch (SQLException failed) {
      throw new ProblemException(Failures.of(failed, files));
    } finally {
      readerLock.unlock();
    }
  }

  private Writing writing(String what) {
    if (writing == null) {
      throw new ProblemException(notOpen(what, "the ledger was opened for reading only"));
    }
    return writing;
  }

  private Problem notOpen(String what, String why) {
    return StoreProblems.NOT_OPEN.at(
        files.where(), "cannot " + what + ": " + why, "report this with the steps that led to it");
  }
}
