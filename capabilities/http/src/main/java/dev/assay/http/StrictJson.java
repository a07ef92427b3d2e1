package dev.assay.http;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that a service answered with, by RFC 8259 and strictly: no comments, no trailing
 * commas, no duplicate members, at most 500 levels deep. JSON Path's own parser is not used, since
 * it reads {@code not json} as a text and {@code [1,]} as a list, and so would let a broken answer
 * pass.
 *
 * <p>Numbers stay exact: {@link Long} where they fit, {@link BigDecimal} with their own digits
 * otherwise. Objects are {@link LinkedHashMap}, arrays {@link ArrayList}, as JSON Path wants them.
 */
final class StrictJson {

  private static final int DEEPEST = 500;
  private static final int LONGEST_NUMBER = 400;

  private final CharSequence text;
  private int at;

  private StrictJson(CharSequence text) {
    this.text = text;
  }

  /** A body that is no JSON, with a sentence for people. */
  static final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;

    NotJson(String why) {
      super(why, null, false, false);
    }
  }

  /** The value that the whole body says; null for JSON's null. */
  static @Nullable Object read(byte[] body, Charset charset) throws NotJson {
    ByteBuffer bytes = ByteBuffer.wrap(body);
    CharBuffer text;
    try {
      text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(bytes);
    } catch (CharacterCodingException broken) {
      throw new NotJson("the body is not valid " + charset.name() + " at byte " + bytes.position());
    }
    return read(text.toString());
  }

  /** The value that the whole text says; null for JSON's null. */
  static @Nullable Object read(String text) throws NotJson {
    StrictJson reader = new StrictJson(text.startsWith("\uFEFF") ? text.substring(1) : text);
    reader.skipSpace();
    if (reader.at >= reader.text.length()) {
      throw new NotJson("the body is empty");
    }
    Object value = reader.value(0);
    reader.skipSpace();
    if (reader.at < reader.text.length()) {
      throw reader.wrong("unexpected text after the value");
    }
    return value;
  }

  private @Nullable Object value(int depth) throws NotJson {
    if (depth > DEEPEST) {
      throw wrong("nested deeper than " + DEEPEST + " levels");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object(int depth) throws NotJson {
    at++;
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    skipSpace();
    if (accept('}')) {
      return members;
    }
    do {
      skipSpace();
      if (peek() != '"') {
        throw wrong("expected a member's name");
      }
      String name = string();
      skipSpace();
      expect(':');
      skipSpace();
      if (members.containsKey(name)) {
        throw wrong("the member '" + name + "' is there twice");
      }
      members.put(name, value(depth + 1));
      skipSpace();
    } while (accept(','));
    expect('}');
    return members;
  }

  private List<@Nullable Object> array(int depth) throws NotJson {
    at++;
    List<@Nullable Object> items = new ArrayList<>();
    skipSpace();
    if (accept(']')) {
      return items;
    }
    do {
      skipSpace();
      items.add(value(depth + 1));
      skipSpace();
    } while (accept(','));
    expect(']');
    return items;
  }

  private String string() throws NotJson {
    at++;
    StringBuilder built = new StringBuilder();
    while (true) {
      char c = peek();
      if (c == '"') {
        at++;
        return built.toString();
      }
      if (c < 0x20) {
        throw wrong("a control character in a text");
      }
      at++;
      built.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() throws NotJson {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> throw wrong("an unknown escape '\\" + c + "'");
    };
  }

  private char unicode() throws NotJson {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw wrong("expected four hexadecimal digits");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private Number number() throws NotJson {
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
    int exponent = at;
    if (accept('e') || accept('E')) {
      if (!accept('+')) {
        accept('-');
      }
      digits();
      whole = false;
      if (at - exponent > 5) {
        throw wrong("a number with an exponent beyond all measure");
      }
    }
    if (at - start > LONGEST_NUMBER) {
      throw wrong("a number of more than " + LONGEST_NUMBER + " characters");
    }
    String written = text.subSequence(start, at).toString();
    if (whole && written.length() <= 18 && !written.equals("-0")) {
      return Long.valueOf(written);
    }
    return new BigDecimal(written);
  }

  private void digits() throws NotJson {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw wrong("unexpected '" + peek() + "'");
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) throws NotJson {
    for (int i = 0; i < word.length(); i++) {
      if (!accept(word.charAt(i))) {
        throw wrong("unexpected '" + peek() + "'");
      }
    }
    return value;
  }

  private char peek() throws NotJson {
    if (at >= text.length()) {
      throw new NotJson("the body is not JSON: it ends too early");
    }
    return text.charAt(at);
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws NotJson {
    if (peek() != c) {
      throw wrong("expected '" + c + "'");
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private NotJson wrong(String why) {
    return new NotJson("the body is not JSON: " + why + " at character " + at);
  }
}
