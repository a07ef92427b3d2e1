package dev.assay.observe.alert;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/**
 * A part of the calendar, as in Alertmanager's {@code time_intervals}. All that is written must
 * hold; of each, one range is enough. Immutable.
 */
final class TimeInterval {

  private static final List<String> WEEKDAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private record Range(int from, int to) {
    boolean has(int value) {
      return from <= value && value <= to;
    }
  }

  private final List<Range> times;
  private final List<Range> weekdays;
  private final List<Range> days;
  private final List<Range> months;
  private final List<Range> years;
  private final ZoneId zone;

  /**
   * Of what is written.
   *
   * @throws IllegalArgumentException with a sentence for people, if it is none
   */
  TimeInterval(AlertingFile.Interval written) {
    times =
        written.times().stream()
            .map(time -> {
              Range range = new Range(minute(time.startTime()), minute(time.endTime()) - 1);
              if (range.to() < range.from()) {
                throw new IllegalArgumentException(
                    "a time ends at " + time.endTime() + ", before it starts");
              }
              return range;
            })
            .toList();
    weekdays = written.weekdays().stream().map(text -> named(text, WEEKDAYS, 0)).toList();
    days = written.daysOfMonth().stream().map(TimeInterval::numbers).toList();
    months = written.months().stream().map(text -> named(text, MONTHS, 1)).toList();
    years = written.years().stream().map(TimeInterval::numbers).toList();
    String location = written.location();
    zone = location == null ? ZoneOffset.UTC : zone(location);
  }

  private static ZoneId zone(String name) {
    try {
      return name.equals("Local") ? ZoneId.systemDefault() : ZoneId.of(name);
    } catch (java.time.DateTimeException unknown) {
      throw new IllegalArgumentException("'" + name + "' is no time zone", unknown);
    }
  }

  private static int minute(String text) {
    if (text.equals("24:00")) {
      return 24 * 60;
    }
    try {
      return LocalTime.parse(text).toSecondOfDay() / 60;
    } catch (java.time.DateTimeException wrong) {
      throw new IllegalArgumentException("'" + text + "' is no time such as 09:30", wrong);
    }
  }

  private static Range named(String text, List<String> names, int first) {
    String[] ends = text.toLowerCase(Locale.ROOT).strip().split(":", 2);
    int from = index(ends[0], names, first);
    return range(text, from, ends.length == 1 ? from : index(ends[1], names, first));
  }

  private static int index(String word, List<String> names, int first) {
    int found = names.indexOf(word);
    return found >= 0 ? found + first : number(word);
  }

  private static Range numbers(String text) {
    String[] ends = text.strip().split(":", 2);
    int from = number(ends[0]);
    int to = ends.length == 1 ? from : number(ends[1]);
    return from > 0 == to > 0 ? range(text, from, to) : new Range(from, to);
  }

  private static Range range(String text, int from, int to) {
    if (to < from) {
      throw new IllegalArgumentException("'" + text + "' ends before it starts");
    }
    return new Range(from, to);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException("'" + text + "' is no number and no name here", wrong);
    }
  }

  /** Whether a moment is in it. */
  boolean has(Instant moment) {
    ZonedDateTime at = moment.atZone(zone);
    return any(times, at.getHour() * 60 + at.getMinute())
        && any(weekdays, at.getDayOfWeek().getValue() % 7)
        && anyDay(at.toLocalDate())
        && any(months, at.getMonthValue())
        && any(years, at.getYear());
  }

  private static boolean any(List<Range> ranges, int value) {
    return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.has(value));
  }

  /** Days below 0 count from the month's end. */
  private boolean anyDay(LocalDate date) {
    int length = YearMonth.from(date).lengthOfMonth();
    return days.isEmpty()
        || days.stream()
            .anyMatch(range -> {
              int from = range.from() < 0 ? length + range.from() + 1 : range.from();
              int to = range.to() < 0 ? length + range.to() + 1 : Math.min(range.to(), length);
              return new Range(from, to).has(date.getDayOfMonth());
            });
  }
}
