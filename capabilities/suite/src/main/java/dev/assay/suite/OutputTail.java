package dev.assay.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows the output of a running program: its last lines and how many tests it speaks of. Not
 * thread-safe.
 */
final class OutputTail {

  /** How many lines are kept for a person. */
  static final int LINES = 40;

  private static final int LONGEST_LINE = 400;
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** A line that Surefire writes after each class. */
  private static final Pattern MAVEN_CLASS = Pattern.compile("Tests run: (\\d+),.* in \\S+\\s*$");

  private final Path file;
  private final Deque<String> lines = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(65_536);
  private final StringBuilder line = new StringBuilder();
  private long position;
  private long tests;

  OutputTail(Path file) {
    this.file = file;
  }

  /** Reads what was written since. */
  void follow() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(position);
      while (channel.read(buffer.clear()) > 0) {
        position += buffer.position();
        // only for showing: a character cut between two reads may be shown wrong, none is lost
        take(StandardCharsets.UTF_8.decode(buffer.flip()));
      }
    } catch (NoSuchFileException notYet) {
      // nothing has been written
    }
  }

  private void take(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        endLine();
      } else if (line.length() < LONGEST_LINE) {
        line.append(c);
      }
    }
  }

  private void endLine() {
    String ended =
        CONTROL.matcher(COLOUR.matcher(line).replaceAll("")).replaceAll(" ").stripTrailing();
    line.setLength(0);
    if (ended.isEmpty()) {
      return;
    }
    Matcher maven = MAVEN_CLASS.matcher(ended);
    if (maven.find()) {
      tests += Long.parseLong(maven.group(1));
    }
    lines.addLast(ended);
    if (lines.size() > LINES) {
      lines.removeFirst();
    }
  }

  /** How many bytes were read. */
  long length() {
    return position;
  }

  /** One line for the live view; empty before the first output. */
  String progress() {
    String last = lines.isEmpty() ? "" : lines.getLast();
    return tests == 0 ? last : tests + " tests · " + last;
  }

  /** The last lines, at most {@link #LINES}. */
  String last() {
    endLine();
    return String.join("\n", lines);
  }
}
