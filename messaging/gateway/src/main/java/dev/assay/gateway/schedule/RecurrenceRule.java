package dev.assay.gateway.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence rule of RFC 5545, section 3.3.10, with its DTSTART, EXDATE and RDATE: {@code
 * DTSTART;TZID=Europe/Berlin:20261201T090000 RRULE:FREQ=WEEKLY;BYDAY=MO,WE EXDATE:20261214T090000}.
 * Properties stand on lines of their own or after a space; a rule alone needs no {@code RRULE:}.
 * COUNT counts local times, also those that EXDATE leaves out. UNTIL is the last moment; as a date
 * it is all of that day. The arithmetic of the calendar is lib-recur's. Immutable.
 */
public final class RecurrenceRule implements Recurrence {

  private static final int LONGEST = 10_000;

  /** More of them would have to be counted through at each question. */
  private static final int MOST_COUNTED = 100_000;

  private static final Pattern PROPERTY =
      Pattern.compile("(?i)(DTSTART|RRULE|EXDATE|RDATE)((?:;[^:\\s]+)?):(\\S+)");
  private static final Pattern MOMENT =
      Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:T(\\d{2})(\\d{2})(\\d{2})(Z?))?");
  private static final Pattern UNTIL = Pattern.compile("(?i)(^|;)UNTIL=([^;]*)");
  private static final Pattern COUNT = Pattern.compile("(?i)(?:^|;)COUNT=(\\d+)");

  private final String text;
  private final LocalDateTime start;
  private final @Nullable ZoneId zone;
  private final org.dmfs.rfc5545.recur.RecurrenceRule rule;
  private final @Nullable Instant untilMoment;
  private final @Nullable LocalDateTime untilLocal;
  private final Set<LocalDateTime> exceptLocal = new TreeSet<>();
  private final Set<Instant> exceptMoments = new TreeSet<>();
  private final NavigableSet<LocalDateTime> besides = new TreeSet<>();
  private final boolean everyHour;

  private RecurrenceRule(String text, LocalDateTime otherwise) {
    this.text = text.strip();
    String ruleText = null;
    LocalDateTime first = otherwise;
    ZoneId own = null;
    for (String property : properties(text)) {
      Matcher parts = PROPERTY.matcher(property);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "'" + property + "' is none of DTSTART, RRULE, EXDATE and RDATE");
      }
      String value = parts.group(3);
      ZoneId named = zone(parts.group(2));
      switch (parts.group(1).toUpperCase(Locale.ROOT)) {
        case "RRULE" -> {
          if (ruleText != null) {
            throw new IllegalArgumentException("there is more than one RRULE");
          }
          ruleText = value;
        }
        case "DTSTART" -> {
          Moment read = moment(value);
          first = read.local();
          own = read.utc() ? ZoneOffset.UTC : named;
        }
        case "EXDATE" -> each(value, this::except);
        default -> each(value, read -> besides.add(read.local()));
      }
    }
    if (ruleText == null) {
      throw new IllegalArgumentException("there is no RRULE");
    }
    start = first.withNano(0);
    zone = own;
    Matcher until = UNTIL.matcher(ruleText);
    Moment last = until.find() ? moment(until.group(2)) : null;
    if (last != null && COUNT.matcher(ruleText).find()) {
      throw new IllegalArgumentException("a rule has UNTIL or COUNT, not both");
    }
    untilMoment = last != null && last.utc() ? last.local().toInstant(ZoneOffset.UTC) : null;
    untilLocal =
        last == null || last.utc()
            ? null
            : last.wholeDay() ? last.local().plusDays(1).minusSeconds(1) : last.local();
    rule = rule(UNTIL.matcher(ruleText).replaceAll("").replaceFirst("^;", ""));
    everyHour = elapses(rule);
    next(start.minusSeconds(1)); // refuses what never comes
  }

  /**
   * Reads a rule.
   *
   * @param otherwise the start where no DTSTART is named
   * @throws IllegalArgumentException with a sentence for people
   */
  public static RecurrenceRule parse(String text, LocalDateTime otherwise) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("a rule has at most " + LONGEST + " characters");
    }
    return new RecurrenceRule(text, otherwise);
  }

  private static List<String> properties(String text) {
    String unfolded = text.strip().replaceAll("\\r?\\n[ \\t]", "").replace("\\n", "\n");
    List<String> all = new ArrayList<>();
    for (String word : unfolded.split("\\s+")) {
      all.add(word.matches("(?i)[A-Z]+=.*") ? "RRULE:" + word : word);
    }
    return all;
  }

  private static org.dmfs.rfc5545.recur.RecurrenceRule rule(String text) {
    Matcher count = COUNT.matcher(text);
    if (count.find()
        && (count.group(1).length() > 6 || Integer.parseInt(count.group(1)) > MOST_COUNTED)) {
      throw new IllegalArgumentException("COUNT is at most " + MOST_COUNTED);
    }
    try {
      return new org.dmfs.rfc5545.recur.RecurrenceRule(text, RfcMode.RFC5545_STRICT);
    } catch (InvalidRecurrenceRuleException | IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "'" + text + "' is no rule of RFC 5545: " + wrong.getMessage(), wrong);
    }
  }

  private static boolean elapses(org.dmfs.rfc5545.recur.RecurrenceRule rule) {
    return switch (rule.getFreq()) {
      case HOURLY, MINUTELY, SECONDLY ->
          !rule.hasPart(org.dmfs.rfc5545.recur.RecurrenceRule.Part.BYHOUR);
      default -> false;
    };
  }

  /** A date or a local time, as RFC 5545 writes them. */
  private record Moment(LocalDateTime local, boolean utc, boolean wholeDay) {}

  private interface Taker {
    void take(Moment read);
  }

  private static void each(String values, Taker taker) {
    for (String value : values.split(",")) {
      taker.take(moment(value));
    }
  }

  private void except(Moment read) {
    if (read.utc()) {
      exceptMoments.add(read.local().toInstant(ZoneOffset.UTC));
    } else {
      exceptLocal.add(read.local());
    }
  }

  private static Moment moment(String text) {
    Matcher parts = MOMENT.matcher(text.toUpperCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no moment; they look like 20261224, 20261224T180000 and 20261224T170000Z");
    }
    try {
      LocalDate day = LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3));
      if (parts.group(4) == null) {
        return new Moment(day.atStartOfDay(), false, true);
      }
      return new Moment(
          day.atTime(number(parts, 4), number(parts, 5), Math.min(59, number(parts, 6))),
          !parts.group(7).isEmpty(),
          false);
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          "'" + text + "' is no moment: " + wrong.getMessage(), wrong);
    }
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static @Nullable ZoneId zone(String parameters) {
    for (String parameter : parameters.split(";")) {
      if (parameter.toUpperCase(Locale.ROOT).startsWith("TZID=")) {
        return Zones.named(parameter.substring(5));
      }
    }
    return null;
  }

  @Override
  public Optional<ZoneId> zone() {
    return Optional.ofNullable(zone);
  }

  @Override
  public boolean everyHour() {
    return everyHour;
  }

  @Override
  public @Nullable LocalDateTime next(LocalDateTime after) {
    LocalDateTime ruled = byRule(after);
    while (ruled != null && exceptLocal.contains(ruled)) {
      ruled = byRule(ruled);
    }
    LocalDateTime extra = besides.higher(after);
    while (extra != null && exceptLocal.contains(extra)) {
      extra = besides.higher(extra);
    }
    if (ruled == null || extra == null) {
      return ruled == null ? extra : ruled;
    }
    return extra.isBefore(ruled) ? extra : ruled;
  }

  private @Nullable LocalDateTime byRule(LocalDateTime after) {
    try {
      RecurrenceRuleIterator times = rule.iterator(floating(start));
      if (!after.isBefore(start)) {
        times.fastForward(floating(after.withNano(0).plusSeconds(1)));
      }
      if (!times.hasNext()) {
        return null;
      }
      LocalDateTime found = local(times.nextDateTime());
      return untilLocal != null && found.isAfter(untilLocal) ? null : found;
    } catch (IllegalArgumentException tooRare) {
      throw new IllegalArgumentException(
          "'" + text + "' comes never, or so rarely that no next time is found", tooRare);
    }
  }

  @Override
  public boolean excludes(Instant moment) {
    return exceptMoments.contains(moment);
  }

  @Override
  public boolean endedBefore(Instant moment) {
    return untilMoment != null && moment.isAfter(untilMoment);
  }

  private static DateTime floating(LocalDateTime local) {
    return new DateTime(
        local.getYear(),
        local.getMonthValue() - 1,
        local.getDayOfMonth(),
        local.getHour(),
        local.getMinute(),
        local.getSecond());
  }

  private static LocalDateTime local(DateTime time) {
    return LocalDateTime.of(
        time.getYear(),
        time.getMonth() + 1,
        time.getDayOfMonth(),
        time.getHours(),
        time.getMinutes(),
        time.getSeconds());
  }

  @Override
  public String toString() {
    return text;
  }
}
