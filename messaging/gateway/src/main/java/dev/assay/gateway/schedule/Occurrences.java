package dev.assay.gateway.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The moments of a recurrence in a zone, by one rule for days on which clocks are changed:
 *
 * <ul>
 *   <li>a local time that the change leaves out comes once, at the first moment after the gap;
 *       several that are left out come together as one;
 *   <li>a local time that comes twice is meant the first time; only what recurs through all hours
 *       ({@link Recurrence#everyHour}) goes on in the second of the two hours, too.
 * </ul>
 *
 * <p>RFC 5545, section 3.3.5, moves a left-out time of day by the length of the gap (02:30 becomes
 * 03:30); here it comes at 03:00, so that no later time of that day is overtaken. Immutable.
 */
public final class Occurrences {

  /** Local times that one search passes over before it gives up; an hour has 3,600. */
  private static final int MOST_TRIES = 200_000;

  private static final Duration LONGEST_CHANGE = Duration.ofHours(25);

  private final Recurrence recurrence;
  private final ZoneRules rules;

  /**
   * Those of a recurrence.
   *
   * @param zone the zone, unless the recurrence names its own
   */
  public Occurrences(Recurrence recurrence, ZoneId zone) {
    this.recurrence = recurrence;
    this.rules = recurrence.zone().orElse(zone).getRules();
  }

  /** The first moment after that one; empty where there is none. */
  public Optional<Instant> next(Instant after) {
    Instant from = after;
    for (int i = 0; i < MOST_TRIES; i++) {
      Instant found = candidate(from);
      if (found == null || recurrence.endedBefore(found)) {
        return Optional.empty();
      }
      if (!recurrence.excludes(found)) {
        return Optional.of(found);
      }
      from = found;
    }
    return Optional.empty();
  }

  /** The first moments after that one, at most so many. */
  public List<Instant> next(Instant after, int count) {
    List<Instant> all = new ArrayList<>();
    Instant from = after;
    while (all.size() < count) {
      Optional<Instant> found = next(from);
      if (found.isEmpty()) {
        break;
      }
      from = found.get();
      all.add(from);
    }
    return all;
  }

  private @Nullable Instant candidate(Instant after) {
    Instant once = once(after);
    Instant again = recurrence.everyHour() ? again(after, once) : null;
    if (once == null || again == null) {
      return once == null ? again : once;
    }
    return again.isBefore(once) ? again : once;
  }

  /** The next where each local time comes once. */
  private @Nullable Instant once(Instant after) {
    LocalDateTime local = LocalDateTime.ofInstant(after, rules.getOffset(after));
    for (int i = 0; i < MOST_TRIES; i++) {
      local = recurrence.next(local);
      if (local == null) {
        return null;
      }
      Instant moment = moment(local, rules);
      if (moment.isAfter(after)) {
        return moment;
      }
      ZoneOffsetTransition change = rules.getTransition(local);
      if (change != null && change.isOverlap()) {
        local = change.getDateTimeBefore().minusNanos(1); // all of the hour came already
      }
    }
    return null;
  }

  /** The next in the second pass of local times that come twice, if it is before that moment. */
  private @Nullable Instant again(Instant after, @Nullable Instant before) {
    ZoneOffsetTransition change = rules.previousTransition(after.plusNanos(1));
    if (change == null
        || Duration.between(change.getInstant(), after).compareTo(LONGEST_CHANGE) > 0) {
      change = rules.nextTransition(after);
    }
    for (int i = 0; i < 2 && change != null; i++) {
      if (before != null && change.getInstant().isAfter(before)) {
        return null;
      }
      Instant found = change.isOverlap() ? inSecondPass(change, after) : null;
      if (found != null) {
        return found;
      }
      change = rules.nextTransition(change.getInstant());
    }
    return null;
  }

  private @Nullable Instant inSecondPass(ZoneOffsetTransition change, Instant after) {
    LocalDateTime start = change.getDateTimeAfter().minusNanos(1);
    LocalDateTime local = LocalDateTime.ofInstant(after, change.getOffsetAfter());
    LocalDateTime found = recurrence.next(local.isAfter(start) ? local : start);
    return found != null && found.isBefore(change.getDateTimeBefore())
        ? found.toInstant(change.getOffsetAfter())
        : null;
  }

  /** The moment of a local time by the rule of this class. */
  static Instant moment(LocalDateTime local, ZoneRules rules) {
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    if (!offsets.isEmpty()) {
      return local.toInstant(offsets.getFirst());
    }
    return rules.getTransition(local).getInstant();
  }

  /** The moment of a local time in a zone: the first of two, the end of a gap. */
  public static Instant moment(LocalDateTime local, ZoneId zone) {
    return moment(local, zone.getRules());
  }
}
