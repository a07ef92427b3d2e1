package dev.assay.server.project;

import static dev.assay.api.problem.ProblemKind.ENVIRONMENT;

import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunErased;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.ledger.LedgerEntry.RunResumed;
import dev.assay.api.problem.ProblemException;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.StoredReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one project: a ledger, the list of its runs in memory (some 500 bytes a run), and
 * those who want to hear of what comes. Thread-safe.
 */
public final class ProjectRuns implements AutoCloseable {

  private static final int PORTION = 1_000;
  private static final int CHOICE = 500;

  private final Supplier<Ledger> opening;
  private final Entrance entrance;
  private volatile Ledger ledger;

  /** A ledger that failed to write once refuses for good, and is opened anew. */
  private volatile @Nullable Ledger failed;

  private final ReentrantLock reopening = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();

  /** By id, the oldest first. */
  private final Map<String, RunSummary> known = new LinkedHashMap<>();

  private final HeardRuns heard;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> silences = new CopyOnWriteArrayList<>();
  private final Map<String, List<Following>> followers = new ConcurrentHashMap<>();
  private final ReentrantLock[] uploads = new ReentrantLock[64];

  /** Asked before anything is taken, with how many runs begin, how many entries, how many bytes. */
  interface Entrance {
    Admission.Pass admit(long runs, long entries, long bytes);
  }

  ProjectRuns(
      Supplier<Ledger> opening, Entrance entrance, Function<List<RunSummary>, HeardRuns> hearing) {
    this.opening = opening;
    this.entrance = entrance;
    this.ledger = opening.get();
    for (int i = 0; i < uploads.length; i++) {
      uploads[i] = new ReentrantLock();
    }
    List<RunSummary> all = ledger.runs(Integer.MAX_VALUE);
    this.heard = hearing.apply(all);
    for (RunSummary run : all.reversed()) {
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
      if (begun && filter.wants(run, state(run))) {
        more |= page.size() == filter.limit();
        if (!more) {
          page.add(run);
        }
      }
      begun |= run.id().equals(filter.before());
    }
    return new RunPage(page, more ? page.getLast().id() : null, all);
  }

  /** The branches of the newest runs, to choose from. */
  public List<String> branches() {
    return choice(run -> run.subject().branch());
  }

  /** Where the newest runs ran, to choose from. */
  public List<String> environments() {
    return choice(run -> run.subject().environment());
  }

  private List<String> choice(Function<RunSummary, @Nullable String> name) {
    return newestFirst().stream()
        .limit(CHOICE)
        .flatMap(run -> Stream.ofNullable(name.apply(run)))
        .distinct()
        .sorted()
        .toList();
  }

  /** How many runs there are. */
  public int count() {
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

  /** How far a run is. */
  public RunState state(RunSummary run) {
    return run.closed() != null
        ? RunState.ENDED
        : heard.silentSince(run.id()) == null ? RunState.RUNNING : RunState.SILENT;
  }

  /** Since when nothing was heard of a run that is silent; null for any other. */
  public @Nullable Instant silentSince(String run) {
    return heard.silentSince(run);
  }

  /** How many runs are silent. */
  long silent() {
    return heard.silent();
  }

  /**
   * The sender of a run was heard, whether or not it had anything to say; of a run that is not
   * there, or has ended, nothing is noted.
   *
   * @param again within how many seconds it says to come again, also when it has nothing to say; 0
   *     where it says nothing of that, null where it goes by what it said before
   */
  public void heard(String run, @Nullable Integer again) {
    boolean goesOn = find(run).filter(known -> known.closed() == null).isPresent();
    if (goesOn && heard.heard(run, again)) {
      silences.forEach(listener -> listener.accept(run));
    }
  }

  /** A while passed: those of which nothing was heard are silent from now on. */
  void watch() {
    for (String run : heard.turn()) {
      silences.forEach(listener -> listener.accept(run));
    }
    heard.keep();
  }

  /** All that is known of a run; of very many outcomes those that need attention. */
  public RunReport report(RunSummary run) {
    return stored(run).gravest();
  }

  /** The same, from which all outcomes can be written, too. */
  public StoredReport stored(RunSummary run) {
    return StoredReport.read(ledger, run);
  }

  /**
   * Takes entries of a run, durably: those that are there already are passed over, so that whoever
   * was interrupted sends from where it likes.
   *
   * @param from the place of the first of them in the run, from 0
   * @return how many entries the run has now
   * @throws GapException if entries before the first are missing; nothing was taken
   * @throws RuntimeException as {@link Admission} has it, if the project has no room for them;
   *     nothing was taken
   * @throws ProblemException if an entry is out of place or could not be written
   */
  public long take(String run, long from, List<EncodedEntry> entries) throws GapException {
    ReentrantLock upload = uploads[Math.floorMod(run.hashCode(), uploads.length)];
    upload.lock();
    try {
      Ledger open = writable(); // before it is asked what is there
      long there = find(run).map(RunSummary::entries).orElse(0L);
      if (from > there) {
        throw new GapException(there);
      }
      heard(run, null);
      int skipped = (int) Math.min(there - from, entries.size());
      List<EncodedEntry> fresh = entries.subList(skipped, entries.size());
      if (!fresh.isEmpty()) {
        try (Admission.Pass _ = entrance.admit(begin(fresh), fresh.size(), size(fresh))) {
          append(open, run, fresh);
        }
        followers
            .getOrDefault(run, List.of())
            .forEach(follower -> fresh.forEach(entry -> follower.accept(entry.entry())));
        took(run, fresh, there + fresh.size());
      }
      return there + fresh.size();
    } finally {
      upload.unlock();
    }
  }

  private static long begin(List<EncodedEntry> entries) {
    return entries.getFirst().entry() instanceof RunOpened ? 1 : 0;
  }

  private static long size(List<EncodedEntry> entries) {
    long bytes = 0;
    for (EncodedEntry entry : entries) {
      bytes += entry.bytes().length;
    }
    return bytes;
  }

  /**
   * Takes a run that is known from its beginning to its end, in portions; where there is no room
   * for all of it, nothing.
   *
   * @see #take
   */
  public void takeWhole(String run, List<LedgerEntry> entries) throws GapException {
    // each portion is asked for again; that there is room for all of them is seen before
    long bytes = 0;
    for (int from = 0; from < entries.size(); from += PORTION) {
      bytes += size(portion(entries, from));
    }
    entrance.admit(find(run).isEmpty() ? 1 : 0, entries.size(), bytes).close();
    for (int from = 0; from < entries.size(); from += PORTION) {
      long _ = take(run, from, portion(entries, from));
    }
  }

  private static List<EncodedEntry> portion(List<LedgerEntry> entries, int from) {
    return entries.subList(from, Math.min(entries.size(), from + PORTION)).stream()
        .map(EncodedEntry::of)
        .toList();
  }

  /** Takes away what a run says, for good; empty where there is none. */
  public Optional<Receipt> erase(String run, String why, Instant at) {
    ReentrantLock upload = uploads[Math.floorMod(run.hashCode(), uploads.length)];
    upload.lock();
    try {
      Optional<Receipt> erased = writable().erase(run, why, at);
      lock.lock();
      try {
        known.remove(run);
        heard.ended(run);
      } finally {
        lock.unlock();
      }
      return erased;
    } finally {
      upload.unlock();
    }
  }

  private void append(Ledger open, String run, List<EncodedEntry> entries) {
    try {
      var _ = open.appendAll(run, entries).join();
    } catch (CompletionException broken) {
      ProblemException problem = broken.getCause() instanceof ProblemException known ? known : null;
      if (problem != null && problem.problems().getFirst().type().kind() != ENVIRONMENT) {
        refresh(run); // one of them was out of place, those before it are there
        throw problem;
      }
      failed = open;
      throw problem == null ? broken : problem;
    }
  }

  /**
   * The ledger, opened anew where it failed to write: the disk may have room again, the database
   * may be back.
   *
   * @throws ProblemException if it still cannot be used; what there is can be read all the same
   */
  private Ledger writable() {
    Ledger now = ledger;
    if (!now.equals(failed)) {
      return now;
    }
    reopening.lock();
    try {
      if (ledger.equals(failed)) {
        Ledger old = ledger;
        Ledger fresh = opening.get();
        // of a batch that failed some may be there all the same
        fresh.runs(Integer.MAX_VALUE).forEach(this::know);
        ledger = fresh;
        failed = null;
        old.close();
      }
      return ledger;
    } finally {
      reopening.unlock();
    }
  }

  private void know(RunSummary run) {
    lock.lock();
    try {
      known.put(run.id(), run);
      if (run.closed() != null) {
        heard.ended(run.id());
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is said of a run in lists changes where it begins and ends; else it only grows. */
  private void took(String run, List<EncodedEntry> entries, long there) {
    RunSummary before = find(run).orElse(null);
    if (before == null || entries.stream().anyMatch(ProjectRuns::bounds)) {
      refresh(run);
    } else {
      know(before.withEntries(there));
      listeners.forEach(listener -> listener.accept(run));
    }
  }

  private static boolean bounds(EncodedEntry encoded) {
    return switch (encoded.entry()) {
      case RunOpened _, RunResumed _, RunClosed _, RunErased _ -> true;
      case CheckOpened _, Recorded _, CheckClosed _, Judged _ -> false;
    };
  }

  private void refresh(String run) {
    ledger
        .find(run)
        .filter(summary -> summary.id().equals(run))
        .ifPresent(summary -> {
          know(summary);
          listeners.forEach(listener -> listener.accept(run));
        });
  }

  /**
   * Gives every entry of a run, in order: those that are there, on this thread, then each that
   * comes, on the thread that brings it, until it is closed. Nobody who brings entries waits while
   * those that are there are read.
   */
  public AutoCloseable follow(String run, Consumer<LedgerEntry> follower) {
    ReentrantLock upload = uploads[Math.floorMod(run.hashCode(), uploads.length)];
    Following following = new Following(follower);
    long[] left = {0};
    upload.lock();
    try {
      left[0] = find(run).map(RunSummary::entries).orElse(0L);
      followers.computeIfAbsent(run, _ -> new CopyOnWriteArrayList<>()).add(following);
    } finally {
      upload.unlock();
    }
    try {
      ledger.read(
          run,
          stored -> {
            // what is behind them came after the lock, and waits already
            if (left[0]-- > 0) {
              follower.accept(stored.entry());
            }
          });
      following.caughtUp();
    } catch (RuntimeException unreadable) {
      leave(run, following);
      throw unreadable;
    }
    return () -> leave(run, following);
  }

  private void leave(String run, Following following) {
    followers.computeIfPresent(
        run,
        (_, others) -> {
          others.remove(following);
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

  /**
   * Hears of each run that falls silent, and of each that is heard of again, on the thread that
   * finds it out, until it is closed.
   */
  public AutoCloseable listenForSilence(Consumer<String> listener) {
    silences.add(listener);
    return () -> silences.remove(listener);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
