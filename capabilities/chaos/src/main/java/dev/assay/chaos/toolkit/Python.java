package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How Python sees values: what is true, what is equal, what is less, and how they are printed. */
final class Python {

  private Python() {}

  /** Whether it counts as true. */
  static boolean truth(@Nullable Json value) {
    return switch (value) {
      case null -> false;
      case Json.Null _ -> false;
      case Json.Bool bool -> bool.value();
      case Json.Whole whole -> whole.value() != 0;
      case Json.Real real -> real.value() != 0;
      case Json.Text text -> !text.value().isEmpty();
      case Json.Array array -> !array.items().isEmpty();
      case Json.Obj object -> !object.members().isEmpty();
    };
  }

  /** {@code a == b}; true equals 1. */
  static boolean equal(Json a, Json b) {
    if (number(a) && number(b)) {
      return compareNumbers(a, b) == 0;
    }
    if (a instanceof Json.Array left && b instanceof Json.Array right) {
      return left.items().size() == right.items().size() && equal(left.items(), right.items());
    }
    if (a instanceof Json.Obj left && b instanceof Json.Obj right) {
      return left.members().keySet().equals(right.members().keySet())
          && left.members().entrySet().stream()
              .allMatch(one ->
                  equal(one.getValue(), Objects.requireNonNull(right.members().get(one.getKey()))));
    }
    return a.equals(b);
  }

  private static boolean equal(List<Json> a, List<Json> b) {
    Iterator<Json> others = b.iterator();
    return a.stream().allMatch(item -> equal(item, others.next()));
  }

  /** How they are ordered; empty where Python raises a TypeError. */
  static OptionalInt compare(Json a, Json b) {
    if (number(a) && number(b)) {
      return OptionalInt.of(compareNumbers(a, b));
    }
    if (a instanceof Json.Text left && b instanceof Json.Text right) {
      return OptionalInt.of(compareTexts(left.value(), right.value()));
    }
    if (a instanceof Json.Array left && b instanceof Json.Array right) {
      return compareLists(left.items(), right.items());
    }
    return OptionalInt.empty();
  }

  private static OptionalInt compareLists(List<Json> a, List<Json> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!equal(a.get(i), b.get(i))) {
        return compare(a.get(i), b.get(i));
      }
    }
    return OptionalInt.of(Integer.compare(a.size(), b.size()));
  }

  private static int compareTexts(String a, String b) {
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    return java.util.Arrays.compare(left, right);
  }

  private static int compareNumbers(Json a, Json b) {
    return a instanceof Json.Real || b instanceof Json.Real
        ? Double.compare(asDouble(a), asDouble(b))
        : Long.compare(asLong(a), asLong(b));
  }

  /** Whether it is a number; true and false are. */
  static boolean number(@Nullable Json value) {
    return value instanceof Json.Whole || value instanceof Json.Real || value instanceof Json.Bool;
  }

  private static long asLong(Json value) {
    return value instanceof Json.Bool bool ? (bool.value() ? 1 : 0) : value.asWhole();
  }

  private static double asDouble(Json value) {
    return value instanceof Json.Real real ? real.value() : asLong(value);
  }

  /** {@code str(value)}; lists and maps are printed as Python prints them. */
  static String text(Json value) {
    return value instanceof Json.Text text ? text.value() : repr(value);
  }

  private static String repr(Json value) {
    return switch (value) {
      case Json.Null _ -> "None";
      case Json.Bool bool -> bool.value() ? "True" : "False";
      case Json.Whole whole -> Long.toString(whole.value());
      case Json.Real _ -> JsonWriter.canonical(value);
      case Json.Text text -> quoted(text.value());
      case Json.Array array ->
          array.items().stream().map(Python::repr).collect(Collectors.joining(", ", "[", "]"));
      case Json.Obj object ->
          object.members().entrySet().stream()
              .map(Python::entry)
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  private static String entry(Map.Entry<String, Json> entry) {
    return quoted(entry.getKey()) + ": " + repr(entry.getValue());
  }

  private static String quoted(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    return quote + (quote == '\'' ? escaped.replace("'", "\\'") : escaped) + quote;
  }
}
