package dev.assay.core.run;

import dev.assay.core.report.OutputListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A file that a process prints to, read as it grows. Of what came since the look before, the newest
 * lines are told, and how many were not. Only whole lines are told, as half a secret could not be
 * masked. For one thread.
 */
final class PrintedFile implements AutoCloseable {

  /** So many lines of one file are told at one look. */
  static final int LINES = 200;

  /** So much of a line is read, in bytes; what is told of it is shorter. */
  static final int LONGEST = 1 << 13;

  private final String source;
  private final Path file;
  private final PrintedText text;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private final Deque<Line> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private final long from;
  private @Nullable FileChannel channel;
  private boolean beginning;
  private boolean cut;
  private long leftOut;
  private boolean left;

  private record Line(byte[] bytes, boolean cut) {}

  /** A file, of which what is there already is passed over. */
  PrintedFile(String source, Path file, PrintedText text) {
    this.source = source;
    this.file = file;
    this.text = text;
    this.from = size(file);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** Whether that is its file. */
  boolean is(Path other) {
    return file.equals(other);
  }

  /** Nothing is printed there any more: the next look is the last. */
  void leave() {
    left = true;
  }

  /**
   * Tells what came.
   *
   * @return whether more may come
   */
  boolean look(Instant at, OutputListener listener) {
    boolean there = Files.exists(file);
    try {
      FileChannel open = channel;
      if (open == null && there) {
        open = FileChannel.open(file, StandardOpenOption.READ);
        open.position(from);
        channel = open;
      }
      if (open != null) {
        read(open);
      }
    } catch (IOException unreadable) {
      left = true;
    }
    boolean goesOn = !left && (there || channel == null);
    if (!goesOn) {
      end();
    }
    tell(at, listener);
    return goesOn;
  }

  private void read(FileChannel open) throws IOException {
    while (open.read(buffer.clear()) > 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        byte one = buffer.get();
        if (one == '\n') {
          line();
        } else {
          beginning = true;
          if (begun.size() < LONGEST) {
            begun.write(one);
          } else {
            cut = true;
          }
        }
      }
    }
  }

  private void line() {
    if (lines.size() == LINES) {
      lines.removeFirst();
      leftOut++;
    }
    lines.addLast(new Line(begun.toByteArray(), cut));
    begun.reset();
    beginning = false;
    cut = false;
  }

  /** What stands behind the last line end is a line once nothing follows it. */
  void end() {
    if (beginning) {
      line();
    }
  }

  void tell(Instant at, OutputListener listener) {
    if (leftOut > 0) {
      listener.leftOut(source, at, leftOut);
      leftOut = 0;
    }
    for (Line line = lines.pollFirst(); line != null; line = lines.pollFirst()) {
      listener.printed(source, at, text.of(line.bytes(), line.cut()));
    }
  }

  @Override
  public void close() {
    FileChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException unimportant) {
        // it was only read
      }
    }
  }
}
