package dev.assay.api.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes JSON. The canonical form follows RFC 8785 (JSON Canonicalization Scheme): no white space,
 * members sorted by UTF-16 code units, the fewest escapes. It differs in two points: a {@link Json}
 * holds no lone surrogates (they became U+FFFD), where the RFC refuses them when writing; and whole
 * numbers of 64 bits are written in full, as counters and nanoseconds need them, where the RFC
 * rounds to doubles.
 */
public final class JsonWriter {

  private final StringBuilder out = new StringBuilder(256);
  private final boolean pretty;

  private JsonWriter(boolean pretty) {
    this.pretty = pretty;
  }

  /** The canonical form: equal values give equal texts. */
  public static String canonical(Json value) {
    JsonWriter writer = new JsonWriter(false);
    writer.write(value, 0);
    return writer.out.toString();
  }

  /** The canonical form in UTF-8. */
  public static byte[] canonicalBytes(Json value) {
    return canonical(value).getBytes(StandardCharsets.UTF_8);
  }

  /** For people: indented by two, members in their own order. */
  public static String pretty(Json value) {
    JsonWriter writer = new JsonWriter(true);
    writer.write(value, 0);
    return writer.out.toString();
  }

  private void write(Json value, int depth) {
    switch (value) {
      case Json.Null _ -> out.append("null");
      case Json.Bool bool -> out.append(bool.value());
      case Json.Whole whole -> out.append(whole.value());
      case Json.Real real -> out.append(number(real.value()));
      case Json.Text text -> quote(text.value());
      case Json.Array array -> writeArray(array.items(), depth);
      case Json.Obj object -> writeObject(object.members(), depth);
    }
  }

  private void writeArray(List<Json> items, int depth) {
    out.append('[');
    for (int i = 0; i < items.size(); i++) {
      separate(i, depth + 1);
      write(items.get(i), depth + 1);
    }
    close(items.isEmpty(), depth, ']');
  }

  private void writeObject(Map<String, Json> members, int depth) {
    if (members instanceof Members few && (pretty || few.sorted())) {
      writeInOrder(few, depth);
      return;
    }
    out.append('{');
    int i = 0;
    for (Map.Entry<String, Json> member : (pretty ? members : new TreeMap<>(members)).entrySet()) {
      separate(i++, depth + 1);
      quote(member.getKey());
      out.append(pretty ? ": " : ":");
      write(member.getValue(), depth + 1);
    }
    close(members.isEmpty(), depth, '}');
  }

  private void writeInOrder(Members members, int depth) {
    out.append('{');
    for (int i = 0; i < members.size(); i++) {
      separate(i, depth + 1);
      quote(members.name(i));
      out.append(pretty ? ": " : ":");
      write(members.value(i), depth + 1);
    }
    close(members.isEmpty(), depth, '}');
  }

  private void separate(int index, int depth) {
    if (index > 0) {
      out.append(',');
    }
    if (pretty) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  private void close(boolean empty, int depth, char bracket) {
    if (pretty && !empty) {
      out.append('\n').append("  ".repeat(depth));
    }
    out.append(bracket);
  }

  /** ECMAScript's form of a double, as RFC 8785 section 3.2.2.3 asks. */
  private static String number(double value) {
    String java = Double.toString(value);
    if (java.indexOf('E') < 0) {
      return java.endsWith(".0") ? java.substring(0, java.length() - 2) : java;
    }
    BigDecimal shortest = shortest(value, new BigDecimal(java).stripTrailingZeros());
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -6 && exponent <= 20) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().toString();
    int first = value < 0 ? 2 : 1;
    String point = digits.length() > first ? "." : "";
    return digits.substring(0, first)
        + point
        + digits.substring(first)
        + (exponent < 0 ? "e" : "e+")
        + exponent;
  }

  /** Java's digits are the shortest but for one point: it prefers two digits over one. */
  private static BigDecimal shortest(double value, BigDecimal java) {
    if (java.precision() == 2) {
      BigDecimal one = java.round(new MathContext(1, RoundingMode.HALF_EVEN));
      if (one.doubleValue() == value) {
        return one.stripTrailingZeros();
      }
    }
    return java;
  }

  private void quote(String text) {
    out.append('"');
    int plain = plain(text);
    if (plain == text.length()) {
      out.append(text).append('"');
      return;
    }
    out.append(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Up to where a text needs no escapes; nearly always all of it. */
  private static int plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        return i;
      }
    }
    return text.length();
  }
}
