package dev.assay.server.project;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Clock;
import dev.assay.server.project.HeardStore.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * When those runs of a project were heard of last that have not ended. One of which nothing comes
 * for a while is silent: for three times as long as its sender said it would be, or for half an
 * hour where it said nothing, since a check may be long and quiet. Only time in which this server
 * watched counts: while it was down, stopped or late, nobody could be heard. Thread-safe.
 */
final class HeardRuns {

  /** How often whoever drives it calls {@link #turn}. */
  static final Duration TURN = Duration.ofSeconds(2);

  /** A sender that says it comes again within some seconds says at most so many. */
  static final int MOST_AGAIN = 600;

  private static final int MISSED = 3;
  private static final Duration UNTOLD = Duration.ofMinutes(30);

  /** What is kept is that much behind, so that a run costs a row now and then only. */
  private static final Duration BEHIND = Duration.ofSeconds(15);

  /**
   * A run. Immutable.
   *
   * @param at when it was heard of last
   * @param watched the same in the time in which this server watched, in nanoseconds
   * @param again within how many seconds its sender comes again; 0 where it said nothing
   * @param silent whether it is silent
   */
  private record Heard(Instant at, long watched, int again, boolean silent) {

    long patience() {
      return again == 0 ? UNTOLD.toNanos() : Duration.ofSeconds((long) MISSED * again).toNanos();
    }

    Kept kept() {
      return new Kept(at, again, silent);
    }
  }

  private final Clock clock;
  private final HeardStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Heard> heard = new HashMap<>();

  /** As the store has them. */
  private final Map<String, Kept> kept;

  private final Set<String> over = new HashSet<>();

  /** How long it was watched up to the last turn, and when that was, in nanoseconds. */
  private long watched;

  private long last;

  /**
   * Those of before a start, which get all of their time again unless they were silent already.
   *
   * @param runs all runs of the project
   */
  HeardRuns(Clock clock, HeardStore store, List<RunSummary> runs) {
    this.clock = clock;
    this.store = store;
    this.kept = new HashMap<>(store.all());
    this.last = clock.nanos();
    over.addAll(kept.keySet());
    for (RunSummary run : runs) {
      if (run.closed() == null) {
        Kept before = kept.getOrDefault(run.id(), new Kept(opened(run), 0, false));
        heard.put(run.id(), new Heard(before.heard(), 0, before.again(), before.silent()));
        over.remove(run.id());
      }
    }
  }

  /** The clock of who runs it may be ahead of this one. */
  private Instant opened(RunSummary run) {
    Instant now = now();
    return run.opened().isAfter(now) ? now : run.opened();
  }

  /** As exact as it is kept, so that a start changes nothing of what is told. */
  private Instant now() {
    return clock.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Something came of a run that goes on.
   *
   * @param again within how many seconds its sender says to come again, 0 where it says nothing;
   *     null where it goes by what was said before
   * @return whether it was silent until now
   */
  boolean heard(String run, @Nullable Integer again) {
    lock.lock();
    try {
      Heard before = heard.get(run);
      int said =
          again != null ? Math.clamp(again, 0, MOST_AGAIN) : before == null ? 0 : before.again();
      heard.put(run, new Heard(now(), time(), said, false));
      over.remove(run);
      return before != null && before.silent();
    } finally {
      lock.unlock();
    }
  }

  /** A run has ended, or was taken away. */
  void ended(String run) {
    lock.lock();
    try {
      if (heard.remove(run) != null) {
        over.add(run);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Since when a run is silent; null where it is not. */
  @Nullable Instant silentSince(String run) {
    lock.lock();
    try {
      Heard one = heard.get(run);
      return one == null || !one.silent() ? null : one.at();
    } finally {
      lock.unlock();
    }
  }

  /** How many are silent. */
  long silent() {
    lock.lock();
    try {
      return heard.values().stream().filter(Heard::silent).count();
    } finally {
      lock.unlock();
    }
  }

  /** A while passed; returns the runs that are silent from now on. */
  List<String> turn() {
    lock.lock();
    try {
      watched = time();
      last = clock.nanos();
      List<String> fresh = new ArrayList<>();
      heard.replaceAll((run, one) -> {
        if (one.silent() || watched - one.watched() < one.patience()) {
          return one;
        }
        fresh.add(run);
        return new Heard(one.at(), one.watched(), one.again(), true);
      });
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  /** How long this server watched; a turn that comes late counts as two at the most. */
  private long time() {
    return watched + Math.clamp(clock.nanos() - last, 0, 2 * TURN.toNanos());
  }

  /** Keeps what changed; what cannot be kept now is kept at the next time. */
  void keep() {
    Map<String, Kept> fresh = new HashMap<>();
    Set<String> gone;
    lock.lock();
    try {
      heard.forEach((run, one) -> {
        Kept before = kept.get(run);
        if (before == null
            || before.silent() != one.silent()
            || before.again() != one.again()
            || Duration.between(before.heard(), one.at()).abs().compareTo(BEHIND) >= 0) {
          fresh.put(run, one.kept());
        }
      });
      over.retainAll(kept.keySet()); // of others nothing is there
      gone = new HashSet<>(over);
    } finally {
      lock.unlock();
    }
    store.write(fresh, gone);
    lock.lock();
    try {
      kept.putAll(fresh);
      kept.keySet().removeAll(gone);
      over.removeAll(gone);
    } finally {
      lock.unlock();
    }
  }
}
