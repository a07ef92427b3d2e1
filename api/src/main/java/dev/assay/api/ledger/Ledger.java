package dev.assay.api.ledger;

import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All runs, append-only and hash-chained. Thread-safe. The law of every implementation is {@code
 * LedgerKit} of the testkit.
 */
public interface Ledger extends AutoCloseable {

  /**
   * Appends an entry to a run. Entries of one caller keep their order. Waits while too many entries
   * are on their way to the disk.
   *
   * @param run the run's id; a run begins with {@link LedgerEntry.RunOpened}
   * @return completes when the entry can no longer be lost, also by {@code kill -9} and by a power
   *     cut; completes exceptionally with a {@code ProblemException} where it could not be written,
   *     as on a full disk
   */
  CompletableFuture<Receipt> append(String run, LedgerEntry entry);

  /**
   * Appends entries to a run, in order, which costs far less than one at a time. Where one is out
   * of place, those before it are kept, and nothing from it on.
   *
   * @param entries some thousands at the most, as they become durable together; not empty
   * @return completes as that of {@link #append} for the last of them, or as that of the first
   *     which could not be appended
   */
  default CompletableFuture<Receipt> appendAll(String run, List<EncodedEntry> entries) {
    CompletableFuture<Receipt> last = append(run, entries.getFirst().entry());
    for (EncodedEntry next : entries.subList(1, entries.size())) {
      last = last.thenCompose(_ -> append(run, next.entry()));
    }
    return last;
  }

  /** The runs, newest first, at most {@code limit}. */
  List<RunSummary> runs(int limit);

  /**
   * The newest runs that are wanted, newest first, at most {@code limit}. Reads on behind those
   * that are not, so that a thousand results of a monitor do not hide the run before them.
   */
  default List<RunSummary> runs(int limit, Predicate<RunSummary> wanted) {
    for (int read = Math.max(2 * limit, 500); ; read = 8 * read) {
      List<RunSummary> all = runs(read);
      List<RunSummary> found = all.stream().filter(wanted).limit(limit).toList();
      if (found.size() == limit || all.size() < read || read > Integer.MAX_VALUE / 8) {
        return found;
      }
    }
  }

  /** The run whose id is, or uniquely begins with, the text. */
  Optional<RunSummary> find(String idOrPrefix);

  /** Gives every entry of a run, in order. */
  void read(String run, Consumer<Stored> entries);

  /**
   * Gives the entries of a run that speak of one check, in order, and those of the run itself; what
   * others found may be among them or not. Far less is read where a run has many checks.
   */
  default void read(String run, String check, Consumer<Stored> entries) {
    read(run, entries);
  }

  /**
   * Takes away what all entries of a run say, for good. That they were there and their hashes stay,
   * so that the chain can be verified as before, with a last entry that says it. The run is then in
   * no list any more, nothing can be appended to it, and it cannot be begun again. Its artifacts
   * stay: whoever calls this takes away those that no other run names.
   *
   * @param run the run's id, in full
   * @param why the reason, which is kept and must name nobody
   * @return says that it is durable; empty where there is no such run
   */
  default Optional<Receipt> erase(String run, String why, Instant at) {
    throw new UnsupportedOperationException("nothing can be erased here");
  }

  /**
   * How much was appended behind an entry, so that it can be counted without being read: of at most
   * so many entries at a time. Each entry is in exactly one of the steps that begin where the one
   * before ended.
   *
   * @param after the number of the entry; 0 for the beginning
   * @param most how many entries are looked at; some ten thousands take some ten milliseconds
   */
  default Growth growth(long after, long most) {
    throw new UnsupportedOperationException("nothing is counted here");
  }

  /**
   * Looks at every byte that was written: the chain, the database's own structure, every artifact.
   */
  Verification verify();

  /**
   * Stores the content of a file, durably, under its SHA-256.
   *
   * @return the 64 hexadecimal digits and the size
   */
  StoredArtifact store(Path file);

  /** The file with that content, if it is there. */
  Optional<Path> artifact(String sha256);

  /** Waits until everything appended is durable, then lets go of the files. */
  @Override
  void close();

  /**
   * What was appended between two entries, as far as it is there now: what was erased counts for
   * nothing.
   *
   * @param upTo the number of the last entry that was looked at
   * @param head the number of the last entry there is
   * @param runs how many runs began
   * @param entries how many entries
   * @param bytes how large they are
   * @param erased whether a run was erased, which took away from what was counted before
   */
  record Growth(long upTo, long head, long runs, long entries, long bytes, boolean erased) {}

  /**
   * Says that an entry is durable.
   *
   * @param sequence its number in the ledger, from 1 without gaps
   * @param hash the chain's hash at it, 64 hexadecimal digits
   */
  record Receipt(long sequence, String hash) {}

  /**
   * An entry as it stands in the ledger.
   *
   * @param sequence its number
   * @param hash the chain's hash at it
   * @param entry the entry
   */
  record Stored(long sequence, String hash, LedgerEntry entry) {}

  /**
   * A stored file.
   *
   * @param sha256 its name
   * @param size in bytes
   */
  record StoredArtifact(String sha256, long size) {}

  /**
   * A run in a list.
   *
   * @param id its id
   * @param workspace the workspace's name
   * @param digest the workspace file's digest
   * @param subject what it was about
   * @param opened when it began
   * @param closed when it ended; null while it runs, or where it was interrupted
   * @param decision its decision; NOT_RUN while {@code closed} is null
   * @param ending how it ended; null while {@code closed} is null
   * @param entries how many entries it has
   * @param labels what kind of run it is, where it is no plain one; unmodifiable
   */
  record RunSummary(
      String id,
      String workspace,
      String digest,
      Subject subject,
      Instant opened,
      @Nullable Instant closed,
      Decision decision,
      LedgerEntry.@Nullable Ending ending,
      long entries,
      Map<String, String> labels) {

    /** The label of a run that a monitor began, which names it. */
    public static final String MONITOR = "monitor";

    /** A plain run. */
    public RunSummary(
        String id,
        String workspace,
        String digest,
        Subject subject,
        Instant opened,
        @Nullable Instant closed,
        Decision decision,
        LedgerEntry.@Nullable Ending ending,
        long entries) {
      this(id, workspace, digest, subject, opened, closed, decision, ending, entries, Map.of());
    }

    /** The same run with another number of entries. */
    public RunSummary withEntries(long number) {
      return new RunSummary(
          id, workspace, digest, subject, opened, closed, decision, ending, number, labels);
    }

    /** The monitor that began it; null where no monitor did. */
    public @Nullable String monitor() {
      return labels.get(MONITOR);
    }
  }

  /**
   * The result of a verification.
   *
   * @param entries how many entries were read
   * @param artifacts how many artifacts were read
   * @param head the chain's last hash
   * @param damages what is wrong, one sentence each, naming the place; empty where all is well
   */
  record Verification(long entries, long artifacts, String head, List<String> damages) {
    /** Copies the list. */
    public Verification {
      damages = List.copyOf(damages);
    }

    /** Whether nothing is wrong. */
    public boolean sound() {
      return damages.isEmpty();
    }
  }
}
