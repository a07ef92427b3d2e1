package dev.assay.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when the steady state came back after each disturbance: the first moment on the grid,
 * from the end of the last of overlapping faults on, from which it holds for a whole window. Pure
 * in its clock: it is told the time. Not thread-safe.
 */
final class RecoveryWatch {

  /**
   * One disturbance.
   *
   * @param name of its faults
   * @param end when the last of them ended
   * @param recovery how long until the steady state held again; how long it was waited for where it
   *     did not
   * @param came whether it came back
   */
  record Recovery(String name, Instant end, Duration recovery, boolean came) {}

  private static final class Disturbance {
    private final List<String> names = new ArrayList<>();
    private @Nullable Instant end;
    private @Nullable Instant next;
    private @Nullable Instant limit;
    private @Nullable Duration recovery;
    private boolean over;
  }

  private final BiPredicate<Instant, Instant> held;
  private final Duration window;
  private final Duration allowed;
  private final Timing timing;
  private final List<Disturbance> disturbances = new ArrayList<>();

  /**
   * A watch.
   *
   * @param held whether the steady state held from one moment to another
   * @param window how long it must hold
   * @param allowed how long it is waited for
   */
  RecoveryWatch(
      BiPredicate<Instant, Instant> held, Duration window, Duration allowed, Timing timing) {
    this.held = held;
    this.window = window;
    this.allowed = allowed;
    this.timing = timing;
  }

  /** A fault begins. */
  void begin(String name, Instant now) {
    Disturbance current = disturbances.isEmpty() ? null : disturbances.getLast();
    if (current == null || current.end != null) {
      if (current != null && !current.over) {
        current.limit = now;
      }
      current = new Disturbance();
      disturbances.add(current);
    }
    current.names.add(name);
  }

  /** No fault lasts any more; the last one ended then. */
  void calm(Instant end) {
    if (!disturbances.isEmpty() && disturbances.getLast().end == null) {
      disturbances.getLast().end = end;
      disturbances.getLast().next = end;
    }
  }

  /** Looks at what can be known by now. */
  void look(Instant now) {
    for (Disturbance one : disturbances) {
      while (!one.over && one.end != null && one.next != null && known(one.next, now)) {
        step(one, one.end, one.next);
      }
    }
  }

  private boolean known(Instant from, Instant now) {
    return !from.plus(window).plus(timing.lag()).isAfter(now);
  }

  private void step(Disturbance one, Instant end, Instant from) {
    Duration waited = Duration.between(end, from);
    Instant limit = one.limit;
    if (limit != null && from.plus(window).isAfter(limit)) {
      one.over = true; // the next fault came first, so nobody knows
    } else if (held.test(from, from.plus(window))) {
      one.recovery = waited;
      one.over = true;
    } else if (waited.compareTo(allowed) >= 0) {
      one.over = true;
    } else {
      one.next = from.plus(timing.grid());
    }
  }

  /** Whether all disturbances have been seen to their end. */
  boolean settled() {
    return disturbances.stream().allMatch(one -> one.over);
  }

  /** What was found of each disturbance that was not cut short by the next. */
  List<Recovery> recoveries() {
    List<Recovery> all = new ArrayList<>();
    for (Disturbance one : disturbances) {
      Instant end = one.end;
      Duration recovery = one.recovery;
      if (end != null && (recovery != null || one.limit == null)) {
        all.add(
            new Recovery(
                String.join(" + ", one.names),
                end,
                recovery == null ? allowed : recovery,
                recovery != null));
      }
    }
    return all;
  }

  /** The names of disturbances after which the next came too soon. */
  List<String> cut() {
    return disturbances.stream()
        .filter(one -> one.end != null && one.recovery == null && one.limit != null)
        .map(one -> String.join(" + ", one.names))
        .toList();
  }
}
