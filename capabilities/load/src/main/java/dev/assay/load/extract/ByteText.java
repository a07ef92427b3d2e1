package dev.assay.load.extract;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes as the characters that they say in UTF-8, for regular expressions; used again for the next
 * bytes. Bytes that are no UTF-8 are U+FFFD. It counts how often it is read, and gives up where
 * that has no end, as with an expression that backtracks.
 */
final class ByteText implements CharSequence {

  /**
   * Reads before it gives up: some tens of milliseconds, in which nothing else of the loop can go
   * on.
   */
  private static final int MOST_READS = 5_000_000;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final char UNKNOWN = '\uFFFD';

  private byte[] bytes = new byte[0];
  private int from;
  private boolean ascii = true;
  private char[] chars = new char[0];
  private int length;
  private int reads;
  private final GaveUp gaveUp = new GaveUp();

  /** Thrown where a search has no end. */
  static final class GaveUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private GaveUp() {
      super("the regular expression takes too long on this text", null, false, false);
    }
  }

  /** Takes other bytes, which must not change while they are searched. */
  void set(byte[] source, int start, int end) {
    reads = 0;
    ascii = ascii(source, start, end);
    if (ascii) {
      bytes = source;
      from = start;
      length = end - start;
    } else {
      decode(source, start, end);
    }
  }

  private static boolean ascii(byte[] source, int start, int end) {
    int at = start;
    for (; at + 8 <= end; at += 8) {
      if (((long) LONGS.get(source, at) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; at < end; at++) {
      if (source[at] < 0) {
        return false;
      }
    }
    return true;
  }

  private void decode(byte[] source, int start, int end) {
    if (chars.length < end - start) {
      chars = Arrays.copyOf(chars, Math.max(end - start, 2 * chars.length));
    }
    length = 0;
    int at = start;
    while (at < end) {
      int lead = source[at];
      if (lead >= 0) {
        chars[length++] = (char) lead;
        at++;
        continue;
      }
      int many = sequence(source, at, end);
      if (many < 2) {
        chars[length++] = UNKNOWN;
        at++;
        continue;
      }
      int c = lead & 0xFF >> many + 1;
      for (int i = 1; i < many; i++) {
        c = c << 6 | source[at + i] & 0x3F;
      }
      if (c < 0x10000) {
        chars[length++] = (char) c;
      } else {
        chars[length++] = Character.highSurrogate(c);
        chars[length++] = Character.lowSurrogate(c);
      }
      at += many;
    }
  }

  /** How many bytes the well-formed sequence at a place has; 0 where there is none (RFC 3629). */
  static int sequence(byte[] source, int at, int end) {
    int lead = source[at] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int many = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + many > end) {
      return 0;
    }
    for (int i = 1; i < many; i++) {
      if ((source[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = source[at + 1] & 0xFF;
    boolean broken =
        lead == 0xE0 && second < 0xA0
            || lead == 0xED && second > 0x9F
            || lead == 0xF0 && second < 0x90
            || lead == 0xF4 && second > 0x8F;
    return broken ? 0 : many;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    if (++reads > MOST_READS) {
      throw gaveUp;
    }
    return ascii ? (char) bytes[from + index] : chars[index];
  }

  /** Adds some of its characters to a buffer, in UTF-8. */
  void write(int start, int end, Bytes out) {
    if (ascii) {
      out.append(bytes, from + start, from + end);
      return;
    }
    int at = start;
    while (at < end) {
      int c = Character.codePointAt(chars, at, end);
      out.appendCodePoint(c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE ? c : UNKNOWN);
      at += Character.charCount(c);
    }
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return toString().substring(start, end);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ascii ? (char) bytes[from + i] : chars[i]);
    }
    return text.toString();
  }
}
