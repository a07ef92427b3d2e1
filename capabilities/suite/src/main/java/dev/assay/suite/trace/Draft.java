package dev.assay.suite.trace;

import java.util.ArrayList;
import java.util.List;

/** One thrown while it is read. Not thread-safe. */
final class Draft {

  private static final int MOST_FRAMES = 1_000;

  private final StringBuilder message = new StringBuilder();
  private final List<Frame> frames = new ArrayList<>();
  private String type = "";

  void type(String name) {
    type = name.strip();
  }

  boolean typed() {
    return !type.isEmpty();
  }

  void messageLine(String line) {
    if (message.length() < 20_000) {
      message.append(message.isEmpty() ? "" : "\n").append(line);
    }
  }

  void frame(Frame frame) {
    if (frames.size() < MOST_FRAMES) {
      frames.add(frame);
    }
  }

  boolean framed() {
    return !frames.isEmpty();
  }

  /** Turns frames that came outermost first. */
  void reverseFrames() {
    java.util.Collections.reverse(frames);
  }

  /** It, with what the report itself says where the trace says nothing. */
  Thrown build(String typeOtherwise, String messageOtherwise) {
    String said = message.toString().strip();
    return new Thrown(
        type.isEmpty() ? typeOtherwise : type, said.isEmpty() ? messageOtherwise : said, frames);
  }

  /** Reads {@code type: message} or a type alone; false where it is neither. */
  boolean header(String line) {
    String text = line.strip();
    int colon = colon(text);
    String name = colon < 0 ? text : text.substring(0, colon).strip();
    if (!typeName(name)) {
      return false;
    }
    type = name;
    if (colon >= 0) {
      messageLine(text.substring(colon + 1).strip());
    }
    return true;
  }

  /** The colon after a type; not one of {@code ::}. */
  private static int colon(String text) {
    int at = text.indexOf(':');
    while (at >= 0 && at + 1 < text.length() && text.charAt(at + 1) == ':') {
      at = text.indexOf(':', at + 2);
    }
    return at;
  }

  /** Whether a text may be the name of an exception. */
  static boolean typeName(String text) {
    if (text.isEmpty() || text.length() > 300 || !Character.isJavaIdentifierStart(text.charAt(0))) {
      return false;
    }
    int bracket = text.indexOf(" [");
    String name = bracket > 0 && text.endsWith("]") ? text.substring(0, bracket) : text;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Character.isJavaIdentifierPart(c) && c != '.' && c != '/' && c != '`') {
        return false;
      }
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.length() > 2
        && (name.indexOf('.') > 0 && Character.isUpperCase(last.charAt(0))
            || last.endsWith("Error")
            || last.endsWith("Exception")
            || last.endsWith("Warning")
            || last.equals("KeyboardInterrupt")
            || last.equals("SystemExit")
            || last.equals("Failed"));
  }
}
