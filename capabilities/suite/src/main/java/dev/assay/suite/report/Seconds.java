package dev.assay.suite.report;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the seconds of a {@code time} attribute in any notation that a runner writes. */
final class Seconds {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

  /** No test case takes a year; a longer time is a number gone wrong. */
  private static final double LONGEST_SECONDS = 366 * 86_400.0;

  private static final long[] POWERS = new long[10];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Seconds() {}

  /**
   * The time, or empty where the text says none. A negative time (a clock that was set back) counts
   * as zero. Of a single comma the digits after it are the fraction; of several, or where a point
   * follows, commas group thousands (Surefire writes {@code 1,234.567}).
   */
  static Optional<Duration> parse(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 64) {
      return Optional.empty();
    }
    long plain = plain(text);
    return plain >= 0 ? Optional.of(Duration.ofNanos(plain)) : patient(text);
  }

  /** The nanoseconds of what almost all runners write, {@code 12.345}; else -1. */
  private static long plain(String text) {
    int length = text.length();
    int digits = 0;
    int point = -1;
    long value = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = i;
      } else if (c >= '0' && c <= '9' && ++digits <= 15) {
        value = value * 10 + (c - '0');
      } else {
        return -1;
      }
    }
    int decimals = point < 0 ? 0 : length - 1 - point;
    if (digits == 0 || decimals > 9 || value > 9_000_000L * POWERS[decimals]) {
      return -1;
    }
    return value * POWERS[9 - decimals];
  }

  private static Optional<Duration> patient(String text) {
    String number = text.replaceAll("[\\s\u00a0\u202f\u2009'’_]", "").replaceAll("(?i)s(ec)?$", "");
    number = point(number);
    if (!NUMBER.matcher(number).matches()) {
      return Optional.empty();
    }
    double seconds = Double.parseDouble(number);
    if (seconds > LONGEST_SECONDS) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(Math.round(Math.max(0, seconds) * 1e9)));
  }

  private static String point(String number) {
    int comma = number.lastIndexOf(',');
    int dot = number.lastIndexOf('.');
    boolean manyCommas = number.indexOf(',') != comma;
    boolean manyDots = number.indexOf('.') != dot;
    if (comma >= 0 && dot >= 0) {
      return comma < dot ? number.replace(",", "") : number.replace(".", "").replace(',', '.');
    }
    if (manyCommas) {
      return number.replace(",", "");
    }
    return manyDots ? number.replace(".", "") : number.replace(',', '.');
  }
}
