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
  private static final int LONGEST_CHARACTER = 4;
  private static final Json EMPTY = Json.object().build();

  /** In UTF-8; most of it is ASCII, of which a text is made without looking at it again. */
  private final byte[] text;

  private int at;

  /** Whether the text read last has no other characters than ASCII. */
  private boolean ascii;

  /** Whether what was read up to now is as {@link JsonWriter#canonical} writes it. */
  private boolean canonical = true;

  private JsonReader(byte[] text) {
    this.text = text;
  }

  /** The value that the whole text says. */
  public static Json read(String text) {
    return new JsonReader(Surrogates.paired(text).getBytes(StandardCharsets.UTF_8)).whole();
  }

  /**
   * The value that bytes say, and whether they are its canonical form, so that whoever keeps
   * canonical bytes need not write them again. What is no UTF-8 is read as U+FFFD.
   */
  public static Read read(byte[] bytes) {
    JsonReader reader = new JsonReader(bytes);
    Json value = reader.whole();
    return new Read(value, reader.canonical);
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
    if (at < text.length) {
      throw error("unexpected text after the value");
    }
    return value;
  }

  private Json value(int depth) {
    if (at >= text.length) {
      throw error("unexpected end");
    }
    return switch (text[at]) {
      case '{' -> object(deeper(depth));
      case '[' -> array(deeper(depth));
      case '"' -> Json.of(string());
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
      if (at >= text.length || text[at] != '"') {
        throw error("expected a member name");
      }
      String name = string();
      boolean plain = ascii;
      skipSpace();
      expect(':');
      skipSpace();
      Json value = value(depth);
      Json before =
          plain ? members.putPlain(name, value) : members.put(Surrogates.paired(name), value);
      if (before != null) {
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
    int seen = 0;
    StringBuilder built = null;
    while (at < text.length) {
      byte c = text[at];
      if (c == '"') {
        ascii = seen >= 0 && built == null;
        String end = part(start, seen);
        at++;
        return built == null ? end : built.append(end).toString();
      }
      if (c >= 0 && c < 0x20) {
        throw error("control character in a text");
      }
      if (c == '\\') {
        built = (built == null ? new StringBuilder() : built).append(part(start, seen));
        at++;
        built.append(escape());
        start = at;
        seen = 0;
      } else {
        seen |= c; // negative from the first byte that is not ASCII
        at++;
      }
    }
    throw error("unterminated text");
  }

  /** What stands from there to here, of a text without escapes. */
  private String part(int start, int seen) {
    if (seen >= 0) {
      return new String(text, start, at - start, StandardCharsets.ISO_8859_1);
    }
    String part = new String(text, start, at - start, StandardCharsets.UTF_8);
    // bytes that are no UTF-8 were replaced, and are not what the text says
    canonical =
        canonical
            && Arrays.equals(
                part.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(text, start, at));
    return part;
  }

  private char escape() {
    if (at >= text.length) {
      throw error("unterminated text");
    }
    byte c = text[at++];
    canonical &= c != '/' && c != 'u';
    return switch (c) {
      case '"', '\\', '/' -> (char) c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> {
        at--;
        throw error("unknown escape '\\" + character() + "'");
      }
    };
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length ? hex(text[at]) : -1;
      if (digit < 0) {
        throw error("expected four hexadecimal digits");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private static int hex(byte c) {
    return c >= 0 ? Character.digit(c, 16) : -1;
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
    if (whole && at - start < SURELY_64_BITS && text[start] != '-') {
      return new Json.Whole(whole(start));
    }
    String digits = new String(text, start, at - start, StandardCharsets.ISO_8859_1);
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

  private long whole(int start) {
    long value = 0;
    for (int i = start; i < at; i++) {
      value = value * 10 + text[i] - '0';
    }
    return value;
  }

  private void digits() {
    int start = at;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw error(start < text.length ? "unexpected '" + character() + "'" : "unexpected end");
    }
  }

  private Json word(String word, Json value) {
    int end = at + word.length();
    for (int i = 0; i < word.length(); i++) {
      if (end > text.length || text[at + i] != word.charAt(i)) {
        throw error("unexpected '" + character() + "'");
      }
    }
    at = end;
    return value;
  }

  private boolean accept(char c) {
    if (at < text.length && text[at] == c) {
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
    while (at < text.length && isSpace(text[at])) {
      canonical = false;
      at++;
    }
  }

  private static boolean isSpace(byte c) {
    return c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
  }

  /** The character that stands here. */
  private String character() {
    String from =
        new String(text, at, Math.min(LONGEST_CHARACTER, text.length - at), StandardCharsets.UTF_8);
    return Character.toString(from.codePointAt(0));
  }

  private JsonException error(String message) {
    // whoever reads of it counts characters
    return new JsonException(message, new String(text, 0, at, StandardCharsets.UTF_8).length());
  }
}
