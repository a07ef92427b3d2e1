package dev.assay.core.report;

import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words and numbers that all forms of a report have in common. */
public final class Words {

  /** What terminals take for colours, places and titles. */
  private static final Pattern ESCAPES =
      Pattern.compile(
          "\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|.?)");

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  /** A whole number with its thousands apart: {@code 12,345}. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 check}, {@code 2 checks}, {@code 2 days}, {@code 2 entries}. */
  public static String many(long number, String noun) {
    return grouped(number) + " " + (number == 1 ? noun : plural(noun));
  }

  private static String plural(String noun) {
    int last = noun.length() - 1;
    boolean changes = last > 0 && noun.endsWith("y") && "aeiou".indexOf(noun.charAt(last - 1)) < 0;
    return changes ? noun.substring(0, last) + "ies" : noun + "s";
  }

  /** How long, for people; a dash where it is not known. */
  public static String took(@Nullable Duration duration) {
    return duration == null ? "–" : Unit.NANOSECONDS.format(duration.toNanos());
  }

  /** When, for people, in UTC. */
  public static String moment(Instant at) {
    return MOMENT.format(at);
  }

  /** The first digits of a digest or commit, enough to recognise it. */
  public static String brief(String digest) {
    return digest.length() <= 10 ? digest : digest.substring(0, 10);
  }

  /** A sign that tells the decisions apart without colour. */
  public static String glyph(Decision decision) {
    return switch (decision) {
      case PASS -> "✔";
      case FAIL -> "✘";
      case INCONCLUSIVE -> "?";
      case STALE -> "~";
      case NOT_RUN -> "–";
    };
  }

  /** The text up to its first line end, cut to so many characters with an ellipsis. */
  public static String line(String text, int most) {
    return cut(text.strip().lines().findFirst().orElse(""), most);
  }

  /** The text without what terminals take for colours, places and titles. */
  public static String withoutEscapes(String text) {
    return ESCAPES.matcher(text).replaceAll("");
  }

  /** The text without halves of characters and control characters, so that UTF-8 can say it. */
  public static String encodable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
          clean.appendCodePoint(control || c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
        });
    return clean.toString();
  }

  /** The text cut to so many characters with an ellipsis. */
  public static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** The command that runs a check again with the seed and the variables it had. */
  public static String again(String run, CheckReport check) {
    return "assay reproduce " + run + " " + check.id();
  }
}
