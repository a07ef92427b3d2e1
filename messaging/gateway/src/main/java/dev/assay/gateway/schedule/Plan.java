package dev.assay.gateway.schedule;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of one schedule: what of it was sent, and what comes next. Immutable; each change gives
 * another.
 *
 * @param schedule when
 * @param state where it is
 * @param sent how many were sent
 * @param next when it is due next; null where it is not active
 */
public record Plan(Schedule schedule, State state, long sent, @Nullable Instant next) {

  /** Where a plan is. */
  public enum State {
    /** It will send. */
    ACTIVE,
    /** It sends nothing until it is resumed; what it misses meanwhile is not made up for. */
    PAUSED,
    /** It was cancelled. */
    CANCELLED,
    /** All was sent. */
    DONE;

    /** As the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A new one. */
  public static Plan begin(Schedule schedule, Instant now) {
    return active(schedule, now, 0);
  }

  private static Plan active(Schedule schedule, Instant after, long sent) {
    Optional<Schedule.Due> due = schedule.next(after, sent);
    return due.isEmpty()
        ? new Plan(schedule, State.DONE, sent, null)
        : new Plan(schedule, State.ACTIVE, sent, due.get().at());
  }

  /** Whether something is to be sent at that moment. */
  public boolean due(Instant now) {
    return next != null && !next.isAfter(now);
  }

  /**
   * After one was sent. What was missed before, because nobody was there to send, is not made up
   * for: one late message stands for all.
   */
  public Plan sent(Instant now) {
    Instant was = next;
    if (was == null) {
      throw new IllegalStateException("nothing was due");
    }
    return active(schedule, now.isAfter(was) ? now : was, sent + 1);
  }

  /**
   * Stops it for a while.
   *
   * @throws IllegalArgumentException where it is over
   */
  public Plan pause() {
    refuseOver("paused");
    return new Plan(schedule, State.PAUSED, sent, null);
  }

  /**
   * Lets it go on. One that comes once, and whose moment is over, is due at once.
   *
   * @throws IllegalArgumentException where it is over
   */
  public Plan resume(Instant now) {
    refuseOver("resumed");
    return state == State.ACTIVE ? this : active(schedule, now, sent);
  }

  /**
   * Ends it.
   *
   * @throws IllegalArgumentException where all was sent already
   */
  public Plan cancel() {
    if (state == State.DONE) {
      refuseOver("cancelled");
    }
    return new Plan(schedule, State.CANCELLED, sent, null);
  }

  private void refuseOver(String wanted) {
    if (state == State.DONE || state == State.CANCELLED) {
      throw new IllegalArgumentException(
          "it is " + state.word() + " and cannot be " + wanted + " any more");
    }
  }
}
