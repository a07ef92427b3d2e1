package dev.assay.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Searches texts that others wrote with regular expressions, and gives up where an expression
 * backtracks without end or recurses too deeply.
 */
final class BoundedMatching {

  /** Reads of characters before it gives up: about a second, whatever the machine. */
  private static final long MOST_READS = 200_000_000L;

  private BoundedMatching() {}

  /** Thrown where a search was given up. */
  static final class GaveUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GaveUp(Pattern pattern) {
      super(
          "the regular expression '" + pattern.pattern() + "' takes too long on this text",
          null,
          false,
          false);
    }
  }

  static boolean finds(Pattern pattern, String text) {
    return first(pattern, text).isPresent();
  }

  /** The first group of the first match, or the whole match where there is no group. */
  static Optional<String> first(Pattern pattern, String text) {
    try {
      Matcher matcher = pattern.matcher(new Counted(text, 0, text.length(), new long[1], pattern));
      if (!matcher.find()) {
        return Optional.empty();
      }
      return Optional.ofNullable(matcher.group(matcher.groupCount() > 0 ? 1 : 0));
    } catch (StackOverflowError tooDeep) {
      throw new GaveUp(pattern);
    }
  }

  /** A text that counts how often it is read. */
  private record Counted(String text, int from, int to, long[] reads, Pattern pattern)
      implements CharSequence {

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      if (++reads[0] > MOST_READS) {
        throw new GaveUp(pattern);
      }
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text, from + start, from + end, reads, pattern);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
