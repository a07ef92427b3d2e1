package dev.assay.load.http2;

/**
 * The Huffman code of HPACK (RFC 7541 section 5.2 and appendix B). The code is canonical: codes of
 * one length are consecutive numbers in the order of their symbols, so that the lengths say all.
 *
 * <p>Bits are taken from the top of a window of 32: the first length whose highest code, put
 * against the top, is not below the window is that of the next symbol. Frequent symbols have 5 to 8
 * bits and are found in one to four comparisons.
 */
final class Huffman {

  /** What decoding says of bytes that are no Huffman text. */
  static final int INVALID = -1;

  /** What decoding says where the text has an end. */
  private static final int END = -2;

  private static final int SHORTEST = 5;
  private static final int LONGEST = 30;
  private static final int END_OF_STRING = 256;

  /** The length in bits of the code of each byte, then that of the end of the string. */
  private static final int[] LENGTHS = {
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, //
    28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28, //
    6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, //
    5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, //
    13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, //
    7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, //
    15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, //
    6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, //
    20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, //
    24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, //
    22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, //
    21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, //
    26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, //
    19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, //
    20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, //
    26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, //
    30
  };

  /** The symbols in the order of their codes. */
  private static final int[] SYMBOLS = new int[LENGTHS.length];

  /** For each length the first code, put against the top of 32 bits. */
  private static final long[] FIRST = new long[LONGEST + 1];

  /** For each length the code after its last, put against the top of 32 bits. */
  private static final long[] BEYOND = new long[LONGEST + 1];

  /** For each length where its symbols begin. */
  private static final int[] OFFSET = new int[LONGEST + 1];

  static {
    long code = 0;
    int at = 0;
    for (int length = SHORTEST; length <= LONGEST; length++) {
      FIRST[length] = code << 32 - length;
      OFFSET[length] = at;
      for (int symbol = 0; symbol < LENGTHS.length; symbol++) {
        if (LENGTHS[symbol] == length) {
          SYMBOLS[at++] = symbol;
          code++;
        }
      }
      BEYOND[length] = code << 32 - length;
      code <<= 1;
    }
  }

  private Huffman() {}

  /** The most bytes that so many encoded ones can mean. */
  static int longest(int encoded) {
    return (int) (encoded * 8L / SHORTEST);
  }

  /**
   * Decodes.
   *
   * @return how many bytes were written from {@code at} on, or {@link #INVALID} where it is no
   *     Huffman text or does not fit
   */
  static int decode(byte[] bytes, int from, int to, byte[] into, int at) {
    long position = 0;
    int written = at;
    while (true) {
      long next = next(bytes, from, to, position);
      int symbol = (int) next;
      if (symbol < 0) {
        return symbol == END ? written - at : INVALID;
      }
      if (written == into.length) {
        return INVALID;
      }
      into[written++] = (byte) symbol;
      position = next >>> 32;
    }
  }

  /** Whether it means exactly those bytes. */
  static boolean matches(byte[] bytes, int from, int to, byte[] text) {
    long position = 0;
    for (byte expected : text) {
      long next = next(bytes, from, to, position);
      if ((int) next != (expected & 0xff)) {
        return false;
      }
      position = next >>> 32;
    }
    return (int) next(bytes, from, to, position) == END;
  }

  /** The whole number that it means, or -1 where it means none of 1 to 18 digits. */
  static long number(byte[] bytes, int from, int to) {
    long position = 0;
    long number = 0;
    int digits = 0;
    while (true) {
      long next = next(bytes, from, to, position);
      int symbol = (int) next;
      if (symbol == END && digits > 0) {
        return number;
      }
      if (symbol < '0' || symbol > '9' || ++digits > Digits.MOST) {
        return -1;
      }
      number = number * 10 + symbol - '0';
      position = next >>> 32;
    }
  }

  /** The symbol that begins at that bit in the lower half, the bit after it in the upper. */
  private static long next(byte[] bytes, int from, int to, long position) {
    long bits = (to - from) * 8L;
    int at = from + (int) (position >>> 3);
    long window = 0;
    // Past the end there are ones, as in the padding.
    for (int i = 0; i < 5; i++) {
      window = window << 8 | (at + i < to ? bytes[at + i] & 0xff : 0xff);
    }
    window = window >>> 8 - (position & 7) & 0xffff_ffffL;
    int length = SHORTEST;
    while (window >= BEYOND[length]) {
      length++; // ends at the latest with the longest, whose last code is all ones
    }
    if (position + length > bits) {
      // What is left may only be fewer than 8 bits of ones (RFC 7541 5.2).
      long left = bits - position;
      boolean padding = left < 8 && window == 0xffff_ffffL;
      return position << 32 | (padding ? END : INVALID) & 0xffff_ffffL;
    }
    int symbol = SYMBOLS[OFFSET[length] + (int) (window - FIRST[length] >>> 32 - length)];
    if (symbol == END_OF_STRING) {
      return position << 32 | INVALID & 0xffff_ffffL;
    }
    return position + length << 32 | symbol;
  }
}
