package dev.assay.observe.alert;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: 30s, 1h30m, 2w. */
final class Spans {

  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|y|w|d|h|m|s)");

  private Spans() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with a sentence for people, if it is none
   */
  static Duration parse(String text) {
    Matcher matcher = PART.matcher(text.strip());
    Duration sum = Duration.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      long number = Long.parseLong(matcher.group(1));
      sum =
          sum.plus(
              switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                case "w" -> Duration.ofDays(7 * number);
                default -> Duration.ofDays(365 * number);
              });
      end = matcher.end();
    }
    if (end == 0 || end != text.strip().length()) {
      throw new IllegalArgumentException("'" + text + "' is no duration such as 30s or 1h30m");
    }
    return sum;
  }
}
