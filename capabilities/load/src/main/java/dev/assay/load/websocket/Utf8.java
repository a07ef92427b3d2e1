package dev.assay.load.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks UTF-8 that arrives in pieces (RFC 3629, the table of Unicode section 3.9): no overlong
 * forms, no surrogates, nothing above U+10FFFF, found at the first byte that cannot be right.
 *
 * <p>Pure functions; the state between two pieces is one number that the caller keeps.
 */
final class Utf8 {

  /** The state before the first byte, and wherever a character has just ended. */
  static final int BOUNDARY = 0;

  /** The state after a byte that cannot be right. */
  static final int INVALID = -1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** The state after these bytes, from the state before them, which must not be INVALID. */
  static int check(int before, byte[] bytes, int from, int to) {
    int state = before;
    int at = from;
    while (at < to) {
      if (state == BOUNDARY) {
        at = skipAscii(bytes, at, to);
        if (at == to) {
          return BOUNDARY;
        }
        state = afterLead(bytes[at] & 0xFF);
      } else {
        state = afterContinuation(state, bytes[at] & 0xFF);
      }
      if (state == INVALID) {
        return INVALID;
      }
      at++;
    }
    return state;
  }

  private static int skipAscii(byte[] bytes, int from, int to) {
    int at = from;
    while (to - at >= Long.BYTES && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < to && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  private static int afterLead(int lead) {
    if (lead < 0xC2 || lead > 0xF4) {
      return INVALID;
    }
    return switch (lead) {
      case 0xE0 -> expect(2, 0xA0, 0xBF);
      case 0xED -> expect(2, 0x80, 0x9F);
      case 0xF0 -> expect(3, 0x90, 0xBF);
      case 0xF4 -> expect(3, 0x80, 0x8F);
      default -> expect(lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3, 0x80, 0xBF);
    };
  }

  private static int afterContinuation(int state, int next) {
    if (next < (state >> 8 & 0xFF) || next > (state >> 16)) {
      return INVALID;
    }
    int left = (state & 0xFF) - 1;
    return left == 0 ? BOUNDARY : expect(left, 0x80, 0xBF);
  }

  /** So many continuation bytes are missing, the next of them within these bounds. */
  private static int expect(int many, int lowest, int highest) {
    return many | lowest << 8 | highest << 16;
  }
}
