package dev.assay.suite.report;

import java.util.OptionalLong;

/** Reads numbers that nobody vouches for. */
final class Numbers {

  private static final int MOST_DIGITS = 15;

  private Numbers() {}

  /** A whole number of at most 15 digits, or empty; blanks around it do no harm. */
  static OptionalLong whole(String text) {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
      return OptionalLong.empty();
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return OptionalLong.empty();
      }
      value = value * 10 + (c - '0');
    }
    return OptionalLong.of(value);
  }
}
