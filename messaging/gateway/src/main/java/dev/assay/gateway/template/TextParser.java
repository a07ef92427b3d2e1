package dev.assay.gateway.template;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.gateway.ChannelProblems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a template, a part of ICU's message format: {@code {name}}, {@code {name, date,
 * long}}, {@code {count, plural, =0 {none} one {# parcel} other {# parcels}}}, {@code {name,
 * select, a {…} missing {…} other {…}}}. An apostrophe before a brace or {@code #} begins what is
 * kept as it is, up to the next; two are one. All problems are told, each at its line and column.
 * Used once, by one thread.
 */
final class TextParser {

  private static final int DEEPEST = 8;
  private static final int LONGEST = 10_000;
  private static final Set<String> FORMS = Set.of("zero", "one", "two", "few", "many", "other");
  private static final List<String> STYLES = List.of("short", "medium", "long", "full", "time");
  private static final List<String> KINDS =
      List.of("plural", "select", "text", "number", "money", "date", "url", "code");

  private final String where;
  private final String text;
  private final Locale locale;
  private final Map<String, Variable> variables;
  private final List<Problem> problems;
  private final Set<String> used = new TreeSet<>();
  private int at;

  TextParser(
      String where,
      String text,
      Locale locale,
      Map<String, Variable> variables,
      List<Problem> problems) {
    this.where = where;
    this.text = text;
    this.locale = locale;
    this.variables = variables;
    this.problems = problems;
  }

  /** Ends reading where going on would only repeat one mistake. */
  private static final class Stuck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stuck() {
      super(null, null, false, false);
    }
  }

  /** The text in pieces; of no use where there were problems. */
  List<Node> parse() {
    if (text.length() > LONGEST) {
      problem(0, "the text has more than " + LONGEST + " characters", "write less");
      return List.of();
    }
    try {
      List<Node> nodes = message(null, 0);
      if (at < text.length()) {
        problem(at, "'}' closes nothing", "remove it, or write '}' with apostrophes about it");
      }
      return nodes;
    } catch (Stuck ended) {
      return List.of();
    }
  }

  /** The names of the variables that the text uses. */
  Set<String> used() {
    return used;
  }

  /** A text up to its end or the brace that closes it. */
  private List<Node> message(@Nullable String counted, int depth) {
    List<Node> nodes = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '}') {
      char c = text.charAt(at);
      if (c == '\'') {
        quoted(literal, counted);
      } else if (c == '{') {
        flush(literal, nodes);
        nodes.add(argument(counted, depth));
      } else if (c == '#' && counted != null) {
        flush(literal, nodes);
        nodes.add(new Node.Counted(counted));
        at++;
      } else {
        literal.append(c);
        at++;
      }
    }
    flush(literal, nodes);
    return nodes;
  }

  private static void flush(StringBuilder literal, List<Node> nodes) {
    if (!literal.isEmpty()) {
      nodes.add(new Node.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private void quoted(StringBuilder literal, @Nullable String counted) {
    int start = at++;
    char next = at < text.length() ? text.charAt(at) : ' ';
    if (next == '\'') {
      literal.append('\'');
      at++;
      return;
    }
    if (next != '{' && next != '}' && !(next == '#' && counted != null)) {
      literal.append('\'');
      return;
    }
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\'') {
        literal.append(c);
      } else if (at < text.length() && text.charAt(at) == '\'') {
        literal.append('\'');
        at++;
      } else {
        return;
      }
    }
    problem(
        start, "the apostrophe begins what is kept as it is, and none ends it", "add the other");
  }

  private Node argument(@Nullable String counted, int depth) {
    int start = at++;
    if (depth == DEEPEST) {
      throw stuck(start, "braces are nested deeper than " + DEEPEST, "choose in fewer steps");
    }
    int nameAt = skipSpace();
    String name = word();
    if (name.isEmpty()) {
      throw stuck(
          start,
          "'{' begins no place for a value",
          "write {name}, or '{' with apostrophes about it");
    }
    Variable variable = variable(name, nameAt);
    skipSpace();
    if (accept('}')) {
      return new Node.Place(name, "");
    }
    expect(',', start);
    int kindAt = skipSpace();
    String kind = word();
    if (!KINDS.contains(kind)) {
      throw stuck(kindAt, "'" + kind + "' is no way to show a value", Nearest.mend(kind, KINDS));
    }
    if (kind.equals("plural") || kind.equals("select")) {
      skipSpace();
      expect(',', start);
      return choice(name, variable, kind, kindAt, start, counted, depth);
    }
    return styled(name, variable, kind, kindAt, start);
  }

  private @Nullable Variable variable(String name, int nameAt) {
    Variable variable = variables.get(name);
    used.add(name);
    if (variable == null) {
      problem(
          nameAt,
          "'" + name + "' is not among the variables",
          variables.isEmpty()
              ? "declare it: variables: { " + name + ": text }"
              : Nearest.to(name, variables.keySet())
                  .map(near -> "did you mean '" + near + "'?")
                  .orElse("declare it among the variables"));
    }
    return variable;
  }

  private Node styled(
      String name, @Nullable Variable variable, String kind, int kindAt, int start) {
    if (variable != null && !variable.type().word().equals(kind)) {
      problem(
          kindAt,
          "'" + name + "' is declared as " + variable.type().word() + ", not " + kind,
          "write {" + name + "}");
    }
    skipSpace();
    String style = "";
    if (accept(',')) {
      int styleAt = skipSpace();
      style = word();
      if (!kind.equals("date") || !STYLES.contains(style)) {
        problem(
            styleAt,
            "'" + style + "' is no style of a " + kind,
            kind.equals("date") ? Nearest.mend(style, STYLES) : "only dates have styles");
      }
      skipSpace();
    }
    expect('}', start);
    return new Node.Place(name, style);
  }

  private Node choice(
      String name,
      @Nullable Variable variable,
      String kind,
      int kindAt,
      int start,
      @Nullable String counted,
      int depth) {
    boolean plural = kind.equals("plural");
    VariableType type = variable == null ? null : variable.type();
    if (plural && type != null && type != VariableType.NUMBER) {
      problem(
          kindAt,
          "'" + name + "' is a " + type.word() + ", and plural needs a number",
          "use select");
    }
    Map<String, List<Node>> branches = new LinkedHashMap<>();
    Map<BigDecimal, List<Node>> exact = new LinkedHashMap<>();
    skipSpace();
    while (at < text.length() && text.charAt(at) != '}') {
      int keyAt = at;
      String key = key();
      if (key.isEmpty()) {
        throw stuck(at, "here is the name of a choice missing", "write other {text}");
      }
      skipSpace();
      expect('{', start);
      List<Node> branch = message(plural ? name : counted, depth + 1);
      expect('}', keyAt);
      boolean twice;
      if (plural && key.startsWith("=")) {
        twice = exact.put(new BigDecimal(key.substring(1)).stripTrailingZeros(), branch) != null;
      } else {
        twice = branches.put(key, branch) != null;
        checkKey(key, keyAt, plural, variable);
      }
      if (twice) {
        problem(keyAt, "'" + key + "' is chosen twice", "remove one");
      }
      skipSpace();
    }
    expect('}', start);
    if (!branches.containsKey("other")) {
      problem(start, "the " + kind + " of '" + name + "' lacks other", "add other {text}");
    }
    return plural ? new Node.Plural(name, exact, branches) : new Node.Select(name, branches);
  }

  private void checkKey(String key, int keyAt, boolean plural, @Nullable Variable variable) {
    if (key.equals("missing")) {
      if (variable != null && !variable.optional()) {
        problem(
            keyAt, "'" + variable.name() + "' is never missing", "declare it as optional: true");
      }
      return;
    }
    if (!plural) {
      return;
    }
    if (!FORMS.contains(key)) {
      problem(keyAt, "'" + key + "' is no form", Nearest.mend(key, FORMS) + " or =3");
    } else if (!Plurals.of(locale).forms().contains(key)) {
      problem(
          keyAt,
          "'" + locale.toLanguageTag() + "' has no form '" + key + "'",
          "it has: " + String.join(", ", Plurals.of(locale).forms()));
    }
  }

  /** The name of a choice: a word, or = and a number. */
  private String key() {
    int start = at;
    if (accept('=')) {
      int digits = at;
      while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      if (!text.substring(digits, at).matches("[0-9]{1,15}(\\.[0-9]{1,9})?")) {
        throw stuck(start, "after = comes a number", "write =0 {none}");
      }
      return text.substring(start, at);
    }
    return word();
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return text.substring(start, at);
  }

  private int skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c, int opened) {
    if (accept(c)) {
      return;
    }
    if (at >= text.length()) {
      throw stuck(opened, "what begins here is not closed", "add '}'");
    }
    throw stuck(
        at, "here is '" + text.charAt(at) + "' instead of '" + c + "'", "write '" + c + "'");
  }

  private Stuck stuck(int index, String what, String mend) {
    problem(index, what, mend);
    return new Stuck();
  }

  private void problem(int index, String what, String mend) {
    int lineStart = text.lastIndexOf('\n', index - 1) + 1;
    int lineEnd = text.indexOf('\n', lineStart);
    int line = (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
    Place place =
        new Place(
            where,
            line,
            text.codePointCount(lineStart, Math.min(index, text.length())) + 1,
            text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd));
    problems.add(ChannelProblems.TEMPLATE.at(place, what, mend));
  }
}
