package dev.assay.load.extract;

import java.nio.charset.StandardCharsets;

/**
 * Seeks a text in a stream of bytes that may be split anywhere, by Knuth, Morris and Pratt ("Fast
 * pattern matching in strings", 1977): no byte is looked at twice. Not thread-safe.
 */
final class Needle {

  private final byte[] text;
  private final int[] fallback;
  private final boolean wanted;
  private int matched;

  private Needle(byte[] text, boolean wanted) {
    this.text = text;
    this.wanted = wanted;
    this.fallback = new int[text.length];
    int known = 0;
    for (int i = 1; i < text.length; i++) {
      while (known > 0 && text[i] != text[known]) {
        known = fallback[known - 1];
      }
      known += text[i] == text[known] ? 1 : 0;
      fallback[i] = known;
    }
  }

  /** A text, not empty, that is to be there. */
  static Needle wanted(String text) {
    return new Needle(text.getBytes(StandardCharsets.UTF_8), true);
  }

  /** A text, not empty, that is not to be there. */
  static Needle unwanted(String text) {
    return new Needle(text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Whether it is to be there. */
  boolean wanted() {
    return wanted;
  }

  /** Prepares for another stream. */
  void begin() {
    matched = 0;
  }

  /** Whether the text is complete within these bytes and those before. */
  boolean seek(byte[] bytes, int from, int to) {
    int many = matched;
    byte first = text[0];
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (many == 0 && b != first) {
        continue;
      }
      while (many > 0 && text[many] != b) {
        many = fallback[many - 1];
      }
      many += text[many] == b ? 1 : 0;
      if (many == text.length) {
        matched = 0;
        return true;
      }
    }
    matched = many;
    return false;
  }
}
