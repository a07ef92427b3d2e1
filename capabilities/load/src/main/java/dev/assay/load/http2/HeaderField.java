package dev.assay.load.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One field of a header section as it lies in the bytes that came. It is one object that shows
 * field after field: whoever wants to keep something copies it before returning. What nobody asks
 * for is never decoded, so a fault inside of a Huffman text shows only to who reads it.
 */
public final class HeaderField {

  private static final byte[] EMPTY = new byte[0];
  private static final int COLON_CODE = 0x5c;

  private int index;
  private byte[] name = EMPTY;
  private int nameFrom;
  private int nameTo;
  private boolean nameCoded;
  private byte[] value = EMPTY;
  private int valueFrom;
  private int valueTo;
  private boolean valueCoded;

  HeaderField() {}

  void indexed(int at) {
    nameAt(at);
    byte[] known = StaticTable.value(at);
    value(known, 0, known.length, false);
  }

  void nameAt(int at) {
    byte[] known = StaticTable.name(at);
    name(known, 0, known.length, false);
    index = at;
  }

  void name(byte[] bytes, int from, int to, boolean coded) {
    index = 0;
    name = bytes;
    nameFrom = from;
    nameTo = to;
    nameCoded = coded;
  }

  void value(byte[] bytes, int from, int to, boolean coded) {
    value = bytes;
    valueFrom = from;
    valueTo = to;
    valueCoded = coded;
  }

  /** The index of the name in HPACK's static table, or 0 where it was sent as a text. */
  int index() {
    return index;
  }

  /** Whether the name begins with a colon. */
  boolean pseudo() {
    if (nameTo == nameFrom) {
      return false;
    }
    int first = name[nameFrom] & 0xff;
    return nameCoded ? first >>> 1 == COLON_CODE : first == ':';
  }

  /**
   * Whether it has that name.
   *
   * @param lowerCase the name as HTTP/2 writes it, in lower case
   */
  public boolean named(byte[] lowerCase) {
    if (nameCoded) {
      return Huffman.matches(name, nameFrom, nameTo, lowerCase);
    }
    return Arrays.equals(name, nameFrom, nameTo, lowerCase, 0, lowerCase.length);
  }

  /** Whether it has exactly that value. */
  public boolean hasValue(byte[] text) {
    if (valueCoded) {
      return Huffman.matches(value, valueFrom, valueTo, text);
    }
    return Arrays.equals(value, valueFrom, valueTo, text, 0, text.length);
  }

  /** How many bytes the value has at most; exactly so many where it is not compressed. */
  public int longestValue() {
    return valueCoded ? Huffman.longest(valueTo - valueFrom) : valueTo - valueFrom;
  }

  /**
   * Copies the value.
   *
   * @return how many bytes were written from {@code at} on, or -1 where they do not fit or are no
   *     valid Huffman text
   */
  public int copyValue(byte[] into, int at) {
    return copy(value, valueFrom, valueTo, valueCoded, into, at);
  }

  /** Copies the name; as {@link #copyValue}. */
  public int copyName(byte[] into, int at) {
    return copy(name, nameFrom, nameTo, nameCoded, into, at);
  }

  private static int copy(byte[] from, int start, int end, boolean coded, byte[] into, int at) {
    if (coded) {
      return Huffman.decode(from, start, end, into, at);
    }
    if (end - start > into.length - at) {
      return -1;
    }
    System.arraycopy(from, start, into, at, end - start);
    return end - start;
  }

  /** The value as a whole number of at most 18 digits, or -1 where it is none. */
  public long number() {
    return valueCoded
        ? Huffman.number(value, valueFrom, valueTo)
        : Digits.number(value, valueFrom, valueTo);
  }

  /** The name as a text; it allocates. Empty where it is no valid Huffman text. */
  public String nameText() {
    byte[] text = new byte[nameCoded ? Huffman.longest(nameTo - nameFrom) : nameTo - nameFrom];
    return text(text, copyName(text, 0));
  }

  /** The value as a text; it allocates. Empty where it is no valid Huffman text. */
  public String valueText() {
    byte[] text = new byte[longestValue()];
    return text(text, copyValue(text, 0));
  }

  private static String text(byte[] bytes, int length) {
    return new String(bytes, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return nameText() + ": " + valueText();
  }
}
