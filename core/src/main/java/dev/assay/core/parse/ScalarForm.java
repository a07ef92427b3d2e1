package dev.assay.core.parse;

import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Quantity;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Share;
import dev.assay.api.value.Size;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A type that is written as one scalar.
 *
 * @param wanted what it looks like, for messages and the reference page
 * @param jsonTypes the JSON types an editor may offer for it
 * @param read reads it; throws IllegalArgumentException with a sentence for people
 */
record ScalarForm(String wanted, String[] jsonTypes, Function<String, Object> read) {

  private static final Map<Class<?>, ScalarForm> KNOWN = known();

  static @Nullable ScalarForm of(Class<?> type) {
    return KNOWN.get(type);
  }

  private static Map<Class<?>, ScalarForm> known() {
    Map<Class<?>, ScalarForm> known = new LinkedHashMap<>();
    ScalarForm whole = form("a whole number", ScalarForm::whole, "integer", "string");
    known.put(long.class, whole);
    known.put(Long.class, whole);
    ScalarForm small =
        form("a whole number", text -> Math.toIntExact(whole(text)), "integer", "string");
    known.put(int.class, small);
    known.put(Integer.class, small);
    ScalarForm number = form("a number", ScalarForm::number, "number", "string");
    known.put(double.class, number);
    known.put(Double.class, number);
    ScalarForm bool = form("true or false", ScalarForm::bool, "boolean");
    known.put(boolean.class, bool);
    known.put(Boolean.class, bool);
    known.put(String.class, form("a text", text -> text, "string", "number", "boolean"));
    known.put(
        Duration.class,
        form(
            "a duration such as 30s or 150 ms", text -> Quantity.parse(text).duration(), "string"));
    known.put(Rate.class, form("a rate such as 500/s", Rate::parse, "string"));
    known.put(Share.class, form("a share such as 5 %", Share::parse, "string"));
    known.put(Size.class, form("a size such as 10 MB", Size::parse, "string"));
    known.put(
        Quantity.class,
        form("a number with a unit such as 150 ms", Quantity::parse, "string", "number"));
    known.put(
        Comparison.class,
        form("a comparison such as < 150 ms", Comparison::parse, "string", "number", "boolean"));
    known.put(
        Template.class,
        form("a text, with ${name} for values", Template::parse, "string", "number", "boolean"));
    known.put(
        CommandLine.class,
        form("a command with its arguments", CommandLine::parse, "string", "array"));
    return Collections.unmodifiableMap(known);
  }

  private static ScalarForm form(
      String wanted, Function<String, Object> read, String... jsonTypes) {
    return new ScalarForm(wanted, jsonTypes, read);
  }

  private static long whole(String text) {
    try {
      return Long.parseLong(text.replace("_", ""));
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number", wrong);
    }
  }

  private static double number(String text) {
    try {
      double value = Double.parseDouble(text.replace("_", ""));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException wrong) {
      // said below
    }
    throw new IllegalArgumentException("'" + text + "' is not a number");
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }
}
