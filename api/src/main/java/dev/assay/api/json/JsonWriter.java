package dev.assay.api.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes JSON. The canonical form follows RFC 8785 (JSON Canonicalization Scheme): no white space,
 * members sorted by UTF-16 code units, the fewest escapes, lone surrogates replaced. It differs in
 * one point: whole numbers of 64 bits are written in full, as counters and nanoseconds need them,
 * where the RFC rounds to doubles.
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

  /**
   * ECMAScript's form of a double, as RFC 8785 section 3.2.2.3 asks, from Java's shortest digits.
   */
  private static String number(double value) {
    String java = Double.toString(value);
    int mark = java.indexOf('E');
    if (mark < 0) {
      return java.endsWith(".0") ? java.substring(0, java.length() - 2) : java;
    }
    int exponent = Integer.parseInt(java.substring(mark + 1));
    if (exponent >= -7 && exponent < 21) {
      String plain = new java.math.BigDecimal(java).toPlainString();
      return exponent == -7 ? scientific(java, mark, exponent) : plain;
    }
    return scientific(java, mark, exponent);
  }

  private static String scientific(String java, int mark, int exponent) {
    String digits = java.substring(0, mark);
    digits = digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
    return digits + 'e' + (exponent < 0 ? "" : "+") + exponent;
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
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
            i += appendWhole(text, i);
          }
        }
      }
    }
    out.append('"');
  }

  /**
   * Appends the character at {@code i}; a lone surrogate, which UTF-8 cannot say, as U+FFFD.
   * Returns 1 for a pair.
   */
  private int appendWhole(String text, int i) {
    char c = text.charAt(i);
    if (!Character.isSurrogate(c)) {
      out.append(c);
      return 0;
    }
    if (Character.isHighSurrogate(c)
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      out.append(c).append(text.charAt(i + 1));
      return 1;
    }
    out.append('\uFFFD');
    return 0;
  }
}
