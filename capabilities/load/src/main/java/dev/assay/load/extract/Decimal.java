package dev.assay.load.extract;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * A decimal number that written numbers are compared with, exactly and without allocation. It is
 * {@code sign × 0.d1d2d3… × 10^exponent} with neither leading nor trailing zeros. Immutable.
 */
final class Decimal {

  /** What {@link #compare} answers for bytes that are no number. */
  static final int NO_NUMBER = 2;

  private static final int LONGEST = 1000;
  private static final int MOST_DIGITS = 400;
  private static final int MOST_EXPONENT_DIGITS = 3;

  private final int sign;
  private final long exponent;
  private final byte[] digits;

  Decimal(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    sign = stripped.signum();
    digits = stripped.unscaledValue().abs().toString().getBytes(StandardCharsets.US_ASCII);
    exponent = (long) stripped.precision() - stripped.scale();
  }

  /** Whether the text is a number as it is compared here. */
  static boolean isNumber(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Decimal(BigDecimal.ZERO).compare(bytes, 0, bytes.length) != NO_NUMBER;
  }

  /**
   * Compares a written number with this one.
   *
   * @return -1, 0 or 1 as it is less than, equal to or more than this; or {@link #NO_NUMBER}
   */
  int compare(byte[] text, int from, int to) {
    if (to - from > LONGEST || from >= to) {
      return NO_NUMBER;
    }
    boolean negative = text[from] == '-';
    int whole = negative ? from + 1 : from;
    int wholeEnd = digitsEnd(text, whole, to);
    if (outside(wholeEnd - whole, MOST_DIGITS)) {
      return NO_NUMBER;
    }
    int part = wholeEnd;
    int partEnd = wholeEnd;
    if (wholeEnd < to && text[wholeEnd] == '.') {
      part = wholeEnd + 1;
      partEnd = digitsEnd(text, part, to);
      if (outside(partEnd - part, MOST_DIGITS)) {
        return NO_NUMBER;
      }
    }
    int scale = 0;
    if (partEnd < to) {
      int at = partEnd + 1;
      if ((text[partEnd] | 0x20) != 'e' || at >= to) {
        return NO_NUMBER;
      }
      boolean down = text[at] == '-';
      at = down || text[at] == '+' ? at + 1 : at;
      if (digitsEnd(text, at, to) != to || outside(to - at, MOST_EXPONENT_DIGITS)) {
        return NO_NUMBER;
      }
      for (; at < to; at++) {
        scale = scale * 10 + text[at] - '0';
      }
      scale = down ? -scale : scale;
    }
    return compare(text, negative, whole, wholeEnd, part, partEnd, scale);
  }

  private static boolean outside(int many, int most) {
    return many < 1 || many > most;
  }

  private int compare(
      byte[] text, boolean negative, int whole, int wholeEnd, int part, int partEnd, int scale) {
    int first = nonZero(text, whole, wholeEnd);
    long theirs;
    if (first < wholeEnd) {
      theirs = (long) wholeEnd - first + scale;
    } else {
      first = nonZero(text, part, partEnd);
      if (first == partEnd) {
        return -sign;
      }
      theirs = (long) part - first + scale;
    }
    int theirSign = negative ? -1 : 1;
    if (theirSign != sign) {
      return theirSign;
    }
    if (theirs != exponent) {
      return theirs > exponent ? theirSign : -theirSign;
    }
    return theirSign * compareDigits(text, first, wholeEnd, part, partEnd);
  }

  private int compareDigits(byte[] text, int first, int wholeEnd, int part, int partEnd) {
    int mine = 0;
    int at = first;
    while (true) {
      if (at == wholeEnd) {
        at = part;
      }
      if (at >= partEnd) {
        return mine < digits.length ? -1 : 0;
      }
      int digit = mine < digits.length ? digits[mine] : '0';
      if (text[at] != digit) {
        return text[at] < digit ? -1 : 1;
      }
      mine++;
      at++;
    }
  }

  private static int nonZero(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] == '0') {
      at++;
    }
    return at;
  }

  private static int digitsEnd(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at;
  }
}
