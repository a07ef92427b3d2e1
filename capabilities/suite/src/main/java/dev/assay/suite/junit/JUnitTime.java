package dev.assay.suite.junit;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the seconds of a {@code time} attribute in any notation that a runner writes. */
final class JUnitTime {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

  /** No test case takes a year; a longer time is a number gone wrong. */
  private static final double LONGEST_SECONDS = 366 * 86_400.0;

  private JUnitTime() {}

  /**
   * The time, or empty where the text says none. A negative time (a clock that was set back) counts
   * as zero. Of a single comma the digits after it are the fraction; of several, or where a point
   * follows, commas group thousands (Surefire writes {@code 1,234.567}).
   */
  static Optional<Duration> parse(@Nullable String text) {
    if (text == null || text.length() > 64) {
      return Optional.empty();
    }
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
