package dev.assay.api.json;

/** Mends texts that are not well-formed UTF-16. */
final class Surrogates {

  private Surrogates() {}

  /** The text with every lone surrogate replaced by U+FFFD; the same text where it has none. */
  static String paired(String text) {
    int lone = none(text) ? -1 : lone(text, 0);
    if (lone < 0) {
      return text;
    }
    StringBuilder mended = new StringBuilder(text);
    while (lone >= 0) {
      mended.setCharAt(lone, '\uFFFD');
      lone = lone(text, lone + 1);
    }
    return mended.toString();
  }

  /** Whether the text has none, lone or paired, as nearly every text. */
  static boolean none(String text) {
    return below(text) || text.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }

  /** Whether all bits of all characters are below the surrogates; without a branch for each. */
  private static boolean below(String text) {
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      bits |= text.charAt(i);
    }
    return bits < Character.MIN_SURROGATE;
  }

  private static int lone(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
