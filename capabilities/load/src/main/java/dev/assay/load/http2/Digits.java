package dev.assay.load.http2;

/** Whole numbers in decimal digits. */
final class Digits {

  /** So many digits never overflow a long. */
  static final int MOST = 18;

  private Digits() {}

  /** The number, or -1 where it is none of 1 to 18 digits. */
  static long number(byte[] bytes, int from, int to) {
    if (from == to || to - from > MOST) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** How many digits a number that is not negative has. */
  static int many(long number) {
    int many = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      many++;
    }
    return many;
  }
}
