package dev.assay.suite.scan;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The lines of a text as a stream; what is beyond 1 MiB of one line is dropped. A line ends with a
 * line feed, before which a carriage return does not count. Not thread-safe.
 */
public final class LineScanner implements Closeable {

  private static final int LONGEST = 1 << 20;

  private final InputStream in;
  private final ByteWindow window;
  private byte[] line = new byte[1024];
  private int length;
  private long number;
  private boolean ended;

  /** A scanner of these bytes, which it closes. */
  public LineScanner(InputStream in) throws IOException {
    this.in = in;
    this.window = new ByteWindow(in);
  }

  /** Goes to the next line; false after the last. */
  public boolean next() throws IOException {
    length = 0;
    ended = false;
    boolean any = false;
    while (!ended && (window.at < window.end || window.more())) {
      any = true;
      int found = Search.find(window.bytes, window.at, window.end, (byte) '\n');
      append(found);
      ended = found < window.end;
      window.at = ended ? found + 1 : found;
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    number += any ? 1 : 0;
    return any;
  }

  private void append(int end) {
    int count = Math.min(end - window.at, LONGEST - length);
    if (line.length < length + count) {
      line =
          java.util.Arrays.copyOf(
              line, Math.min(LONGEST, Math.max(line.length * 2, length + count)));
    }
    System.arraycopy(window.bytes, window.at, line, length, count);
    length += count;
  }

  /** The text of the line. */
  public String text() {
    return Utf8.text(line, 0, length);
  }

  /** Its bytes, valid until the next line, up to {@link #length}. */
  byte[] bytes() {
    return line;
  }

  /** How many bytes it has. */
  public int length() {
    return length;
  }

  /** The first byte that is no blank, or -1. */
  public int first() {
    for (int i = 0; i < length; i++) {
      if (line[i] > ' ' || line[i] < 0) {
        return line[i] & 0xFF;
      }
    }
    return -1;
  }

  /** Its number, from 1. */
  public long number() {
    return number;
  }

  /** Whether a line feed ended it, and not the end of the file. */
  public boolean ended() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
