package dev.assay.server.project;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.problem.ProblemException;
import dev.assay.core.report.RunReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The runs of one project: a ledger, the list of its runs in memory (some 500 bytes a run), and
 * those who want to hear of what comes. Thread-safe.
 */
public final class ProjectRuns implements AutoCloseable {

  private final Ledger ledger;
  private final ReentrantLock lock = new ReentrantLock();

  /** By id, the oldest first. */
  private final Map<String, RunSummary> known = new LinkedHashMap<>();

  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, List<Consumer<LedgerEntry>>> followers = new ConcurrentHashMap<>();
  private final ReentrantLock[] uploads = new ReentrantLock[64];

  ProjectRuns(Ledger ledger) {
    this.ledger = ledger;
    for (int i = 0; i < uploads.length; i++) {
      uploads[i] = new ReentrantLock();
    }
    for (RunSummary run : ledger.runs(Integer.MAX_VALUE).reversed()) {
      known.put(run.id(), run);
    }
  }

  /** The ledger, to read and to keep artifacts in. */
  public Ledger ledger() {
    return ledger;
  }

  /** Those that began in some way. */
  public List<RunSummary> newestFirst(Began began) {
    List<RunSummary> all = newestFirst();
    all.removeIf(run -> !began.wants(run));
    return all;
  }

  /** All of them, also what monitors began. */
  public List<RunSummary> newestFirst() {
    lock.lock();
    try {
      return new ArrayList<>(known.values()).reversed();
    } finally {
      lock.unlock();
    }
  }

  /** Those of the runs that are wanted, the newest first. */
  public RunPage page(RunFilter filter) {
    List<RunSummary> page = new ArrayList<>();
    boolean begun = filter.before() == null;
    boolean more = false;
    int all = 0;
    for (RunSummary run : newestFirst()) {
      all += filter.began().wants(run) ? 1 : 0;
      if (begun && filter.wants(run)) {
        more |= page.size() == filter.limit();
        if (!more) {
          page.add(run);
        }
      }
      begun |= run.id().equals(filter.before());
    }
    return new RunPage(page, more ? page.getLast().id() : null, all);
  }

  /** All runs, the newest first. */
  public List<RunSummary> all() {
    lock.lock();
    try {
      return new ArrayList<>(known.values()).reversed();
    } finally {
      lock.unlock();
    }
  }

  /** How many runs there are. */
  int count() {
    lock.lock();
    try {
      return known.size();
    } finally {
      lock.unlock();
    }
  }

  /** The run of exactly that id. */
  public Optional<RunSummary> find(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(known.get(id));
    } finally {
      lock.unlock();
    }
  }

  /** All that is known of a run. */
  public RunReport report(RunSummary run) {
    return RunReport.read(ledger, run);
  }

  /**
   * Takes entries of a run, durably: those that are there already are passed over, so that whoever
   * was interrupted sends from where it likes.
   *
   * @param from the place of the first of them in the run, from 0
   * @return how many entries the run has now
   * @throws GapException if entries before the first are missing; nothing was taken
   * @throws ProblemException if an entry is out of place or could not be written
   */
  public long take(String run, long from, List<LedgerEntry> entries) throws GapException {
    ReentrantLock upload = uploads[Math.floorMod(run.hashCode(), uploads.length)];
    upload.lock();
    try {
      long there = find(run).map(RunSummary::entries).orElse(0L);
      if (from > there) {
        throw new GapException(there);
      }
      int skipped = (int) Math.min(there - from, entries.size());
      List<LedgerEntry> fresh = entries.subList(skipped, entries.size());
      append(run, fresh);
      followers.getOrDefault(run, List.of()).forEach(fresh::forEach);
      if (!fresh.isEmpty()) {
        refresh(run);
      }
      return there + fresh.size();
    } finally {
      upload.unlock();
    }
  }

  /** Takes away what a run says, for good; empty where there is none. */
  public Optional<Receipt> erase(String run, String why, Instant at) {
    ReentrantLock upload = uploads[Math.floorMod(run.hashCode(), uploads.length)];
    upload.lock();
    try {
      Optional<Receipt> erased = ledger.erase(run, why, at);
      lock.lock();
      try {
        known.remove(run);
      } finally {
        lock.unlock();
      }
      return erased;
    } finally {
      upload.unlock();
    }
  }

  private void append(String run, List<LedgerEntry> entries) {
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      receipts.add(ledger.append(run, entry));
    }
    try {
      receipts.forEach(CompletableFuture::join);
    } catch (CompletionException failed) {
      refresh(run);
      throw failed.getCause() instanceof ProblemException problem ? problem : failed;
    }
  }

  private void refresh(String run) {
    ledger
        .find(run)
        .filter(summary -> summary.id().equals(run))
        .ifPresent(summary -> {
          lock.lock();
          try {
            known.put(run, summary);
          } finally {
            lock.unlock();
          }
          listeners.forEach(listener -> listener.accept(run));
        });
  }

  /**
   * Gives every entry of a run, in order: those that are there, then each that comes, on the thread
   * that brings it, until it is closed.
   */
  public AutoCloseable follow(String run, Consumer<LedgerEntry> follower) {
    ReentrantLock upload = uploads[Math.floorMod(run.hashCode(), uploads.length)];
    upload.lock();
    try {
      ledger.read(run, stored -> follower.accept(stored.entry()));
      followers.computeIfAbsent(run, _ -> new CopyOnWriteArrayList<>()).add(follower);
    } finally {
      upload.unlock();
    }
    return () ->
        followers.computeIfPresent(
            run,
            (_, others) -> {
              others.remove(follower);
              return others.isEmpty() ? null : others;
            });
  }

  /**
   * Hears of each run that something came of, on the thread that brought it, until it is closed.
   */
  public AutoCloseable listen(Consumer<String> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
