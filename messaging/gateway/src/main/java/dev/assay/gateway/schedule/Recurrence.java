package dev.assay.gateway.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Local times that come again, as a clock on a wall shows them. What moments these are in a zone
 * {@link Occurrences} tells. Immutable.
 */
public sealed interface Recurrence permits CronExpression, RecurrenceRule {

  /** The first of its local times after that one, in whole seconds; null where there is none. */
  @Nullable LocalDateTime next(LocalDateTime after);

  /**
   * Whether it counts elapsed time rather than naming times of a day, and so goes on in an hour
   * that comes twice.
   */
  boolean everyHour();

  /** The zone that it names itself. */
  default Optional<ZoneId> zone() {
    return Optional.empty();
  }

  /** Whether that moment is left out, though it is one of its times. */
  default boolean excludes(Instant moment) {
    return false;
  }

  /** Whether nothing comes at that moment or later. */
  default boolean endedBefore(Instant moment) {
    return false;
  }

  /**
   * Reads a recurrence: a cron expression of five or six fields or {@code @daily} and its kin, or a
   * rule of RFC 5545 with {@code RRULE:} or {@code FREQ=} in it.
   *
   * @param start the first local time of a rule that names no DTSTART
   * @throws IllegalArgumentException with a sentence for people
   */
  static Recurrence parse(String text, LocalDateTime start) {
    String upper = text.strip().toUpperCase(java.util.Locale.ROOT);
    return upper.contains("FREQ=") || upper.contains("RRULE:") || upper.startsWith("DTSTART")
        ? RecurrenceRule.parse(text, start)
        : CronExpression.parse(text);
  }
}
