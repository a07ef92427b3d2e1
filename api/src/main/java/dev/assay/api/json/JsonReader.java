package dev.assay.api.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON by RFC 8259, strictly: no comments, no trailing commas, no duplicate members, at most
 * 200 arrays and objects deep. A lone surrogate, escaped or not, is read as U+FFFD. Throws {@link
 * JsonException} for anything else, never another exception.
 */
public final class JsonReader {

  private static final int DEEPEST = 200;
  private static final int SURELY_64_BITS = 19;
  private static final Json EMPTY = Json.object().build();

  private final String text;
  private int at;

  /** Whether what was read up to now is as {@link JsonWriter#canonical} writes it. */
  private boolean canonical = true;

  private JsonReader(String text) {
    this.text = text;
  }

  /** The value that the whole text says. */
  public static Json read(String text) {
    return new JsonReader(text).whole();
  }

  /**
   * The value that bytes say, and whether they are its canonical form, so that whoever keeps
   * canonical bytes need not write them again. What is no UTF-8 is read as U+FFFD.
   */
  public static Read read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    JsonReader reader = new JsonReader(text);
    Json value = reader.whole();
    // bytes that are no UTF-8 were replaced, and are not what the text says
    boolean same = reader.canonical && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
    return new Read(value, same);
  }

  /**
   * A value that was read.
   *
   * @param value the value
   * @param canonical whether it was written in its canonical form; where false, perhaps all the
   *     same
   */
  public record Read(Json value, boolean canonical) {}

  private Json whole() {
    skipSpace();
    Json value = value(0);
    skipSpace();
    if (at < text.length()) {
      throw error("unexpected text after the value");
    }
    return value;
  }

  private Json value(int depth) {
    if (at >= text.length()) {
      throw error("unexpected end");
    }
    return switch (text.charAt(at)) {
      case '{' -> object(deeper(depth));
      case '[' -> array(deeper(depth));
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Bool(true));
      case 'f' -> word("false", new Json.Bool(false));
      case 'n' -> word("null", Json.Null.VALUE);
      default -> number();
    };
  }

  private int deeper(int depth) {
    if (depth == DEEPEST) {
      throw error("nested deeper than " + DEEPEST);
    }
    return depth + 1;
  }

  private Json object(int depth) {
    at++;
    skipSpace();
    if (accept('}')) {
      return EMPTY;
    }
    Members.Collector members = new Members.Collector();
    do {
      skipSpace();
      if (at >= text.length() || text.charAt(at) != '"') {
        throw error("expected a member name");
      }
      String name = Surrogates.paired(string());
      skipSpace();
      expect(':');
      skipSpace();
      if (members.put(name, value(depth)) != null) {
        throw error("duplicate member '" + name + "'");
      }
      skipSpace();
    } while (accept(','));
    expect('}');
    Map<String, Json> all = members.members();
    canonical &= all instanceof Members few && few.sorted();
    return new Json.Obj(all);
  }

  private Json array(int depth) {
    at++;
    List<Json> items = new ArrayList<>();
    skipSpace();
    if (accept(']')) {
      return new Json.Array(items);
    }
    do {
      skipSpace();
      items.add(value(depth));
      skipSpace();
    } while (accept(','));
    expect(']');
    return new Json.Array(items);
  }

  private String string() {
    int start = ++at;
    StringBuilder built = null;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        String end = text.substring(start, at++);
        return built == null ? end : built.append(end).toString();
      }
      if (c < 0x20) {
        throw error("control character in a text");
      }
      if (c == '\\') {
        built = (built == null ? new StringBuilder() : built).append(text, start, at);
        at++;
        built.append(escape());
        start = at;
      } else {
        at++;
      }
    }
    throw error("unterminated text");
  }

  private char escape() {
    if (at >= text.length()) {
      throw error("unterminated text");
    }
    char c = text.charAt(at++);
    canonical &= c != '/' && c != 'u';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> throw error("unknown escape '\\" + c + "'");
    };
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? hex(text.charAt(at)) : -1;
      if (digit < 0) {
        throw error("expected four hexadecimal digits");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private Json number() {
    int start = at;
    accept('-');
    if (!accept('0')) {
      digits();
    }
    boolean whole = true;
    if (accept('.')) {
      digits();
      whole = false;
    }
    if (accept('e') || accept('E')) {
      if (!accept('+')) {
        accept('-');
      }
      digits();
      whole = false;
    }
    if (whole && at - start < SURELY_64_BITS && text.charAt(start) != '-') {
      return new Json.Whole(Long.parseLong(text, start, at, 10));
    }
    String digits = text.substring(start, at);
    if (whole && !digits.equals("-0")) {
      try {
        return new Json.Whole(Long.parseLong(digits));
      } catch (NumberFormatException tooLong) {
        // falls through: a number of more than 64 bits is kept as the nearest double
      }
    }
    double value = Double.parseDouble(digits);
    if (!Double.isFinite(value)) {
      throw error("number out of range");
    }
    Json number = Json.of(value);
    canonical &= JsonWriter.canonical(number).equals(digits);
    return number;
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw error(
          start < text.length() ? "unexpected '" + text.charAt(start) + "'" : "unexpected end");
    }
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw error("unexpected '" + text.charAt(at) + "'");
    }
    at += word.length();
    return value;
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw error("expected '" + c + "'");
    }
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      canonical = false;
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
  }

  private JsonException error(String message) {
    return new JsonException(message, at);
  }
}
