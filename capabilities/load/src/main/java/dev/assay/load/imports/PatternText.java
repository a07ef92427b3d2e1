package dev.assay.load.imports;

import java.util.Optional;

/**
 * Makes a short text that a regular expression of a schema matches. Knows literals, classes,
 * groups, alternatives and repetitions; gives up on anything else (look-arounds, references,
 * properties).
 */
final class PatternText {

  private static final int LONGEST = 200;
  private static final int DEEPEST = 30;

  private final String pattern;
  private int at;

  /** What cannot be made. */
  private static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private PatternText(String pattern) {
    this.pattern = pattern;
  }

  /** A text for a pattern; empty where the pattern says more than this knows. */
  static Optional<String> of(String pattern) {
    if (pattern.length() > 500) {
      return Optional.empty();
    }
    PatternText made = new PatternText(pattern);
    try {
      String text = made.alternatives(0);
      return made.at == pattern.length() && text.length() <= LONGEST
          ? Optional.of(text)
          : Optional.empty();
    } catch (GivenUp unknown) {
      return Optional.empty();
    }
  }

  private boolean more() {
    return at < pattern.length();
  }

  /** The first alternative; the others are only read. */
  private String alternatives(int depth) {
    if (depth > DEEPEST) {
      throw new GivenUp();
    }
    String first = sequence(depth);
    while (more() && pattern.charAt(at) == '|') {
      at++;
      sequence(depth);
    }
    return first;
  }

  private String sequence(int depth) {
    StringBuilder out = new StringBuilder();
    while (more() && "|)".indexOf(pattern.charAt(at)) < 0) {
      String piece = piece(depth);
      int times = times();
      if ((long) piece.length() * times + out.length() > LONGEST) {
        throw new GivenUp();
      }
      out.append(piece.repeat(times));
    }
    return out.toString();
  }

  private String piece(int depth) {
    char c = pattern.charAt(at++);
    return switch (c) {
      case '^', '$' -> "";
      case '.' -> "a";
      case '\\' -> escape();
      case '[' -> oneOf();
      case '(' -> group(depth);
      case '*', '+', '?', '{' -> throw new GivenUp();
      default -> String.valueOf(c);
    };
  }

  private String group(int depth) {
    if (pattern.startsWith("?:", at)) {
      at += 2;
    } else if (pattern.startsWith("?", at)) {
      throw new GivenUp();
    }
    String inside = alternatives(depth + 1);
    if (!more() || pattern.charAt(at) != ')') {
      throw new GivenUp();
    }
    at++;
    return inside;
  }

  private String escape() {
    if (!more()) {
      throw new GivenUp();
    }
    char c = pattern.charAt(at++);
    return switch (c) {
      case 'd' -> "1";
      case 'w' -> "a";
      case 's' -> " ";
      case 'D', 'S' -> "a";
      case 'W' -> "-";
      case 't' -> "\t";
      case 'n' -> "\n";
      case 'b', 'B', 'A', 'z', 'Z' -> "";
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw new GivenUp();
        }
        yield String.valueOf(c);
      }
    };
  }

  /** The first character of a class, or the first that a negated one leaves. */
  private String oneOf() {
    int start = at;
    boolean negated = more() && pattern.charAt(at) == '^';
    if (negated) {
      at++;
    }
    String first = "";
    boolean begun = false;
    while (more() && (pattern.charAt(at) != ']' || !begun)) {
      begun = true;
      char c = pattern.charAt(at++);
      if (c == '[' || c == '&' && pattern.startsWith("&", at)) {
        throw new GivenUp();
      }
      String one = c == '\\' ? escape() : String.valueOf(c);
      first = first.isEmpty() ? one : first;
    }
    if (!more()) {
      throw new GivenUp();
    }
    at++;
    return negated ? outside(pattern.substring(start, at)) : first;
  }

  private static String outside(String characters) {
    for (char c : new char[] {'a', '1', '-', ' ', 'Z', '~'}) {
      if (!excluded(characters, c)) {
        return String.valueOf(c);
      }
    }
    throw new GivenUp();
  }

  /** Asked of the class alone, which cannot take long. */
  private static boolean excluded(String rest, char c) {
    try {
      return !java.util.regex.Pattern.matches("[" + rest, String.valueOf(c));
    } catch (java.util.regex.PatternSyntaxException unknown) {
      return true;
    }
  }

  private int times() {
    if (!more()) {
      return 1;
    }
    char c = pattern.charAt(at);
    int times =
        switch (c) {
          case '*', '?' -> 0;
          case '+' -> 1;
          case '{' -> -1;
          default -> -2;
        };
    if (times == -2) {
      return 1;
    }
    at++;
    if (times == -1) {
      int end = pattern.indexOf('}', at);
      String least = end < 0 ? "" : pattern.substring(at, end).replaceFirst(",.*", "");
      if (!least.matches("\\d{1,3}")) {
        throw new GivenUp();
      }
      at = end + 1;
      times = Integer.parseInt(least);
    }
    if (more() && "?+".indexOf(pattern.charAt(at)) >= 0) {
      at++;
    }
    return times;
  }
}
