package dev.assay.gateway.store;

import java.util.Locale;

/**
 * Ids of messages: 44 bits of milliseconds since 1970 and 20 bits of a counter, so that they grow
 * with time and a range of time is a range of ids. Written with the digits of Crockford's base 32.
 */
public final class MessageId {

  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int COUNTER_BITS = 20;
  private static final int LENGTH = 13;

  private MessageId() {}

  /** The first id of a millisecond. */
  public static long at(long millis) {
    return millis << COUNTER_BITS;
  }

  /** The millisecond of an id. */
  public static long millis(long id) {
    return id >>> COUNTER_BITS;
  }

  /** As people and programs are shown it. */
  public static String text(long id) {
    char[] text = new char[LENGTH];
    long rest = id;
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (rest & 31));
      rest >>>= 5;
    }
    return new String(text);
  }

  /** The id that was shown so, or -1. */
  public static long of(String text) {
    if (text.length() != LENGTH) {
      return -1;
    }
    long id = 0;
    String small = text.toLowerCase(Locale.ROOT);
    for (int i = 0; i < LENGTH; i++) {
      int digit = DIGITS.indexOf(small.charAt(i));
      if (digit < 0) {
        return -1;
      }
      id = id << 5 | digit;
    }
    return id < 0 ? -1 : id;
  }
}
