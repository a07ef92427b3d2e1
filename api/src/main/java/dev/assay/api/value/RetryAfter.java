package dev.assay.api.value;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long whoever answers asks to wait, by {@code Retry-After} (RFC 9110, section 10.2.3). */
public final class RetryAfter {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private RetryAfter() {}

  /**
   * What the header says: seconds, or a date, which is compared with that of the answer, as clocks
   * differ. Never below nought; empty where it says nothing that can be read.
   *
   * @param said the header; null where it is not there
   * @param date the answer's header {@code Date}; null where it is not there
   */
  public static Optional<Duration> of(@Nullable String said, @Nullable String date) {
    String text = said == null ? "" : said.strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Duration until = Duration.between(moment(date == null ? "" : date), moment(text));
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** A moment as the header {@code Date} has it. */
  public static String date(Instant at) {
    return DATE.format(at);
  }

  private static Instant moment(String text) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
  }
}
