package dev.assay.smpp.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An optional parameter, known or not. Immutable: do not write to the value.
 *
 * @param tag 0 to 65535
 * @param value at most 65535 bytes
 */
public record Tlv(int tag, byte[] value) {

  /** Checks the ranges. */
  public Tlv {
    if (tag < 0 || tag > 0xFFFF || value.length > 0xFFFF) {
      throw new IllegalArgumentException(
          "no TLV has tag " + tag + " and " + value.length + " bytes");
    }
  }

  /** One that holds a number. */
  public static Tlv number(Tag tag, long value) {
    byte[] bytes = new byte[Math.max(1, tag.shortest())];
    for (int i = bytes.length - 1; i >= 0; i--) {
      bytes[i] = (byte) value;
      value >>= 8;
    }
    return new Tlv(tag.code(), bytes);
  }

  /** One that holds a text and the NUL after it. */
  public static Tlv text(Tag tag, String value) {
    byte[] latin = value.getBytes(StandardCharsets.ISO_8859_1);
    return new Tlv(tag.code(), Arrays.copyOf(latin, latin.length + 1));
  }

  /** The value as an unsigned number of up to eight bytes. */
  public long number() {
    long number = 0;
    for (byte each : value) {
      number = number << 8 | (each & 0xFF);
    }
    return number;
  }

  /** The value as a text, up to its NUL where it has one. */
  public String text() {
    int end = 0;
    while (end < value.length && value[end] != 0) {
      end++;
    }
    return new String(value, 0, end, StandardCharsets.ISO_8859_1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tlv that && tag == that.tag && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * tag + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return String.format("%04x=%s", tag, HexFormat.of().formatHex(value));
  }
}
