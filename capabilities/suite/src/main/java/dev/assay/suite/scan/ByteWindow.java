package dev.assay.suite.scan;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A window of 64 KiB that slides over a stream of UTF-8 and knows where it is. Scanners read {@link
 * #bytes} between {@link #at} and {@link #end} themselves, as a call for each byte costs too much.
 * Not thread-safe.
 */
final class ByteWindow {

  private static final int SIZE = 65_536;

  byte[] bytes;
  int at;
  int end;

  private final @Nullable Encoded encoded;
  private long lines = 1;
  private long columnsBefore;
  private int mark = -1;
  private long markedLine = 1;
  private long markedColumn = 1;

  ByteWindow(InputStream in) throws IOException {
    this.encoded = new Encoded(in);
    this.bytes = new byte[SIZE];
  }

  /** A window on bytes that are all there. */
  ByteWindow(byte[] bytes, int length) {
    this.encoded = null;
    this.bytes = bytes;
    this.end = length;
  }

  /** Begins again with other bytes. */
  void reset(byte[] other, int length) {
    bytes = other;
    at = 0;
    end = length;
    mark = -1;
    lines = 1;
    columnsBefore = 0;
  }

  boolean foreign() {
    return encoded != null && encoded.foreign();
  }

  /** Gets the next bytes once all are taken. False at the end. */
  boolean more() throws IOException {
    if (at < end) {
      return true;
    }
    Encoded in = encoded;
    if (in == null) {
      return false;
    }
    if (mark >= 0) {
      settle();
    }
    slide();
    at = 0;
    end = 0;
    int count;
    do {
      count = in.read(bytes, 0, SIZE);
    } while (count == 0);
    end = Math.max(0, count);
    return count > 0;
  }

  /** The next byte without taking it, 0 to 255; -1 at the end. */
  int peek() throws IOException {
    return at < end || more() ? bytes[at] & 0xFF : -1;
  }

  /** Takes a byte, 0 to 255; -1 at the end. */
  int take() throws IOException {
    return at < end || more() ? bytes[at++] & 0xFF : -1;
  }

  /** Remembers this place, for what may turn out to be wrong here. */
  void mark() {
    mark = at;
  }

  /** The place marked last. */
  Flaw flaw(Flaw.Kind kind, String message) {
    settle();
    return new Flaw(kind, markedLine, markedColumn, message);
  }

  /** The line of the place marked last. */
  long line() {
    settle();
    return markedLine;
  }

  /** The column of the place marked last. */
  long column() {
    settle();
    return markedColumn;
  }

  private void settle() {
    if (mark < 0) {
      return;
    }
    int newlines = 0;
    int last = -1;
    for (int i = 0; i < mark; i++) {
      if (bytes[i] == '\n') {
        newlines++;
        last = i;
      }
    }
    markedLine = lines + newlines;
    markedColumn = 1 + (last < 0 ? columnsBefore : 0) + points(last + 1, mark);
    mark = -1;
  }

  private int points(int from, int to) {
    int points = 0;
    for (int i = from; i < to; i++) {
      points += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return points;
  }

  private void slide() {
    int newlines = 0;
    for (int i = 0; i < end; i++) {
      newlines += bytes[i] == '\n' ? 1 : 0;
    }
    lines += newlines;
    int last = end - 1;
    while (newlines > 0 && bytes[last] != '\n') {
      last--;
    }
    columnsBefore = newlines > 0 ? points(last + 1, end) : columnsBefore + points(0, end);
  }
}
