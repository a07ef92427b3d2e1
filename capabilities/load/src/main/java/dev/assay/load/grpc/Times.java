package dev.assay.load.grpc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON forms of {@code google.protobuf.Timestamp} and {@code Duration}. */
final class Times {

  private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final long LONGEST = 315_576_000_000L;
  private static final Pattern DURATION = Pattern.compile("(-?)(\\d{1,12})(?:\\.(\\d{1,9}))?s");

  private static final Set<String> SPECIAL =
      Set.of(
          "google.protobuf.Any",
          "google.protobuf.Timestamp",
          "google.protobuf.Duration",
          "google.protobuf.FieldMask",
          "google.protobuf.Struct",
          "google.protobuf.Value",
          "google.protobuf.ListValue",
          "google.protobuf.DoubleValue",
          "google.protobuf.FloatValue",
          "google.protobuf.Int64Value",
          "google.protobuf.UInt64Value",
          "google.protobuf.Int32Value",
          "google.protobuf.UInt32Value",
          "google.protobuf.BoolValue",
          "google.protobuf.StringValue",
          "google.protobuf.BytesValue");

  private Times() {}

  /** Seconds and nanoseconds of one sign. */
  record Parsed(long seconds, int nanos) {}

  /** Whether a type has a JSON form of its own, which an Any keeps under {@code value}. */
  static boolean special(String type) {
    return SPECIAL.contains(type);
  }

  /** A time by RFC 3339, from year 1 to 9999, or null where it is none. */
  static @Nullable Parsed timestamp(String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      long seconds = instant.getEpochSecond();
      return seconds < FIRST || seconds > LAST ? null : new Parsed(seconds, instant.getNano());
    } catch (DateTimeException none) {
      return null;
    }
  }

  /** A duration such as {@code -1.5s}, or null where it is none. */
  static @Nullable Parsed duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    int sign = matcher.group(1).isEmpty() ? 1 : -1;
    long seconds = Long.parseLong(matcher.group(2));
    String fraction = matcher.group(3);
    int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    return seconds > LONGEST ? null : new Parsed(sign * seconds, sign * nanos);
  }

  /** The JSON form of a timestamp; its numbers where it is out of range. */
  static String timestampText(long seconds, int nanos) {
    if (seconds < FIRST || seconds > LAST || nanos < 0 || nanos > 999_999_999) {
      return seconds + "." + nanos;
    }
    String whole = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC).withNano(0).toString();
    String padded = whole.length() == 16 ? whole + ":00" : whole;
    return padded + fraction(nanos) + "Z";
  }

  /** The JSON form of a duration. */
  static String durationText(long seconds, int nanos) {
    String sign = seconds < 0 || nanos < 0 ? "-" : "";
    return sign + Math.abs(seconds) + fraction(Math.abs(nanos)) + "s";
  }

  private static String fraction(int nanos) {
    if (nanos == 0) {
      return "";
    }
    if (nanos % 1_000_000 == 0) {
      return ".%03d".formatted(nanos / 1_000_000);
    }
    return nanos % 1000 == 0 ? ".%06d".formatted(nanos / 1000) : ".%09d".formatted(nanos);
  }
}
