package dev.assay.core.report.terminal;

/**
 * Texts as a terminal shows them: how many columns they take, and made harmless. Widths follow
 * Unicode's East Asian Width (UAX #11) in its wide blocks, and nought for marks that combine.
 */
final class Glyphs {

  private Glyphs() {}

  /** The columns that a code point takes: 0, 1 or 2. */
  static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return wide(c) ? 2 : 1;
  }

  private static boolean wide(int c) {
    return c >= 0x1100 && c <= 0x115F
        || c >= 0x2E80 && c <= 0x303E
        || c >= 0x3041 && c <= 0xA4CF
        || c >= 0xA960 && c <= 0xA97F
        || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0xFE30 && c <= 0xFE6F
        || c >= 0xFF01 && c <= 0xFF60
        || c >= 0xFFE0 && c <= 0xFFE6
        || c >= 0x1F300 && c <= 0x1F64F
        || c >= 0x1F680 && c <= 0x1F6FF
        || c >= 0x1F900 && c <= 0x1FAFF
        || c >= 0x20000 && c <= 0x3FFFD;
  }

  /** The columns that a text takes; it holds no control characters. */
  static int width(String text) {
    return text.codePoints().map(Glyphs::width).sum();
  }

  /**
   * The text on one line: control characters, and with them every escape sequence, become spaces,
   * and characters that turn the direction of what follows are left out.
   */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
            clean.append(' ');
          } else if (!turns(c)) {
            clean.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
          }
        });
    return clean.toString();
  }

  private static boolean turns(int c) {
    return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || c == 0x200E || c == 0x200F;
  }

  /** The text cut to so many columns, with an ellipsis where something is missing. */
  static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (used + width(c) > columns - 1) {
        break;
      }
      used += width(c);
      cut.appendCodePoint(c);
      i += Character.charCount(c);
    }
    return columns < 1 ? "" : cut.append('…').toString();
  }

  /** The text filled with spaces to so many columns. */
  static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  /** The text in lines of at most so many columns, broken between words where that can be. */
  static java.util.List<String> wrap(String text, int columns) {
    java.util.List<String> lines = new java.util.ArrayList<>();
    String line = "";
    for (String word : clean(text).strip().split(" +")) {
      String rest = word;
      if (!line.isEmpty() && width(line) + 1 + width(rest) > columns) {
        lines.add(line);
        line = "";
      }
      while (width(rest) > columns) {
        String part = head(rest, columns);
        lines.add(part);
        rest = rest.substring(part.length());
      }
      line = line.isEmpty() ? rest : line + " " + rest;
    }
    lines.add(line);
    return lines;
  }

  private static String head(String text, int columns) {
    int used = 0;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (i > 0 && used + width(c) > columns) {
        break;
      }
      used += width(c);
      i += Character.charCount(c);
    }
    return text.substring(0, i);
  }
}
