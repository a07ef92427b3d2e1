package dev.assay.smpp.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Packs septets into octets and back (3GPP TS 23.038, section 6.1.2.1.1): the first septet is in
 * the low bits of the first octet. Eight septets are one {@link Long#compress}, an instruction of
 * the processor.
 */
public final class Septets {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_SEVEN = 0x7F7F7F7F7F7F7F7FL;

  private Septets() {}

  /** How many octets so many septets take after so many bits of filling. */
  public static int octets(int septets, int fill) {
    return (septets * 7 + fill + 7) / 8;
  }

  /** The bits that fill up a header of so many octets to a whole number of septets. */
  public static int fill(int headerOctets) {
    return (7 - headerOctets * 8 % 7) % 7;
  }

  /** Packs septets, one a byte, after so many bits of filling. */
  public static byte[] pack(byte[] septets, int from, int count, int fill) {
    byte[] octets = new byte[octets(count, fill)];
    pack(septets, from, count, fill, octets);
    return octets;
  }

  /**
   * The same into an array.
   *
   * @return how many octets
   */
  public static int pack(byte[] septets, int from, int count, int fill, byte[] into) {
    int at = 0;
    int i = from;
    int end = from + count;
    if (fill == 0) {
      while (end - i >= 8 && into.length - at >= 8) {
        LONG.set(into, at, Long.compress((long) LONG.get(septets, i), LOW_SEVEN));
        i += 8;
        at += 7;
      }
    }
    long bits = 0;
    int held = fill;
    while (i < end) {
      bits |= (long) (septets[i++] & 0x7F) << held;
      held += 7;
      while (held >= 8) {
        into[at++] = (byte) bits;
        bits >>>= 8;
        held -= 8;
      }
    }
    if (held > 0) {
      into[at++] = (byte) bits;
    }
    return at;
  }

  /**
   * Unpacks so many septets, one a byte; no more than the octets hold.
   *
   * @param fill bits to pass over first
   */
  public static byte[] unpack(byte[] octets, int from, int octetCount, int fill, int most) {
    int count = Math.max(0, Math.min(most, (octetCount * 8 - fill) / 7));
    byte[] septets = new byte[count];
    int at = 0;
    int i = from;
    int end = from + octetCount;
    if (fill == 0) {
      while (count - at >= 8 && end - i >= 8) {
        LONG.set(septets, at, Long.expand((long) LONG.get(octets, i), LOW_SEVEN));
        i += 7;
        at += 8;
      }
    }
    long bits = 0;
    int held = -fill;
    while (at < count) {
      while (held < 7) {
        long octet = octets[i++] & 0xFFL;
        bits |= held >= 0 ? octet << held : octet >>> -held;
        held += 8;
      }
      septets[at++] = (byte) (bits & 0x7F);
      bits >>>= 7;
      held -= 7;
    }
    return septets;
  }
}
