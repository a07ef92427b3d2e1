package dev.assay.observe.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Asks for the value of a label, in Alertmanager's words: {@code severity="page"}, {@code
 * team=~"a|b"}, {@code env!="dev"}, {@code region!~"eu-.*"}. A label that is not there has the
 * empty value. Expressions are matched against the whole value. Immutable.
 */
public final class LabelMatcher {

  private static final java.util.regex.Pattern SHAPE =
      Pattern.compile(
          "\\s*(\"(?:[^\"\\\\]|\\\\.)+\"|[^\\s{}!=~,\"'`\\\\]+)\\s*(=~|!~|!=|=)\\s*(.*)",
          Pattern.DOTALL);

  /** Steps that one comparison may take, so that no expression holds anybody up. */
  private static final int MOST_STEPS = 1_000_000;

  private final String name;
  private final Operator operator;
  private final String value;
  private final Pattern pattern;

  /** How a value is compared. */
  public enum Operator {
    /** The same. */
    EQUAL("="),
    /** Another. */
    NOT_EQUAL("!="),
    /** Like the expression. */
    LIKE("=~"),
    /** Not like it. */
    NOT_LIKE("!~");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    boolean regex() {
      return this == LIKE || this == NOT_LIKE;
    }

    boolean negative() {
      return this == NOT_EQUAL || this == NOT_LIKE;
    }
  }

  /**
   * A matcher.
   *
   * @throws IllegalArgumentException with a sentence for people, if the expression is none
   */
  public LabelMatcher(String name, Operator operator, String value) {
    this.name = name;
    this.operator = operator;
    this.value = value;
    try {
      this.pattern =
          operator.regex() ? Pattern.compile(value) : Pattern.compile(Pattern.quote(value));
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(
          "'" + value + "' is no regular expression: " + wrong.getDescription(), wrong);
    }
  }

  /** One of the API: with two flags. */
  public static LabelMatcher of(String name, String value, boolean regex, boolean equal) {
    Operator operator =
        regex
            ? equal ? Operator.LIKE : Operator.NOT_LIKE
            : equal ? Operator.EQUAL : Operator.NOT_EQUAL;
    return new LabelMatcher(name, operator, value);
  }

  /**
   * Reads one or several, divided by commas, with or without braces.
   *
   * @throws IllegalArgumentException with a sentence for people, if the text is none
   */
  public static List<LabelMatcher> parse(String text) {
    String inner = text.strip();
    if (inner.startsWith("{") && inner.endsWith("}")) {
      inner = inner.substring(1, inner.length() - 1);
    }
    List<LabelMatcher> matchers = new ArrayList<>();
    for (String part : parts(inner)) {
      if (!part.isBlank()) {
        matchers.add(one(part));
      }
    }
    return List.copyOf(matchers);
  }

  /** What stands between commas that are not in quotes. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted && i + 1 < text.length()) {
        part.append(c).append(text.charAt(++i));
        continue;
      }
      quoted ^= c == '"';
      if (c == ',' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static LabelMatcher one(String text) {
    java.util.regex.Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new IllegalArgumentException("'" + text.strip() + "' is no matcher such as team=\"a\"");
    }
    String sign = shape.group(2);
    for (Operator operator : Operator.values()) {
      if (operator.sign.equals(sign)) {
        return new LabelMatcher(
            unquoted(shape.group(1)), operator, unquoted(shape.group(3).strip()));
      }
    }
    throw new IllegalArgumentException("'" + sign + "' compares nothing");
  }

  private static String unquoted(String text) {
    if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    String inner = text.substring(1, text.length() - 1);
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c == '\\' && i + 1 < inner.length()) {
        char next = inner.charAt(++i);
        switch (next) {
          case '"', '\\' -> out.append(next);
          case 'n' -> out.append('\n');
          default -> out.append(c).append(next);
        }
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Whether labels are as it asks. */
  public boolean matches(Map<String, String> labels) {
    String held = labels.getOrDefault(name, "");
    boolean same = operator.regex() ? like(held) : held.equals(value);
    return same != operator.negative();
  }

  private boolean like(String held) {
    try {
      return pattern.matcher(new Counted(held, new int[] {MOST_STEPS})).matches();
    } catch (TooLongException endless) {
      return false;
    }
  }

  /** Whether all of them match. */
  public static boolean all(List<LabelMatcher> matchers, Map<String, String> labels) {
    return matchers.stream().allMatch(matcher -> matcher.matches(labels));
  }

  /** The label. */
  public String name() {
    return name;
  }

  /** The value or expression. */
  public String value() {
    return value;
  }

  /** Whether the value is an expression. */
  public boolean regex() {
    return operator.regex();
  }

  /** Whether it asks for the value, rather than for another. */
  public boolean equal() {
    return !operator.negative();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelMatcher matcher
        && name.equals(matcher.name)
        && operator == matcher.operator
        && value.equals(matcher.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, operator, value);
  }

  @Override
  public String toString() {
    boolean plain = name.matches("[a-zA-Z_:][a-zA-Z0-9_:]*");
    return (plain ? name : quoted(name)) + operator.sign + quoted(value);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A text that is not looked at without end. */
  private record Counted(String text, int[] left) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new TooLongException();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.substring(start, end), left);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
