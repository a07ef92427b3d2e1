package dev.assay.load.extract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Searches bytes with one regular expression, again and again. Gives up where the expression
 * backtracks without end or recurses too deeply. Not thread-safe.
 */
final class Search {

  private final ByteText text = new ByteText();
  private final Matcher matcher;
  private final int group;
  private boolean gaveUp;

  Search(Pattern pattern) {
    matcher = pattern.matcher(text);
    group = matcher.groupCount() > 0 ? 1 : 0;
  }

  /** Whether there is a match; false, too, where it gave up. */
  boolean find(byte[] bytes, int from, int to) {
    gaveUp = false;
    text.set(bytes, from, to);
    try {
      matcher.reset();
      return matcher.find();
    } catch (ByteText.GaveUp | StackOverflowError endless) {
      gaveUp = true;
      return false;
    }
  }

  /** Whether the last search was given up. */
  boolean gaveUp() {
    return gaveUp;
  }

  /** Adds the first group, or the whole match where there is none; false where it took no part. */
  boolean write(Bytes out) {
    int start = matcher.start(group);
    if (start < 0) {
      return false;
    }
    text.write(start, matcher.end(group), out);
    return true;
  }
}
