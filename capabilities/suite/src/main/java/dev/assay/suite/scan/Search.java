package dev.assay.suite.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds a byte, eight at a time ("SWAR"; Mycroft's test for a zero byte). */
final class Search {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Search() {}

  /** The first index from {@code from} where that byte is; {@code to} where it is not. */
  static int find(byte[] bytes, int from, int to, byte wanted) {
    long pattern = ONES * (wanted & 0xFF);
    int i = from;
    for (; i <= to - 8; i += 8) {
      long differences = (long) LONG.get(bytes, i) ^ pattern;
      long zeros = (differences - ONES) & ~differences & HIGHS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    while (i < to && bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  /** Whether all bytes are of ASCII. */
  static boolean ascii(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - 8; i += 8) {
      if (((long) LONG.get(bytes, i) & HIGHS) != 0) {
        return false;
      }
    }
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    return i >= to;
  }
}
