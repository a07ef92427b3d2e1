package dev.assay.chaos.toolkit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The moments that Python's dateparser reads and people write in experiments: {@code now}, {@code 5
 * minutes ago}, {@code in 2 hours}, {@code yesterday}, dates of RFC 3339, seconds since 1970.
 */
final class Moment {

  private static final Pattern AGO =
      Pattern.compile(
          "(in )?(an?|\\d{1,9}) ?(s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?|weeks?)( ago)?");
  private static final Pattern SECONDS = Pattern.compile("\\d{10}(\\.\\d+)?");

  private Moment() {}

  static boolean understands(String text) {
    return parse(text, Instant.EPOCH).isPresent();
  }

  static Optional<Instant> parse(String text, Instant now) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.equals("now") || lower.equals("today")) {
      return Optional.of(now);
    }
    if (lower.equals("yesterday")) {
      return Optional.of(now.minus(Duration.ofDays(1)));
    }
    Matcher matcher = AGO.matcher(lower);
    if (matcher.matches()) {
      Duration distance = distance(matcher.group(2), matcher.group(3));
      return Optional.of(matcher.group(1) == null ? now.minus(distance) : now.plus(distance));
    }
    if (SECONDS.matcher(lower).matches()) {
      return Optional.of(Instant.ofEpochMilli((long) (Double.parseDouble(lower) * 1000)));
    }
    return date(text.strip());
  }

  private static Duration distance(String number, String unit) {
    long count = number.startsWith("a") ? 1 : Long.parseLong(number);
    return switch (unit.charAt(0)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      case 'd' -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }

  private static Optional<Instant> date(String text) {
    String iso = text.replace(' ', 'T');
    try {
      return Optional.of(OffsetDateTime.parse(iso).toInstant());
    } catch (DateTimeException noOffset) {
      try {
        return Optional.of(
            iso.contains("T")
                ? LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)
                : LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant());
      } catch (DateTimeException noDate) {
        return Optional.empty();
      }
    }
  }
}
