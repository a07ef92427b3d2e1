package dev.assay.load.extract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A buffer of bytes that grows to what it once needed and is used again. It never grows beyond its
 * bound: what would is left out, and {@link #overflowed()} says so. Not thread-safe.
 */
public final class Bytes {

  private static final int FIRST = 64;

  private final int most;
  private byte[] bytes;
  private int length;
  private boolean overflowed;

  /**
   * An empty buffer.
   *
   * @param most how many bytes it holds at most, 1 to 1 GiB
   */
  public Bytes(int most) {
    if (most < 1 || most > 1 << 30) {
      throw new IllegalArgumentException("a buffer holds 1 byte to 1 GiB, not " + most);
    }
    this.most = most;
    this.bytes = new byte[Math.min(FIRST, most)];
  }

  /**
   * The bytes, of which the first {@link #length()} are meant; another array after it has grown.
   */
  public byte[] array() {
    return bytes;
  }

  /** How many bytes it holds. */
  public int length() {
    return length;
  }

  /** Whether something was left out since it was last cleared, as it did not fit. */
  public boolean overflowed() {
    return overflowed;
  }

  /** Empties it and keeps its room. */
  public void clear() {
    length = 0;
    overflowed = false;
  }

  /** Adds bytes; where not all of them fit, none. */
  public void append(byte[] source, int from, int to) {
    int many = to - from;
    if (many > bytes.length - length && !grow(many)) {
      return;
    }
    System.arraycopy(source, from, bytes, length, many);
    length += many;
  }

  /** Adds all of an array. */
  public void append(byte[] source) {
    append(source, 0, source.length);
  }

  /** Adds what another buffer holds. */
  public void append(Bytes source) {
    append(source.bytes, 0, source.length);
  }

  /** Adds one byte. */
  public void append(byte b) {
    if (length == bytes.length && !grow(1)) {
      return;
    }
    bytes[length++] = b;
  }

  /** Adds a whole number in decimal digits. */
  public void appendNumber(long number) {
    if (number < 0) {
      append((byte) '-');
    }
    // Negative all along, since the lowest number has no positive counterpart.
    long rest = number < 0 ? number : -number;
    int digits = digits(rest);
    if (digits > bytes.length - length && !grow(digits)) {
      return;
    }
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private static int digits(long negative) {
    int digits = 1;
    for (long rest = negative / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Adds one character in UTF-8. */
  void appendCodePoint(int c) {
    if (c < 0x80) {
      append((byte) c);
    } else if (c < 0x800) {
      append((byte) (0xC0 | c >> 6));
      append((byte) (0x80 | c & 0x3F));
    } else if (c < 0x10000) {
      append((byte) (0xE0 | c >> 12));
      append((byte) (0x80 | c >> 6 & 0x3F));
      append((byte) (0x80 | c & 0x3F));
    } else {
      append((byte) (0xF0 | c >> 18));
      append((byte) (0x80 | c >> 12 & 0x3F));
      append((byte) (0x80 | c >> 6 & 0x3F));
      append((byte) (0x80 | c & 0x3F));
    }
  }

  private boolean grow(int many) {
    if (many > most - length) {
      overflowed = true;
      return false;
    }
    int wanted = Math.max(length + many, (int) Math.min(2L * bytes.length, most));
    bytes = Arrays.copyOf(bytes, wanted);
    return true;
  }

  /** What it holds, read as UTF-8. */
  public String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** The same as {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }
}
