package dev.assay.gateway.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and texts as few octets: whole numbers in groups of seven bits, the lowest first, with
 * the sign in the lowest bit; texts in UTF-8 after their length. Written to the end, read from the
 * beginning. Not thread-safe.
 */
final class Bytes {

  private static final int FIRST_ROOM = 64 * 1024;

  private byte[] octets;
  private int end;
  private int at;

  /** Empty, to be written. */
  Bytes() {
    this.octets = new byte[FIRST_ROOM];
  }

  /** To be read. */
  Bytes(byte[] octets) {
    this.octets = octets;
    this.end = octets.length;
  }

  void clear() {
    end = 0;
    at = 0;
  }

  byte[] octets() {
    return octets;
  }

  int length() {
    return end;
  }

  boolean done() {
    return at >= end;
  }

  private void room(int more) {
    if (octets.length - end < more) {
      octets = Arrays.copyOf(octets, Math.max(octets.length * 2, end + more));
    }
  }

  void whole(long value) {
    room(10);
    long left = value << 1 ^ value >> 63;
    while ((left & ~0x7FL) != 0) {
      octets[end++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    octets[end++] = (byte) left;
  }

  void flag(boolean value) {
    whole(value ? 1 : 0);
  }

  void text(String value) {
    byte[] utf = value.getBytes(StandardCharsets.UTF_8);
    whole(utf.length);
    room(utf.length);
    System.arraycopy(utf, 0, octets, end, utf.length);
    end += utf.length;
  }

  void textOrNull(@Nullable String value) {
    flag(value != null);
    if (value != null) {
      text(value);
    }
  }

  long whole() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte octet = next();
      value |= (octet & 0x7FL) << shift;
      if (octet >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new IllegalArgumentException("a number has no end");
  }

  int number() {
    return Math.toIntExact(whole());
  }

  boolean flag() {
    return whole() != 0;
  }

  String text() {
    int length = number();
    if (length < 0 || length > end - at) {
      throw new IllegalArgumentException("a text of " + length + " octets is not all there");
    }
    String value = new String(octets, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  @Nullable String textOrNull() {
    return flag() ? text() : null;
  }

  private byte next() {
    if (at >= end) {
      throw new IllegalArgumentException("it ends too early");
    }
    return octets[at++];
  }
}
