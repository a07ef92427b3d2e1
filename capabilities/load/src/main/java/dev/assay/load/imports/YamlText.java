package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Writes values as YAML 1.2, so that what is read back is exactly what was meant: whatever could be
 * taken for something else is quoted.
 */
final class YamlText {

  private static final Pattern PLAIN =
      Pattern.compile(
          "[A-Za-z/_][A-Za-z0-9_/.+=%@~?;!()<>&*|^'-]*( [A-Za-z0-9_/.+=%@~?;!()<>&*|^'-]+)*");
  private static final Pattern PLAIN_BLOCK =
      Pattern.compile(
          "[A-Za-z/_$][A-Za-z0-9_/.+=%@~?;!()<>&*|^'${},:-]*( [A-Za-z0-9_/.+=%@~?;!()<>&*|^'${},:-]+)*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
  private static final int LONGEST_COMMENT = 200;

  private YamlText() {}

  /** A text inside braces or brackets. */
  static String flow(String text) {
    return PLAIN.matcher(text).matches() && !isWord(text) ? text : quoted(text);
  }

  /** A text that ends its line, also as a key. */
  static String block(String text) {
    boolean plain =
        PLAIN_BLOCK.matcher(text).matches()
            && !isWord(text)
            && !text.contains(": ")
            && !text.endsWith(":");
    return plain ? text : quoted(text);
  }

  private static boolean isWord(String text) {
    return WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  /**
   * A text in quotes: single ones where that spares escapes, else double ones, with all that is not
   * plainly visible escaped.
   */
  static String quoted(String text) {
    boolean escapes = text.indexOf('"') >= 0 || text.indexOf('\\') >= 0;
    if (escapes && text.codePoints().allMatch(YamlText::visible)) {
      return "'" + text.replace("'", "''") + "'";
    }
    return doubleQuoted(text);
  }

  private static String doubleQuoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
              if (visible(point)) {
                out.appendCodePoint(point);
              } else if (point < 0x100) {
                out.append(String.format("\\x%02x", point));
              } else {
                out.append(String.format(point < 0x10000 ? "\\u%04x" : "\\U%08x", point));
              }
            }
          }
        });
    return out.append('"').toString();
  }

  private static boolean visible(int point) {
    return point >= 0x20 && point < 0x7f
        || point > 0xa0
            && (Character.isLetterOrDigit(point) || "€£§°–—…„“”‚‘’«»×·".indexOf(point) >= 0);
  }

  /** A comparison: digits as they are, anything else by the rules of a text. */
  static String number(String text) {
    return text.matches("\\d{1,9}(xx)?") ? text : flow(text);
  }

  /** A key. */
  static String key(String text) {
    return flow(text);
  }

  /** A JSON value on one line. */
  static String flow(Json value) {
    return switch (value) {
      case Json.Text text -> flow(text.value());
      case Json.Array array -> {
        StringJoiner items = new StringJoiner(", ", "[", "]");
        array.items().forEach(item -> items.add(flow(item)));
        yield items.toString();
      }
      case Json.Obj object when object.members().isEmpty() -> "{}";
      case Json.Obj object -> {
        StringJoiner members = new StringJoiner(", ", "{ ", " }");
        object.members().forEach((name, member) -> members.add(key(name) + ": " + flow(member)));
        yield members.toString();
      }
      default -> JsonWriter.canonical(value);
    };
  }

  /** A map of texts on one line. */
  static String flow(Map<String, String> map) {
    StringJoiner members = new StringJoiner(", ", "{ ", " }");
    map.forEach((name, text) -> members.add(key(name) + ": " + flow(text)));
    return map.isEmpty() ? "{}" : members.toString();
  }

  /** Whether a text of several lines can stand as a block that shows each of them. */
  static boolean blockLiteral(String text) {
    return text.indexOf('\n') >= 0
        && !text.startsWith("\n")
        && !text.startsWith(" ")
        && !text.startsWith("\t")
        && !text.endsWith("\n\n")
        && text.lines().noneMatch(line -> !line.isEmpty() && line.isBlank())
        && text.codePoints().allMatch(point -> point == '\n' || point == '\t' || visible(point));
  }

  /** A text as a comment's words: one line, bounded, nothing that could end the comment. */
  static String comment(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_COMMENT)
        .forEach(point -> {
          if (visible(point)) {
            out.appendCodePoint(point);
          } else {
            out.append(Character.isWhitespace(point) ? ' ' : '?');
          }
        });
    return out + (text.codePointCount(0, text.length()) > LONGEST_COMMENT ? "…" : "");
  }
}
