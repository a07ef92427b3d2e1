package dev.assay.suite.scan;

import dev.assay.suite.scan.Flaw.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The values of JSON as a stream. Its reader asks for what it expects: {@link #object} and {@link
 * #name}, {@link #array} and {@link #item}, {@link #text}, {@link #number}. A value of another kind
 * is passed over and reads as nothing, so that a wrong type in one place does not end the reading.
 *
 * <p>Commas before an end and words such as {@code NaN}, which some tools write, are accepted.
 * Texts are cut at 64 KiB, nesting deeper than {@value #DEEPEST} is refused. What cannot be read
 * any further is a {@link BrokenTextException}. Not thread-safe.
 */
public final class JsonScanner implements Closeable {

  /** What a value is. */
  public enum Value {
    /** An object. */
    OBJECT,
    /** An array. */
    ARRAY,
    /** A text. */
    TEXT,
    /** A number, true, false or null. */
    WORD,
    /** Nothing: the end of the text, or of what encloses it. */
    NONE
  }

  static final int DEEPEST = 512;
  private static final int LONGEST = 65_536;

  private final @Nullable InputStream in;
  private final ByteWindow window;
  private final ByteText text = new ByteText(LONGEST);
  private final boolean[] isObject = new boolean[DEEPEST + 1];
  private final boolean[] hasMore = new boolean[DEEPEST + 1];
  private int depth;

  /** A scanner of these bytes, which it closes. */
  public JsonScanner(InputStream in) throws IOException {
    this.in = in;
    this.window = new ByteWindow(in);
  }

  /** A scanner that is given one line after the other by {@link #line}. */
  public JsonScanner() {
    this.in = null;
    this.window = new ByteWindow(new byte[0], 0);
  }

  /** Begins again with the text of a line. */
  public void line(LineScanner lines) {
    window.reset(lines.bytes(), lines.length());
    depth = 0;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }

  /** Where the last value or name begins. */
  public Flaw here(Kind kind, String message) {
    return window.flaw(kind, message);
  }

  /** What comes next. */
  public Value kind() throws IOException {
    return switch (space()) {
      case '{' -> Value.OBJECT;
      case '[' -> Value.ARRAY;
      case '"' -> Value.TEXT;
      case -1, '}', ']' -> Value.NONE;
      default -> Value.WORD;
    };
  }

  // ---- what is asked for

  /** Enters an object; false where something else is here, which is passed over. */
  public boolean object() throws IOException {
    return enter('{', true);
  }

  /** Enters an array; false where something else is here, which is passed over. */
  public boolean array() throws IOException {
    return enter('[', false);
  }

  private boolean enter(int bracket, boolean object) throws IOException {
    if (space() != bracket) {
      skip();
      return false;
    }
    window.take();
    push(object);
    return true;
  }

  /** The name of the next member; null where the object ends, which is then left. */
  public @Nullable String name() throws IOException {
    if (!another('}')) {
      return null;
    }
    if (space() != '"') {
      throw broken("has something else than the name of a member");
    }
    String name = string(true);
    if (space() != ':') {
      throw broken("has no ':' after the name of a member");
    }
    window.take();
    return name;
  }

  /** Whether another item follows; where not, the array is left. */
  public boolean item() throws IOException {
    return another(']');
  }

  private boolean another(int bracket) throws IOException {
    int c = space();
    if (c == ',' && hasMore[depth]) {
      window.take();
      c = space();
    } else if (c != bracket && hasMore[depth]) {
      throw broken("has no ',' or '" + (char) bracket + "'");
    }
    if (c == bracket) {
      window.take();
      depth--;
      return false;
    }
    hasMore[depth] = true;
    return true;
  }

  /** A text, or a number or word as it is written; empty where an object or array is here. */
  public String text() throws IOException {
    return switch (kind()) {
      case TEXT -> string(true);
      case WORD -> word();
      default -> {
        skip();
        yield "";
      }
    };
  }

  /** The text of one member of the object that is here; empty where either is missing. */
  public String member(String wanted) throws IOException {
    String found = "";
    if (object()) {
      for (String name = name(); name != null; name = name()) {
        if (name.equals(wanted)) {
          found = text();
        } else {
          skip();
        }
      }
    }
    return found;
  }

  /** A number; NaN where something else is here. A text of digits counts as the number. */
  public double number() throws IOException {
    String written = text();
    try {
      return written.isEmpty() || written.length() > 64 ? Double.NaN : Double.parseDouble(written);
    } catch (NumberFormatException other) {
      return Double.NaN;
    }
  }

  /** Whether the word {@code true} is here. */
  public boolean yes() throws IOException {
    return text().equals("true");
  }

  /** Passes over a value, whatever it is. */
  public void skip() throws IOException {
    int outside = depth;
    do {
      int c = space();
      if (depth > outside && isObject[depth] && c != '}' && c != ',') {
        name();
        c = space();
      }
      switch (c) {
        case '{' -> open(true);
        case '[' -> open(false);
        case '}', ']' -> close(c, outside);
        case ',' -> window.take();
        case '"' -> string(false);
        default -> word();
      }
      if (depth > outside) {
        hasMore[depth] = false;
      }
    } while (depth > outside);
  }

  private void open(boolean object) throws IOException {
    window.take();
    push(object);
  }

  private void close(int bracket, int outside) throws IOException {
    if (depth <= outside || isObject[depth] != (bracket == '}')) {
      throw broken("has a '" + (char) bracket + "' out of place");
    }
    window.take();
    depth--;
  }

  private void push(boolean object) throws IOException {
    if (depth == DEEPEST) {
      throw broken("is nested more than " + DEEPEST + " deep");
    }
    depth++;
    isObject[depth] = object;
    hasMore[depth] = false;
  }

  // ---- characters

  private int space() throws IOException {
    int c = window.peek();
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0xFEFF) {
      window.at++;
      c = window.peek();
    }
    window.mark();
    if (c < 0 && depth > 0) {
      throw new BrokenTextException(
          window.flaw(
              Kind.TRUNCATED, "ends inside " + (isObject[depth] ? "an object" : "an array")));
    }
    return c;
  }

  private BrokenTextException broken(String message) {
    return new BrokenTextException(window.flaw(Kind.MALFORMED, message));
  }

  private String word() throws IOException {
    text.clear();
    int c = window.peek();
    while (c == '-'
        || c == '+'
        || c == '.'
        || c == '_'
        || c < 128 && Character.isLetterOrDigit(c)) {
      text.append(c);
      window.take();
      c = window.peek();
    }
    if (text.length() == 0) {
      throw broken(
          c < 0
              ? "ends where a value should be"
              : "has a '" + (char) c + "' where a value should be");
    }
    return text.toString();
  }

  /** Reads a text, which is only made where it is wanted. */
  private String string(boolean wanted) throws IOException {
    window.take();
    text.clear();
    while (window.at < window.end || window.more()) {
      byte[] bytes = window.bytes;
      int start = window.at;
      int i = start;
      while (i < window.end && bytes[i] != '"' && bytes[i] != '\\') {
        i++;
      }
      if (wanted) {
        text.append(bytes, start, i - start);
      }
      window.at = i;
      if (i < window.end) {
        window.at++;
        if (bytes[i] == '"') {
          return wanted ? text.toString() : "";
        }
        escape();
      }
    }
    throw new BrokenTextException(window.flaw(Kind.TRUNCATED, "ends inside a text"));
  }

  private void escape() throws IOException {
    int c = window.take();
    switch (c) {
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case 'r' -> text.append('\r');
      case 'b', 'f' -> text.append(' ');
      case 'u' -> unicode();
      case -1 -> {
        // the end is found by the caller
      }
      default -> text.append(c);
    }
  }

  private void unicode() throws IOException {
    int code = hex();
    if (code >= 0xD800 && code < 0xDC00 && window.peek() == '\\') {
      window.take();
      if (window.peek() == 'u') {
        window.take();
        int low = hex();
        code =
            low >= 0xDC00 && low < 0xE000 ? Character.toCodePoint((char) code, (char) low) : 0xFFFD;
      } else {
        text.appendCodePoint(0xFFFD);
        escape();
        return;
      }
    }
    text.appendCodePoint(code);
  }

  private int hex() throws IOException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int c = window.peek();
      int digit = c < 0 || c > 127 ? -1 : Character.digit(c, 16);
      if (digit < 0) {
        return 0xFFFD;
      }
      window.take();
      code = code * 16 + digit;
    }
    return code;
  }
}
