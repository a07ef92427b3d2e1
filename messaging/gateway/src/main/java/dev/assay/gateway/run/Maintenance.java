package dev.assay.gateway.run;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Windows of maintenance: {@code 22:00-23:30} every day, {@code sun 02:00-04:00}, {@code mon-fri
 * 23:00-01:00}; in UTC. One that ends before it begins goes on into the next day.
 *
 * @param days on which it begins
 * @param from when
 * @param to until when
 */
record Maintenance(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

  private static final Pattern FORM =
      Pattern.compile("(?:([a-z]{3})(?:-([a-z]{3}))? +)?(\\d{1,2}:\\d{2})-(\\d{1,2}:\\d{2})");

  Maintenance {
    days = Set.copyOf(days);
  }

  static Predicate<Instant> of(List<String> written) {
    List<Maintenance> all = written.stream().map(Maintenance::parse).toList();
    return at -> {
      ZonedDateTime time = at.atZone(ZoneOffset.UTC);
      return all.stream().anyMatch(each -> each.holds(time));
    };
  }

  static Maintenance parse(String written) {
    Matcher form = FORM.matcher(written.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + written + "' is no window; write `22:00-23:30` or `sun 02:00-04:00`");
    }
    Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
    if (form.group(1) != null) {
      DayOfWeek first = day(form.group(1));
      DayOfWeek last = form.group(2) == null ? first : day(form.group(2));
      days = EnumSet.noneOf(DayOfWeek.class);
      for (DayOfWeek each = first; ; each = each.plus(1)) {
        days.add(each);
        if (each == last) {
          break;
        }
      }
    }
    return new Maintenance(days, time(form.group(3)), time(form.group(4)));
  }

  private static LocalTime time(String written) {
    return LocalTime.parse(written.length() == 4 ? "0" + written : written);
  }

  private static DayOfWeek day(String name) {
    List<String> names = new ArrayList<>();
    for (DayOfWeek each : DayOfWeek.values()) {
      String small = each.name().substring(0, 3).toLowerCase(Locale.ROOT);
      if (small.equals(name)) {
        return each;
      }
      names.add(small);
    }
    throw new IllegalArgumentException("'" + name + "' is none of " + String.join(", ", names));
  }

  private boolean holds(ZonedDateTime at) {
    LocalTime time = at.toLocalTime();
    DayOfWeek day = at.getDayOfWeek();
    if (from.isBefore(to)) {
      return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
    }
    return days.contains(day) && !time.isBefore(from)
        || days.contains(day.minus(1)) && time.isBefore(to);
  }
}
