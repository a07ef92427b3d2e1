package dev.assay.chaos.toolkit;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Compiles a regular expression of Python's {@code re}: named groups, the end of the text, nested
 * brackets and open repetitions are written in Java's way; classes are Unicode's, and only a line
 * feed ends a line.
 */
final class PythonPattern {

  private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES;

  private final String from;
  private final StringBuilder out = new StringBuilder();
  private boolean inClass;
  private int at;

  private PythonPattern(String from) {
    this.from = from;
  }

  /**
   * The same as a pattern of Java.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static Pattern compile(String expression) {
    try {
      return Pattern.compile(new PythonPattern(expression).translate(), FLAGS);
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(
          "'" + expression + "' is not a regular expression: " + wrong.getDescription(), wrong);
    }
  }

  private String translate() {
    while (at < from.length()) {
      if (from.charAt(at) == '\\' && at + 1 < from.length()) {
        escape();
      } else if (inClass) {
        classCharacter();
      } else {
        plain();
      }
    }
    return out.toString();
  }

  private void escape() {
    char next = from.charAt(at + 1);
    out.append(next == 'Z' && !inClass ? "\\z" : from.substring(at, at + 2));
    at += 2;
  }

  private void classCharacter() {
    char c = from.charAt(at);
    if (c == ']') {
      inClass = false;
    }
    out.append(c == '[' ? "\\[" : c == '&' ? "\\&" : String.valueOf(c));
    at++;
  }

  private void plain() {
    if (from.startsWith("(?P<", at)) {
      group("(?P<", '>', "(?<", ">");
    } else if (from.startsWith("(?P=", at)) {
      group("(?P=", ')', "\\k<", ">");
    } else if (from.startsWith("{,", at)) {
      out.append("{0,");
      at += 2;
    } else if (from.charAt(at) == '[') {
      inClass = true;
      out.append('[');
      at++;
      if (at < from.length() && from.charAt(at) == '^') {
        out.append('^');
        at++;
      }
      if (at < from.length() && from.charAt(at) == ']') {
        out.append("\\]");
        at++;
      }
    } else {
      out.append(from.charAt(at));
      at++;
    }
  }

  private void group(String opening, char closing, String java, String end) {
    int close = from.indexOf(closing, at + opening.length());
    if (close < 0) {
      throw new IllegalArgumentException("'" + from + "' names a group without an end");
    }
    String name = from.substring(at + opening.length(), close);
    out.append(java).append(name.replace("_", "U95U")).append(end);
    at = close + 1;
  }
}
