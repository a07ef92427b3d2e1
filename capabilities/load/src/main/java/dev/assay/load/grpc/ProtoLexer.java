package dev.assay.load.grpc;

import dev.assay.api.problem.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits the text of a {@code .proto} file into words, by the lexical rules of the Protocol Buffers
 * language ("Lexical Elements" of its specifications of proto2, proto3 and the editions).
 */
final class ProtoLexer {

  private static final int LONGEST_SHOWN = 400;

  private final String file;
  private final String text;
  private int at;
  private int line = 1;
  private int counted;
  private int column = 1;
  private String source = "";

  private ProtoLexer(String file, String text) {
    this.file = file;
    this.text = text;
    beginLine(0);
  }

  /**
   * All words, the last one {@link ProtoToken.Kind#END}.
   *
   * @param file the name for places
   */
  static List<ProtoToken> tokens(String file, String text) {
    return new ProtoLexer(file, text).all();
  }

  private List<ProtoToken> all() {
    List<ProtoToken> tokens = new ArrayList<>();
    if (text.startsWith("\uFEFF")) {
      beginLine(1);
    }
    while (true) {
      skipSpace();
      if (at >= text.length()) {
        tokens.add(new ProtoToken(ProtoToken.Kind.END, "", place(at), at, at));
        return tokens;
      }
      tokens.add(next());
    }
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        newLine();
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == 0x0b) {
        at++;
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        comment();
      } else {
        return;
      }
    }
  }

  private void newLine() {
    line++;
    beginLine(at + 1);
  }

  private void beginLine(int start) {
    at = start;
    counted = start;
    column = 1;
    int end = text.indexOf('\n', start);
    int stop = Math.min(end < 0 ? text.length() : end, start + LONGEST_SHOWN);
    source = text.substring(start, stop).stripTrailing();
  }

  private void comment() {
    Place start = place(at);
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw GrpcProblems.SYNTAX.failure(start, "this comment has no end", "close it with */");
    }
    while (at < end) {
      if (text.charAt(at) == '\n') {
        newLine();
      } else {
        at++;
      }
    }
    at = end + 2;
  }

  private ProtoToken next() {
    char c = text.charAt(at);
    if (nameStart(c)) {
      return name();
    }
    if (digit(c) || c == '.' && at + 1 < text.length() && digit(text.charAt(at + 1))) {
      return number();
    }
    if (c == '"' || c == '\'') {
      return string(c);
    }
    if ("{}[]()<>;:,.=-+/".indexOf(c) < 0) {
      throw GrpcProblems.SYNTAX.failure(
          place(at),
          "the character '" + new String(Character.toChars(text.codePointAt(at))) + "' stands here",
          "remove it, or put it into quotes");
    }
    return token(ProtoToken.Kind.SYMBOL, at, at + 1);
  }

  private ProtoToken name() {
    int end = at;
    while (end < text.length() && (nameStart(text.charAt(end)) || digit(text.charAt(end)))) {
      end++;
    }
    return token(ProtoToken.Kind.NAME, at, end);
  }

  private ProtoToken number() {
    int end = at;
    boolean real = false;
    if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
      end += 2;
      while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
        end++;
      }
    } else {
      while (end < text.length()) {
        char c = text.charAt(end);
        boolean sign = (c == '-' || c == '+') && (text.charAt(end - 1) | 0x20) == 'e';
        if (c == '.' || (c | 0x20) == 'e') {
          real = true;
        } else if (!digit(c) && !(sign && end > at)) {
          break;
        }
        end++;
      }
      if (end < text.length() && real && (text.charAt(end) | 0x20) == 'f') {
        end++;
      }
    }
    if (end < text.length() && nameStart(text.charAt(end))) {
      throw GrpcProblems.SYNTAX.failure(
          place(at),
          "'" + text.substring(at, end + 1) + "' is neither a number nor a name",
          "put a space between the number and what follows");
    }
    return token(real ? ProtoToken.Kind.REAL : ProtoToken.Kind.WHOLE, at, end);
  }

  private ProtoToken token(ProtoToken.Kind kind, int start, int end) {
    ProtoToken token = new ProtoToken(kind, text.substring(start, end), place(start), start, end);
    at = end;
    return token;
  }

  private ProtoToken string(char quote) {
    int start = at;
    Place place = place(start);
    StringBuilder bytes = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
      if (text.charAt(at) == '\\') {
        escape(bytes);
      } else {
        int point = text.codePointAt(at);
        utf8(bytes, point);
        at += Character.charCount(point);
      }
    }
    if (at >= text.length() || text.charAt(at) != quote) {
      throw GrpcProblems.SYNTAX.failure(
          place, "this text has no end in its line", "close it with " + quote);
    }
    at++;
    return new ProtoToken(ProtoToken.Kind.STRING, bytes.toString(), place, start, at);
  }

  private void escape(StringBuilder bytes) {
    Place place = place(at);
    at++;
    char c = at < text.length() ? text.charAt(at) : ' ';
    at++;
    int simple = "abfnrtv\\'\"?".indexOf(c);
    if (simple >= 0) {
      bytes.append("\u0007\b\f\n\r\t\u000b\\'\"?".charAt(simple));
    } else if (c >= '0' && c <= '7') {
      at--;
      bytes.append((char) (digits(8, 1, 3) & 0xff));
    } else if (c == 'x' || c == 'X') {
      bytes.append((char) hex(1, 2, place));
    } else if (c == 'u') {
      utf8(bytes, hex(4, 4, place));
    } else if (c == 'U') {
      int point = hex(8, 8, place);
      if (!Character.isValidCodePoint(point)) {
        throw badEscape(place);
      }
      utf8(bytes, point);
    } else {
      throw badEscape(place);
    }
  }

  private int hex(int least, int most, Place place) {
    int value = digits(16, least, most);
    if (value < 0) {
      throw badEscape(place);
    }
    return value;
  }

  private int digits(int base, int least, int most) {
    int value = 0;
    int many = 0;
    while (many < most && at < text.length() && Character.digit(text.charAt(at), base) >= 0) {
      value = value * base + Character.digit(text.charAt(at), base);
      at++;
      many++;
    }
    return many < least ? -1 : value;
  }

  private static RuntimeException badEscape(Place place) {
    return GrpcProblems.SYNTAX.failure(
        place,
        "this is no escape of a text",
        "write \\n, \\t, \\\", \\\\, \\x41, \\101 or \\u0041, or double the backslash");
  }

  private static void utf8(StringBuilder bytes, int point) {
    for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
      bytes.append((char) (b & 0xff));
    }
  }

  /** A place in the line that is being read, at or behind the one asked for before. */
  private Place place(int offset) {
    column += text.codePointCount(counted, offset);
    counted = offset;
    return new Place(file, line, column, source);
  }

  private static boolean nameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
