package dev.assay.store;

import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.ledger.LedgerEntry.RunResumed;
import dev.assay.api.verdict.Decision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A ledger of runs that nobody asks for once this process has ended, so that nothing has to be
 * opened or written before they begin. It keeps the contract but for durability; {@link #copy} puts
 * a run into a ledger that lasts. Thread-safe.
 */
public final class MemoryLedger implements Ledger {

  private static final String TENANT = "memory";

  private final Chain chain = new Chain();
  private final Map<String, List<Stored>> runs = new LinkedHashMap<>();
  private final ArtifactFolder artifacts;
  private byte[] head = Chain.genesis();
  private long entries;
  private boolean closed;

  /**
   * A new, empty one.
   *
   * @param folder where artifacts go; created when there is the first one
   */
  public MemoryLedger(Path folder) {
    this.artifacts = new ArtifactFolder(folder.resolve("artifacts"));
  }

  @Override
  public synchronized CompletableFuture<Receipt> append(String run, LedgerEntry entry) {
    boolean opens = entry instanceof RunOpened;
    if (closed || opens == runs.containsKey(run)) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              closed ? "the ledger is closed" : "run '" + run + "' is opened once, first"));
    }
    byte[] body = EncodedEntry.of(entry).bytes();
    entries++;
    head = chain.next(head, entries, TENANT, run, body);
    String hash = HexFormat.of().formatHex(head);
    runs.computeIfAbsent(run, _ -> new ArrayList<>()).add(new Stored(entries, hash, entry));
    return CompletableFuture.completedFuture(new Receipt(entries, hash));
  }

  @Override
  public synchronized List<RunSummary> runs(int limit) {
    List<RunSummary> summaries = new ArrayList<>();
    runs.forEach((run, stored) -> summaries.addFirst(summary(run, stored)));
    return List.copyOf(summaries.subList(0, Math.min(limit, summaries.size())));
  }

  private static RunSummary summary(String run, List<Stored> stored) {
    if (!(stored.getFirst().entry() instanceof RunOpened opened)) {
      throw new IllegalStateException("a run begins with its opening");
    }
    RunClosed end = null;
    for (Stored one : stored) {
      end = end(one.entry(), end);
    }
    return new RunSummary(
        run,
        opened.workspace(),
        opened.digest(),
        opened.subject(),
        opened.at(),
        end == null ? null : end.at(),
        end == null ? Decision.NOT_RUN : end.decision(),
        end == null ? null : end.ending(),
        stored.size(),
        opened.labels());
  }

  private static @Nullable RunClosed end(LedgerEntry entry, @Nullable RunClosed before) {
    return switch (entry) {
      case RunClosed close -> close;
      case RunResumed _ -> null;
      default -> before;
    };
  }

  @Override
  public synchronized Optional<RunSummary> find(String idOrPrefix) {
    List<RunSummary> known = runs(Integer.MAX_VALUE);
    List<RunSummary> found = known.stream().filter(run -> run.id().startsWith(idOrPrefix)).toList();
    return known.stream()
        .filter(run -> run.id().equals(idOrPrefix))
        .findFirst()
        .or(() -> found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty());
  }

  @Override
  public void read(String run, Consumer<Stored> entries) {
    List<Stored> copy;
    synchronized (this) {
      copy = List.copyOf(runs.getOrDefault(run, List.of()));
    }
    copy.forEach(entries);
  }

  @Override
  public synchronized Verification verify() {
    return new Verification(entries, 0, HexFormat.of().formatHex(head), List.of());
  }

  @Override
  public StoredArtifact store(Path file) {
    return artifacts.store(file);
  }

  @Override
  public Optional<Path> artifact(String sha256) {
    return artifacts.find(sha256);
  }

  /**
   * Appends a whole run, with its artifacts, to a ledger that lasts, and waits until it is durable.
   *
   * @throws dev.assay.api.problem.ProblemException if it cannot be written there
   */
  public void copy(String run, Ledger into) {
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    read(
        run,
        stored -> {
          if (stored.entry() instanceof LedgerEntry.Recorded recorded
              && recorded.evidence() instanceof dev.assay.api.evidence.Artifact artifact) {
            artifact(artifact.sha256()).ifPresent(into::store);
          }
          receipts.add(into.append(run, stored.entry()));
        });
    try {
      receipts.forEach(CompletableFuture::join);
    } catch (CompletionException broken) {
      if (broken.getCause() instanceof dev.assay.api.problem.ProblemException problem) {
        throw problem;
      }
      throw broken;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
