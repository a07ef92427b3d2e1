package dev.assay.gateway.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression: {@code minute hour day-of-month month day-of-week}, with a field for seconds
 * before them where there are six. Fields have {@code *}, lists, ranges (also over the end: {@code
 * FRI-MON}), steps, names; days of the month also {@code ?}, {@code L}, {@code L-3}, {@code 15W},
 * {@code LW}; days of the week {@code ?}, {@code 5L} (the last Friday), {@code MON#2} (the second
 * Monday); 0 and 7 are Sunday. Where both fields of days are restricted, a day that fits either is
 * meant, as cron has it since 1979; a field that begins with {@code *} or {@code ?} is not
 * restricted. Immutable.
 *
 * <p>The own reader is on purpose: cron-utils 9.2.1 takes both fields of days together, refuses
 * ranges over the end, and fails with an exception on {@code 31W} in a short month.
 */
public final class CronExpression implements Recurrence {

  /** 29 February on a given day of the week comes within 40 years. */
  private static final int YEARS_AHEAD = 41;

  private static final int LONGEST = 500;

  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private static final String MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC";
  private static final String DAYS = "SUN MON TUE WED THU FRI SAT";

  private final String text;
  private final BitSet seconds;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet months;
  private final @Nullable Predicate<LocalDate> daysOfMonth;
  private final @Nullable Predicate<LocalDate> daysOfWeek;
  private final boolean either;
  private final boolean everyHour;

  private CronExpression(String text, List<String> fields) {
    this.text = text;
    boolean six = fields.size() == 6;
    seconds = six ? Field.SECOND.values(fields.getFirst()) : only(0);
    int first = six ? 1 : 0;
    minutes = Field.MINUTE.values(fields.get(first));
    String hour = fields.get(first + 1);
    hours = Field.HOUR.values(hour);
    everyHour = hour.startsWith("*");
    String dayOfMonth = fields.get(first + 2);
    String dayOfWeek = fields.get(first + 4);
    months = Field.MONTH.values(fields.get(first + 3));
    daysOfMonth = wild(dayOfMonth) ? null : daysOfMonth(dayOfMonth);
    daysOfWeek = wild(dayOfWeek) ? null : daysOfWeek(dayOfWeek);
    either = !unrestricted(dayOfMonth) && !unrestricted(dayOfWeek);
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static CronExpression parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a cron expression has at most " + LONGEST + " characters");
    }
    String known = NICKNAMES.getOrDefault(text.strip().toLowerCase(Locale.ROOT), text.strip());
    if (known.startsWith("@")) {
      throw new IllegalArgumentException(
          "'" + known + "' is not known; there are @hourly, @daily, @weekly, @monthly, @yearly");
    }
    List<String> fields = List.of(known.toUpperCase(Locale.ROOT).split("\\s+"));
    if (fields.size() != 5 && fields.size() != 6) {
      throw new IllegalArgumentException(
          "a cron expression has five fields (minute, hour, day of month, month, day of week), or"
              + " six with seconds before them; '"
              + known
              + "' has "
              + fields.size());
    }
    CronExpression read = new CronExpression(text.strip(), fields);
    if (read.next(LocalDateTime.of(2000, 1, 1, 0, 0)) == null) {
      throw new IllegalArgumentException("'" + known + "' names no day that exists");
    }
    return read;
  }

  @Override
  public boolean everyHour() {
    return everyHour;
  }

  @Override
  public @Nullable LocalDateTime next(LocalDateTime after) {
    LocalDateTime from = after.withNano(0).plusSeconds(1);
    LocalDate day = from.toLocalDate();
    if (fits(day)) {
      LocalTime time = time(from.toLocalTime());
      if (time != null) {
        return day.atTime(time);
      }
    }
    LocalTime earliest = Objects.requireNonNull(time(LocalTime.MIN), "fields are never empty");
    int last = day.getYear() + YEARS_AHEAD;
    day = day.plusDays(1);
    while (day.getYear() <= last) {
      if (!months.get(day.getMonthValue())) {
        day = day.with(TemporalAdjusters.firstDayOfNextMonth());
      } else if (fits(day)) {
        return day.atTime(earliest);
      } else {
        day = day.plusDays(1);
      }
    }
    return null;
  }

  /** The first time of a day that is not before that one. */
  private @Nullable LocalTime time(LocalTime from) {
    int hour = hours.nextSetBit(from.getHour());
    if (hour == from.getHour()) {
      int minute = minutes.nextSetBit(from.getMinute());
      if (minute == from.getMinute()) {
        int second = seconds.nextSetBit(from.getSecond());
        if (second >= 0) {
          return LocalTime.of(hour, minute, second);
        }
        minute = minutes.nextSetBit(minute + 1);
      }
      if (minute >= 0) {
        return LocalTime.of(hour, minute, seconds.nextSetBit(0));
      }
      hour = hours.nextSetBit(hour + 1);
    }
    return hour < 0 ? null : LocalTime.of(hour, minutes.nextSetBit(0), seconds.nextSetBit(0));
  }

  private boolean fits(LocalDate day) {
    if (!months.get(day.getMonthValue())) {
      return false;
    }
    Predicate<LocalDate> ofMonth = daysOfMonth;
    Predicate<LocalDate> ofWeek = daysOfWeek;
    if (ofMonth == null || ofWeek == null) {
      return (ofMonth == null || ofMonth.test(day)) && (ofWeek == null || ofWeek.test(day));
    }
    return either ? ofMonth.test(day) || ofWeek.test(day) : ofMonth.test(day) && ofWeek.test(day);
  }

  private static boolean wild(String field) {
    return field.equals("*") || field.equals("?");
  }

  private static boolean unrestricted(String field) {
    return field.startsWith("*") || field.startsWith("?");
  }

  private static BitSet only(int value) {
    BitSet set = new BitSet();
    set.set(value);
    return set;
  }

  private static Predicate<LocalDate> daysOfMonth(String field) {
    return any(field, Field.DAY_OF_MONTH, CronExpression::specialDayOfMonth);
  }

  private static Predicate<LocalDate> daysOfWeek(String field) {
    return any(field, Field.DAY_OF_WEEK, CronExpression::specialDayOfWeek);
  }

  private interface Special {
    @Nullable Predicate<LocalDate> read(String part);
  }

  private static Predicate<LocalDate> any(String field, Field kind, Special special) {
    List<Predicate<LocalDate>> specials = new ArrayList<>();
    BitSet plain = new BitSet();
    for (String part : kind.parts(field)) {
      Predicate<LocalDate> read = special.read(part);
      if (read == null) {
        plain.or(kind.values(part));
      } else {
        specials.add(read);
      }
    }
    Predicate<LocalDate> fits =
        kind == Field.DAY_OF_WEEK
            ? day -> plain.get(day.getDayOfWeek().getValue() % 7)
            : day -> plain.get(day.getDayOfMonth());
    for (Predicate<LocalDate> each : specials) {
      fits = fits.or(each);
    }
    return fits;
  }

  private static @Nullable Predicate<LocalDate> specialDayOfMonth(String part) {
    if (part.equals("L")) {
      return day -> day.getDayOfMonth() == day.lengthOfMonth();
    }
    if (part.equals("LW")) {
      return day -> day.equals(nearestWeekday(YearMonth.from(day).atEndOfMonth()));
    }
    if (part.matches("L-\\d{1,2}")) {
      int before = Integer.parseInt(part.substring(2));
      if (before > 30) {
        throw Field.DAY_OF_MONTH.wrong(part, "L-0 to L-30 count from the last day");
      }
      return day -> day.getDayOfMonth() == day.lengthOfMonth() - before;
    }
    if (part.matches("\\d{1,2}W")) {
      int wanted = Field.DAY_OF_MONTH.number(part.substring(0, part.length() - 1), part);
      return day ->
          wanted <= day.lengthOfMonth() && day.equals(nearestWeekday(day.withDayOfMonth(wanted)));
    }
    return null;
  }

  /** The day itself, or Monday to Friday next to it in the same month. */
  private static LocalDate nearestWeekday(LocalDate day) {
    return switch (day.getDayOfWeek()) {
      case SATURDAY -> day.getDayOfMonth() == 1 ? day.plusDays(2) : day.minusDays(1);
      case SUNDAY ->
          day.getDayOfMonth() == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
      default -> day;
    };
  }

  private static @Nullable Predicate<LocalDate> specialDayOfWeek(String part) {
    if (part.length() > 1 && part.endsWith("L")) {
      DayOfWeek wanted = dayOfWeek(part.substring(0, part.length() - 1), part);
      return day -> day.equals(day.with(TemporalAdjusters.lastInMonth(wanted)));
    }
    int hash = part.indexOf('#');
    if (hash > 0) {
      DayOfWeek wanted = dayOfWeek(part.substring(0, hash), part);
      String number = part.substring(hash + 1);
      if (!number.matches("[1-5]")) {
        throw Field.DAY_OF_WEEK.wrong(part, "after # comes 1 to 5");
      }
      int nth = Integer.parseInt(number);
      return day -> day.getDayOfWeek() == wanted && (day.getDayOfMonth() - 1) / 7 + 1 == nth;
    }
    if (part.equals("L")) {
      return day -> day.getDayOfWeek() == DayOfWeek.SATURDAY;
    }
    return null;
  }

  private static DayOfWeek dayOfWeek(String name, String part) {
    int number = Field.DAY_OF_WEEK.number(name, part) % 7;
    return DayOfWeek.of(number == 0 ? 7 : number);
  }

  @Override
  public String toString() {
    return text;
  }

  /** What stands at a place of an expression. */
  private enum Field {
    SECOND("seconds", 0, 59, ""),
    MINUTE("minutes", 0, 59, ""),
    HOUR("hours", 0, 23, ""),
    DAY_OF_MONTH("days of the month", 1, 31, ""),
    MONTH("months", 1, 12, MONTHS),
    DAY_OF_WEEK("days of the week", 0, 7, DAYS);

    private final String shown;
    private final int least;
    private final int most;
    private final String names;

    Field(String shown, int least, int most, String names) {
      this.shown = shown;
      this.least = least;
      this.most = most;
      this.names = names;
    }

    /** How many values go round: Sunday is counted once. */
    private int round() {
      return this == DAY_OF_WEEK ? 7 : most - least + 1;
    }

    List<String> parts(String field) {
      List<String> parts = List.of(field.split(",", -1));
      if (parts.contains("")) {
        throw wrong(field, "something is missing beside a comma");
      }
      return parts;
    }

    BitSet values(String field) {
      BitSet values = new BitSet();
      for (String part : parts(field)) {
        add(part, values);
      }
      return values;
    }

    private void add(String part, BitSet values) {
      int slash = part.indexOf('/');
      String range = slash < 0 ? part : part.substring(0, slash);
      int step = slash < 0 ? 1 : step(part.substring(slash + 1), part);
      int dash = range.indexOf('-');
      int from;
      int count;
      if (range.equals("*")) {
        from = least;
        count = round();
      } else if (dash > 0) {
        from = number(range.substring(0, dash), part);
        int to = number(range.substring(dash + 1), part);
        count = to - from + 1 + (to < from ? round() : 0);
      } else {
        from = number(range, part);
        count = slash < 0 ? 1 : least + round() - from;
      }
      for (int i = 0; i < count; i += step) {
        values.set(least + (from + i - least) % round());
      }
    }

    private int step(String digits, String part) {
      if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) == 0) {
        throw wrong(part, "after / comes a number above 0");
      }
      return Integer.parseInt(digits);
    }

    int number(String word, String part) {
      int name = List.of(names.split(" ")).indexOf(word);
      if (name >= 0) {
        return name + (this == MONTH ? 1 : 0);
      }
      int number = word.matches("\\d{1,3}") ? Integer.parseInt(word) : -1;
      if (number < least || number > most) {
        throw wrong(
            part,
            "they are "
                + least
                + " to "
                + most
                + (names.isEmpty() ? "" : " or " + names.replace(" ", ", ")));
      }
      return number;
    }

    IllegalArgumentException wrong(String part, String why) {
      return new IllegalArgumentException("'" + part + "' names no " + shown + ": " + why);
    }
  }
}
