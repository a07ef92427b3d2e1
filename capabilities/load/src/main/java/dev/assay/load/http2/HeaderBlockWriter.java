package dev.assay.load.http2;

/**
 * Writes header fields that stand alone (RFC 7541 section 6): from the static table where one
 * matches, else as literals that no table keeps and no Huffman code shortens. Compression would
 * cost the generator and the server time; a fixed field costs one copy.
 */
final class HeaderBlockWriter {

  private static final int INDEXED = 0x80;
  private static final int WITHOUT_INDEXING = 0x00;
  private static final int NEVER_INDEXED = 0x10;
  private static final int NAME_MASK = 0x0f;
  private static final int LENGTH_MASK = 0x7f;

  /** The size of the encoder's table is 0 from here on (section 6.3). */
  static final int NO_TABLE = 0x20;

  private HeaderBlockWriter() {}

  /** A field whose name and value are at hand. */
  static void field(Http2Output out, byte[] name, byte[] value, boolean secret) {
    int known = secret ? 0 : StaticTable.indexOf(name, value);
    if (known > 0) {
      integer(out, INDEXED, LENGTH_MASK, known);
      return;
    }
    name(out, name, secret);
    integer(out, 0, LENGTH_MASK, value.length);
    out.write(value, 0, value.length);
  }

  /** The beginning of a literal: a value must follow. */
  static void name(Http2Output out, byte[] name, boolean secret) {
    int form = secret ? NEVER_INDEXED : WITHOUT_INDEXING;
    int known = StaticTable.indexOf(name);
    integer(out, form, NAME_MASK, known);
    if (known == 0) {
      integer(out, 0, LENGTH_MASK, name.length);
      out.write(name, 0, name.length);
    }
  }

  /**
   * Begins a value whose length is not known yet.
   *
   * @return what {@link #endValue} wants
   */
  static int beginValue(Http2Output out) {
    out.write(0);
    return out.size();
  }

  /** Ends it: the length goes before it, which moves it where that takes more than one byte. */
  static void endValue(Http2Output out, int begun) {
    int length = out.size() - begun;
    if (length < LENGTH_MASK) {
      out.bytes()[begun - 1] = (byte) length;
      return;
    }
    int more = 1;
    for (int rest = length - LENGTH_MASK; rest >= 0x80; rest >>>= 7) {
      more++;
    }
    out.insert(begun, more);
    byte[] bytes = out.bytes();
    bytes[begun - 1] = LENGTH_MASK;
    int at = begun;
    int rest = length - LENGTH_MASK;
    for (; rest >= 0x80; rest >>>= 7) {
      bytes[at++] = (byte) (rest | 0x80);
    }
    bytes[at] = (byte) rest;
  }

  /** The field {@code content-length}. */
  static void contentLength(Http2Output out, long length) {
    integer(out, WITHOUT_INDEXING, NAME_MASK, StaticTable.CONTENT_LENGTH);
    int digits = Digits.many(length);
    out.write(digits);
    long divisor = 1;
    for (int i = 1; i < digits; i++) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      out.write((int) ('0' + length / divisor % 10));
    }
  }

  /** An integer in a byte of which the mask says the free part, and more if need be. */
  static void integer(Http2Output out, int form, int mask, int value) {
    if (value < mask) {
      out.write(form | value);
      return;
    }
    out.write(form | mask);
    int rest = value - mask;
    for (; rest >= 0x80; rest >>>= 7) {
      out.write(rest | 0x80);
    }
    out.write(rest);
  }
}
