package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.chaos.toolkit.JsonPath.Condition;
import dev.assay.chaos.toolkit.JsonPath.Segment;
import dev.assay.chaos.toolkit.JsonPath.Start;
import dev.assay.chaos.toolkit.JsonPath.Subscript;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a {@link JsonPath} by the grammar of jsonpath2. Not thread-safe. */
@SuppressWarnings("ModifiedButNotUsed")
final class JsonPathReader {

  private static final int LONGEST = 4000;
  private static final int DEEPEST = 50;

  private final String text;
  private int at;
  private int depth;

  JsonPathReader(String text) {
    this.text = text;
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("a path of more than " + LONGEST + " characters");
    }
  }

  JsonPath read() {
    if (!take("$")) {
      throw wrong("a path begins with $");
    }
    JsonPath path = new JsonPath(Start.ROOT, segments());
    skip();
    if (at < text.length()) {
      throw wrong("'" + text.charAt(at) + "' is not expected");
    }
    return path;
  }

  private List<Segment> segments() {
    List<Segment> segments = new ArrayList<>();
    while (true) {
      skip();
      if (take("..")) {
        segments.add(new Segment(true, peek('[') ? brackets() : List.of(bare())));
      } else if (take(".")) {
        segments.add(new Segment(false, List.of(bare())));
      } else if (peek('[')) {
        segments.add(new Segment(false, brackets()));
      } else {
        return segments;
      }
    }
  }

  private Subscript bare() {
    if (take("*")) {
      return (root, current, found) -> JsonPath.children(current, found);
    }
    String name = name();
    return peek('(') ? call(name) : (root, current, found) -> JsonPath.member(current, name, found);
  }

  private List<Subscript> brackets() {
    require("[");
    List<Subscript> all = new ArrayList<>();
    do {
      all.add(subscript());
    } while (take(","));
    require("]");
    return all;
  }

  private Subscript subscript() {
    skip();
    if (take("*")) {
      return (root, current, found) -> JsonPath.children(current, found);
    }
    if (peek('"')) {
      String name = literal().asText();
      return (root, current, found) -> JsonPath.member(current, name, found);
    }
    if (take("?")) {
      require("(");
      Condition condition = condition();
      require(")");
      return (root, current, found) -> {
        if (condition.holds(root, current)) {
          found.accept(current);
        }
      };
    }
    if (peek('$') || peek('@')) {
      return byValue(relative());
    }
    if (peek(':') || peek('-') || at < text.length() && Character.isDigit(text.charAt(at))) {
      return slice();
    }
    return call(name());
  }

  private static Subscript byValue(JsonPath path) {
    return (root, current, found) ->
        path.find(root, current)
            .forEach(key -> {
              switch (key) {
                case Json.Text name -> JsonPath.member(current, name.value(), found);
                case Json.Whole index -> JsonPath.item(current, index.value(), found);
                default -> {}
              }
            });
  }

  private Subscript slice() {
    Long from = whole();
    if (!take(":")) {
      if (from == null) {
        throw wrong("a number is missing");
      }
      long index = from;
      return (root, current, found) -> JsonPath.item(current, index, found);
    }
    Long to = whole();
    Long step = take(":") ? whole() : null;
    return (root, current, found) -> JsonPath.slice(current, from, to, step, found);
  }

  private @Nullable Long whole() {
    skip();
    int from = at;
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(from, at);
    if (digits.length() > 10 || digits.equals("-")) {
      throw wrong("'" + digits + "' is no number of an item");
    }
    return digits.isEmpty() ? null : Long.valueOf(digits);
  }

  /** {@code or} binds closer than {@code and}, as in the toolkit. */
  private Condition condition() {
    if (++depth > DEEPEST) {
      throw wrong("it is nested too deep");
    }
    Condition left = either();
    while (word("and")) {
      Condition first = left;
      Condition second = either();
      left = (root, current) -> first.holds(root, current) && second.holds(root, current);
    }
    depth--;
    return left;
  }

  private Condition either() {
    Condition left = single();
    while (word("or")) {
      Condition first = left;
      Condition second = single();
      left = (root, current) -> first.holds(root, current) || second.holds(root, current);
    }
    return left;
  }

  private Condition single() {
    if (++depth > DEEPEST) {
      throw wrong("it is nested too deep");
    }
    try {
      if (word("not")) {
        Condition inner = single();
        return (root, current) -> !inner.holds(root, current);
      }
      if (take("(")) {
        Condition inner = condition();
        require(")");
        return inner;
      }
      return comparison();
    } finally {
      depth--;
    }
  }

  /** The values of one side. */
  private interface Side {
    List<Json> values(Json root, Json current);
  }

  private Condition comparison() {
    boolean path = peek('$') || peek('@');
    Side left = side();
    for (String operator : List.of("!=", "<=", ">=", "=", "<", ">")) {
      if (take(operator)) {
        Side right = side();
        return (root, current) ->
            left.values(root, current).stream()
                .anyMatch(
                    a -> right.values(root, current).stream().anyMatch(b -> holds(operator, a, b)));
      }
    }
    return path
        ? (root, current) -> !left.values(root, current).isEmpty()
        : (root, current) -> Python.truth(left.values(root, current).getFirst());
  }

  private static boolean holds(String operator, Json a, Json b) {
    if (operator.equals("=")) {
      return Python.equal(a, b);
    }
    if (operator.equals("!=")) {
      return !Python.equal(a, b);
    }
    OptionalInt order =
        Python.number(a) && Python.number(b) ? Python.compare(a, b) : OptionalInt.empty();
    return order.isPresent()
        && switch (operator) {
          case "<" -> order.getAsInt() < 0;
          case "<=" -> order.getAsInt() <= 0;
          case ">" -> order.getAsInt() > 0;
          default -> order.getAsInt() >= 0;
        };
  }

  private Side side() {
    if (peek('$') || peek('@')) {
      JsonPath path = relative();
      return path::find;
    }
    List<Json> value = List.of(literal());
    return (root, current) -> value;
  }

  private JsonPath relative() {
    if (++depth > DEEPEST) {
      throw wrong("it is nested too deep");
    }
    Start start = take("$") ? Start.ROOT : Start.CURRENT;
    if (start == Start.CURRENT) {
      require("@");
    }
    JsonPath path = new JsonPath(start, segments());
    depth--;
    return path;
  }

  private Subscript call(String name) {
    require("(");
    List<Side> arguments = new ArrayList<>();
    if (!take(")")) {
      do {
        arguments.add(side());
      } while (take(","));
      require(")");
    }
    return switch (name) {
      case "length" -> of(JsonPathReader::length);
      case "keys" ->
          of(value ->
              value instanceof Json.Obj object
                  ? Json.array(object.members().keySet().stream().map(Json::of).toList())
                  : null);
      case "values" ->
          of(value ->
              value instanceof Json.Obj object
                  ? Json.array(List.copyOf(object.members().values()))
                  : null);
      case "entries" -> of(JsonPathReader::entries);
      case "charAt", "substring" -> throw wrong("'" + name + "()' is not known here");
      default -> throw wrong("'" + name + "()' is not a function");
    };
  }

  private static Subscript of(Function<Json, @Nullable Json> function) {
    return (root, current, found) -> {
      Json value = function.apply(current);
      if (value != null) {
        found.accept(value);
      }
    };
  }

  private static @Nullable Json length(Json value) {
    return switch (value) {
      case Json.Array array -> Json.of(array.items().size());
      case Json.Text text -> Json.of(text.value().codePointCount(0, text.value().length()));
      default -> null;
    };
  }

  private static @Nullable Json entries(Json value) {
    return value instanceof Json.Obj object
        ? Json.array(
            object.members().entrySet().stream()
                .map(entry -> Json.array(List.of(Json.of(entry.getKey()), entry.getValue())))
                .toList())
        : null;
  }

  /** A JSON value; its end is found by brackets and quotes. */
  private Json literal() {
    skip();
    int from = at;
    int open = 0;
    boolean quoted = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quoted) {
        if (c == '\\') {
          at++;
        } else if (c == '"') {
          quoted = false;
        }
        if (!quoted && open == 0) {
          at++;
          break;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '[' || c == '{') {
        open++;
      } else if (open > 0 && (c == ']' || c == '}')) {
        if (--open == 0) {
          at++;
          break;
        }
      } else if (open == 0 && " \t\r\n)],<>=!".indexOf(c) >= 0) {
        break;
      }
    }
    String found = text.substring(from, Math.min(at, text.length()));
    try {
      return JsonReader.read(found);
    } catch (RuntimeException broken) {
      throw wrong("'" + found + "' is not a JSON value");
    }
  }

  private String name() {
    skip();
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) && text.charAt(at) < 128
            || text.charAt(at) == '_')) {
      at++;
    }
    if (from == at || Character.isDigit(text.charAt(from))) {
      throw wrong("a name is missing");
    }
    return text.substring(from, at);
  }

  private boolean word(String word) {
    skip();
    int end = at + word.length();
    boolean whole =
        text.startsWith(word, at)
            && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
    if (whole) {
      at = end;
    }
    return whole;
  }

  private void skip() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean peek(char c) {
    skip();
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean take(String what) {
    skip();
    if (text.startsWith(what, at)) {
      at += what.length();
      return true;
    }
    return false;
  }

  private void require(String what) {
    if (!take(what)) {
      throw wrong("'" + what + "' is missing");
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "'" + text + "' is not a path: " + what + " at character " + (at + 1));
  }
}
