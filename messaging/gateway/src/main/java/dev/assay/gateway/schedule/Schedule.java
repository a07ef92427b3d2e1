package dev.assay.gateway.schedule;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Nearest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a message is sent, as it is asked for in JSON:
 *
 * <pre>
 * {"at": "2026-12-24T17:00:00Z"}
 * {"at": "2026-12-24T18:00"}                                    in the recipient's zone
 * {"cron": "0 9 * * MON-FRI", "zone": "Europe/Berlin", "until": "2026-12-31T00:00:00Z"}
 * {"rrule": "FREQ=MONTHLY;BYDAY=-1FR", "start": "2026-12-01T09:00", "count": 12}
 * {"quiet": "21:00-08:00"}                                      now, but not at night
 * </pre>
 *
 * Immutable.
 *
 * @param at the moment or local time of one that comes once, or null
 * @param recurrence what comes again, or null
 * @param zones the sender's zone, or those in which the recipient may be, or the given default
 * @param quiet when not
 * @param until nothing after that, or null
 * @param count at most so many, or 0 where it does not end so
 */
public record Schedule(
    @Nullable Instant at,
    @Nullable Recurrence recurrence,
    List<ZoneId> zones,
    QuietHours quiet,
    @Nullable Instant until,
    long count) {

  private static final List<String> MEMBERS =
      List.of("at", "cron", "rrule", "start", "zone", "quiet", "until", "count");

  /** Copies the list. */
  public Schedule {
    zones = List.copyOf(zones);
  }

  /**
   * Reads a schedule.
   *
   * @param recipient whose zone is meant where none is named; his number, or anything else
   * @param otherwise the zone where the recipient's is not known either
   * @param now the start of what names none
   * @throws IllegalArgumentException with a sentence for people; likewise JsonException
   */
  public static Schedule read(Json.Obj from, String recipient, ZoneId otherwise, Instant now) {
    for (String member : from.members().keySet()) {
      if (!MEMBERS.contains(member)) {
        throw new IllegalArgumentException(
            "'" + member + "' is no part of a schedule: " + Nearest.mend(member, MEMBERS));
      }
    }
    List<ZoneId> zones = zones(from.findText("zone"), recipient, otherwise);
    String at = from.findText("at");
    String cron = from.findText("cron");
    String rule = from.findText("rrule");
    if ((at == null ? 0 : 1) + (cron == null ? 0 : 1) + (rule == null ? 0 : 1) > 1) {
      throw new IllegalArgumentException("a schedule has one of at, cron and rrule");
    }
    String quiet = from.findText("quiet");
    String until = from.findText("until");
    Json count = from.find("count");
    long most = count == null ? 0 : count.asWhole();
    if (most < 0) {
      throw new IllegalArgumentException("count is 1 or more, not " + most);
    }
    return new Schedule(
        at == null ? null : moment(at, zones.getFirst()),
        cron != null
            ? CronExpression.parse(cron)
            : rule == null ? null : RecurrenceRule.parse(rule, start(from, zones, now)),
        zones,
        quiet == null ? QuietHours.NONE : QuietHours.parse(quiet),
        until == null ? null : moment(until, zones.getFirst()),
        most);
  }

  private static LocalDateTime start(Json.Obj from, List<ZoneId> zones, Instant now) {
    String start = from.findText("start");
    return LocalDateTime.ofInstant(
        start == null ? now : moment(start, zones.getFirst()), zones.getFirst());
  }

  private static List<ZoneId> zones(@Nullable String named, String recipient, ZoneId otherwise) {
    if (named != null && !named.equals("recipient")) {
      return List.of(Zones.named(named));
    }
    List<ZoneId> own = Zones.ofNumber(recipient);
    if (own.contains(otherwise)) {
      return List.of(otherwise);
    }
    return own.isEmpty() ? List.of(otherwise) : own;
  }

  /**
   * A moment: with an offset or Z, or a local time in that zone.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static Instant moment(String text, ZoneId zone) {
    try {
      return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
    } catch (DateTimeException noOffset) {
      try {
        String padded = text.length() == 10 ? text + "T00:00" : text;
        return Occurrences.moment(LocalDateTime.parse(padded.replace(' ', 'T')), zone);
      } catch (DateTimeException wrong) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is no moment; they look like 2026-12-24T18:00 (local) and"
                + " 2026-12-24T17:00:00Z",
            wrong);
      }
    }
  }

  /** Whether it comes more than once. */
  public boolean recurs() {
    return recurrence != null;
  }

  /**
   * The next time that it is due.
   *
   * @param after of recurrences, those after that moment: when the last one was sent, so that what
   *     would have come in quiet hours comes once when they are over
   * @param sent how many came already
   */
  public Optional<Due> next(Instant after, long sent) {
    if (count > 0 && sent >= count) {
      return Optional.empty();
    }
    Recurrence again = recurrence;
    if (again == null) {
      return sent > 0 ? Optional.empty() : Optional.of(due(at == null ? after : at));
    }
    return new Occurrences(again, zones.getFirst())
        .next(after)
        .filter(moment -> until == null || !moment.isAfter(until))
        .map(this::due);
  }

  private Due due(Instant planned) {
    return new Due(planned, quiet.release(planned, zones));
  }

  /**
   * When something is sent.
   *
   * @param planned by its rule
   * @param at after quiet hours are over; the same where there are none
   */
  public record Due(Instant planned, Instant at) {}
}
