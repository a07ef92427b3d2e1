package dev.assay.suite.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first bytes of a UTF-8 text; what is beyond its bound is forgotten. Bytes that are no UTF-8
 * are read as windows-1252. Reusable, not thread-safe.
 */
public final class ByteText {

  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private final int most;
  private byte[] bytes;
  private int length;
  private boolean cut;

  /**
   * An empty text.
   *
   * @param most how many bytes are kept
   */
  public ByteText(int most) {
    this.most = most;
    this.bytes = new byte[Math.min(most, 64)];
  }

  /** Forgets everything. */
  public void clear() {
    length = 0;
    cut = false;
  }

  /** Whether no more can be kept. */
  public boolean full() {
    return cut;
  }

  /** How many bytes are kept. */
  public int length() {
    return length;
  }

  /** Appends bytes, as far as they fit. */
  public void append(byte[] from, int start, int count) {
    int kept = Math.min(count, most - length);
    cut |= kept < count;
    room(kept);
    System.arraycopy(from, start, bytes, length, kept);
    length += kept;
  }

  /** Appends one byte. */
  public void append(int value) {
    if (length < most) {
      room(1);
      bytes[length++] = (byte) value;
    } else {
      cut = true;
    }
  }

  /** Appends a character; one that no report may hold becomes U+FFFD. */
  public void appendCodePoint(int code) {
    if (code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code < 0x80)) {
      append(code);
    } else if (code < 0x20
        || code > 0x10FFFF
        || (code >= 0xD800 && code <= 0xDFFF)
        || code == 0xFFFE
        || code == 0xFFFF) {
      append(REPLACEMENT, 0, REPLACEMENT.length);
    } else {
      byte[] encoded = new String(Character.toChars(code)).getBytes(StandardCharsets.UTF_8);
      append(encoded, 0, encoded.length);
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      long wanted = Math.max(bytes.length * 2L, (long) length + more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(most, wanted));
    }
  }

  /** Whether it holds bytes that are no UTF-8. */
  public boolean foreign() {
    return Utf8.foreign(bytes, 0, whole());
  }

  @Override
  public String toString() {
    return Utf8.text(bytes, 0, whole());
  }

  /** Where it is cut, half a character is left out. */
  private int whole() {
    if (!cut) {
      return length;
    }
    int end = length;
    int least = Math.max(0, length - 4);
    while (end > least && (bytes[end - 1] & 0xC0) == 0x80) {
      end--;
    }
    if (end == least || (bytes[end - 1] & 0x80) == 0) {
      return length;
    }
    int lead = bytes[end - 1] & 0xFF;
    int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    return length - (end - 1) >= needed ? length : end - 1;
  }
}
