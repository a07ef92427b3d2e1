package dev.assay.api.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON by RFC 8259, strictly: no comments, no trailing commas, no duplicate members, at most
 * 200 arrays and objects deep. A lone surrogate, escaped or not, is read as U+FFFD. Throws {@link
 * JsonException} for anything else, never another exception.
 */
public final class JsonReader {

  private static final int DEEPEST = 200;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** The value that the whole text says. */
  public static Json read(String text) {
    JsonReader reader = new JsonReader(text);
    reader.skipSpace();
    Json value = reader.value(0);
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.error("unexpected text after the value");
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
    Map<String, Json> members = new LinkedHashMap<>();
    skipSpace();
    if (accept('}')) {
      return new Json.Obj(members);
    }
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
    return new Json.Obj(members);
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
    return Json.of(value);
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
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private JsonException error(String message) {
    return new JsonException(message, at);
  }
}
