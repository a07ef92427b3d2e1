package dev.assay.gateway.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times of the week in which nobody is to be disturbed: {@code 21:00-08:00}, {@code mon-fri
 * 21:00-08:00; sun 00:00-24:00}, {@code 22:00-07:00 Europe/Berlin}. A span belongs to the day on
 * which it begins. Without a zone the recipient's is meant. Immutable.
 *
 * @param spans in the order written
 */
public record QuietHours(List<Span> spans) {

  /** None. */
  public static final QuietHours NONE = new QuietHours(List.of());

  private static final int MOST_SPANS = 50;
  private static final int MINUTES_OF_DAY = 24 * 60;

  private static final Pattern SPAN =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z, -]*?)\\s+)?(\\d{1,2}:\\d{2})\\s*-\\s*(\\d{1,2}:\\d{2})(?:\\s+(\\S+))?");

  /**
   * One span.
   *
   * @param days on which it begins
   * @param from its first minute of that day, 0 to 1439
   * @param minutes how long it is, 1 to 1440
   * @param zone whose clock is meant, or null for the recipient's
   */
  public record Span(Set<DayOfWeek> days, int from, int minutes, @Nullable ZoneId zone) {
    /** Copies the set. */
    public Span {
      days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    /** The end of the span that a local time is in, or null where it is in none. */
    private @Nullable LocalDateTime end(LocalDateTime local) {
      for (int back = 0; back <= 1; back++) {
        LocalDateTime start =
            local.toLocalDate().minusDays(back).atTime(LocalTime.MIN).plusMinutes(from);
        LocalDateTime end = start.plusMinutes(minutes);
        if (days.contains(start.getDayOfWeek()) && !local.isBefore(start) && local.isBefore(end)) {
          return end;
        }
      }
      return null;
    }
  }

  /** Copies the list, and refuses spans that leave no minute of the week free. */
  public QuietHours {
    spans = List.copyOf(spans);
    if (spans.size() > MOST_SPANS) {
      throw new IllegalArgumentException("there are at most " + MOST_SPANS + " quiet spans");
    }
    if (!spans.isEmpty() && neverFree(spans)) {
      throw new IllegalArgumentException("the quiet hours leave no time of the week to send in");
    }
  }

  /**
   * Reads quiet hours; an empty text has none.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static QuietHours parse(String text) {
    List<Span> spans = new ArrayList<>();
    for (String part : text.split(";")) {
      if (!part.isBlank()) {
        spans.add(span(part.strip()));
      }
    }
    return new QuietHours(spans);
  }

  private static Span span(String text) {
    Matcher parts = SPAN.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' are no quiet hours; they look like mon-fri 21:00-08:00");
    }
    int from = minute(parts.group(2));
    int to = minute(parts.group(3));
    if (from == MINUTES_OF_DAY || from == to) {
      throw new IllegalArgumentException("'" + text + "' is empty; a whole day is 00:00-24:00");
    }
    String zone = parts.group(4);
    return new Span(
        parts.group(1) == null ? EnumSet.allOf(DayOfWeek.class) : days(parts.group(1)),
        from,
        to > from ? to - from : to - from + MINUTES_OF_DAY,
        zone == null ? null : Zones.named(zone));
  }

  private static int minute(String time) {
    String[] parts = time.split(":");
    int minute = Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
    if (minute > MINUTES_OF_DAY || Integer.parseInt(parts[1]) > 59) {
      throw new IllegalArgumentException("'" + time + "' is no time of a day");
    }
    return minute;
  }

  private static Set<DayOfWeek> days(String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",")) {
      String[] ends = part.split("-");
      if (ends.length > 2) {
        throw new IllegalArgumentException("'" + part.strip() + "' are no days");
      }
      DayOfWeek first = day(ends[0].strip());
      DayOfWeek last = day(ends[ends.length - 1].strip());
      for (DayOfWeek day = first; ; day = day.plus(1)) {
        days.add(day);
        if (day == last) {
          break;
        }
      }
    }
    return days;
  }

  private static DayOfWeek day(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (upper.length() >= 2 && day.name().startsWith(upper)) {
        return day;
      }
    }
    throw new IllegalArgumentException(
        "'" + name + "' is no day; they are mon, tue, wed, thu, fri, sat, sun");
  }

  /** By the minutes of one week, as if all spans had one zone; other zones leave as much. */
  private static boolean neverFree(List<Span> spans) {
    LocalDateTime monday = LocalDateTime.of(2001, 1, 1, 0, 0);
    LocalDateTime free = monday;
    boolean moved = true;
    while (moved && free.isBefore(monday.plusDays(8))) {
      moved = false;
      for (Span span : spans) {
        LocalDateTime end = span.end(free);
        if (end != null) {
          free = end;
          moved = true;
        }
      }
    }
    return moved;
  }

  /**
   * The first moment from that one on that is quiet in none of the zones in which a recipient may
   * be; where there is none for all of them within a week, the first that is free in the first.
   *
   * @param zones at least one
   */
  public Instant release(Instant moment, List<ZoneId> zones) {
    Instant free = moment;
    Instant limit = moment.plusSeconds(8L * 24 * 3600);
    while (free.isBefore(limit)) {
      Instant later = pass(free, zones);
      if (later.equals(free)) {
        return free;
      }
      free = later;
    }
    return zones.size() > 1 ? release(moment, zones.subList(0, 1)) : moment;
  }

  private Instant pass(Instant moment, List<ZoneId> zones) {
    Instant free = moment;
    for (Span span : spans) {
      for (ZoneId zone : span.zone() == null ? zones : List.of(span.zone())) {
        LocalDateTime end = span.end(LocalDateTime.ofInstant(free, zone));
        if (end != null) {
          free = after(free, end, zone);
        }
      }
    }
    return free;
  }

  /** The end of a span as a moment after that one: in an hour that comes twice, the second time. */
  private static Instant after(Instant moment, LocalDateTime end, ZoneId zone) {
    Instant first = Occurrences.moment(end, zone);
    return first.isAfter(moment) ? first : end.atZone(zone).withLaterOffsetAtOverlap().toInstant();
  }

  /** Whether that moment is quiet for a recipient. */
  public boolean quiet(Instant moment, List<ZoneId> zones) {
    return !pass(moment, zones).equals(moment);
  }
}
