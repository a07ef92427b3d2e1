package dev.assay.suite.door;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads members of questions by any of the names they go by. */
final class Members {

  /** What became of a test, in every door. */
  enum Outcome {
    PASS,
    FAIL,
    SKIP,
    /** What failed is said to be the machine. */
    INFRASTRUCTURE
  }

  private static final String[] NAMES = {"id", "test", "name", "test_id", "case"};
  private static final String[] SECONDS = {
    "duration_s", "seconds", "duration", "time_s", "time", "took", "took_s", "expected_s"
  };
  private static final String[] MILLISECONDS = {
    "duration_ms", "durationMs", "milliseconds", "time_ms", "ms"
  };
  private static final String[] RESULTS = {"result", "verdict", "status", "outcome"};

  private static final Set<String> PASSES =
      Set.of("pass", "passed", "ok", "success", "successful", "succeeded", "green", "p", "true");
  private static final Set<String> FAILURES =
      Set.of(
          "fail",
          "failed",
          "failure",
          "error",
          "errored",
          "broken",
          "crash",
          "crashed",
          "timeout",
          "timedout",
          "red",
          "f",
          "e",
          "false",
          "notok");
  private static final Set<String> SKIPS =
      Set.of(
          "skip",
          "skipped",
          "ignored",
          "disabled",
          "pending",
          "notrun",
          "cancelled",
          "canceled",
          "aborted",
          "todo",
          "none",
          "s");
  private static final Set<String> MACHINES =
      Set.of("infrastructure", "infra", "infrastructurefailure", "machine", "lost");

  private Members() {}

  /** The first member there is, or null. */
  static @Nullable Json find(Json.Obj object, String... names) {
    for (String name : names) {
      Json value = object.find(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** The name of a test, which is a text or a whole number. */
  static String nameOf(Json value) {
    return switch (value) {
      case Json.Text text -> text.value();
      case Json.Whole whole -> Long.toString(whole.value());
      default -> throw JsonException.of("a test is named by a text, as in {\"id\": \"a.B#c\"}");
    };
  }

  /** The name that an object has. */
  static String named(Json.Obj object) {
    Json name = find(object, NAMES);
    if (name == null) {
      throw JsonException.of("a test has no 'id': write {\"id\": \"a.B#c\", …}");
    }
    return nameOf(name);
  }

  /** Seconds under any of their names, or none. */
  static OptionalDouble seconds(Json.Obj object) {
    Json seconds = find(object, SECONDS);
    if (seconds != null) {
      return OptionalDouble.of(time(seconds, "duration_s"));
    }
    Json milliseconds = find(object, MILLISECONDS);
    return milliseconds == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(time(milliseconds, "duration_ms") / 1000);
  }

  /** A time that is one. */
  static double time(Json value, String name) {
    double time = number(value, name);
    if (time < 0) {
      throw JsonException.of("'" + name + "' is 0 or more, not " + time);
    }
    return time;
  }

  /** A number. */
  static double number(Json value, String name) {
    return switch (value) {
      case Json.Whole whole -> whole.value();
      case Json.Real real -> real.value();
      default -> throw JsonException.of("'" + name + "' is a number, such as 1.5");
    };
  }

  /** True or false, or null where it is not said. */
  static @Nullable Boolean flag(Json.Obj object, String... names) {
    Json value = find(object, names);
    return switch (value) {
      case null -> null;
      case Json.Bool bool -> bool.value();
      case Json.Whole whole -> whole.value() != 0;
      default -> throw JsonException.of("'" + names[0] + "' is true or false");
    };
  }

  /** The result that an object tells, or null. */
  static @Nullable Outcome outcome(Json.Obj object) {
    if (Boolean.TRUE.equals(flag(object, "infrastructure", "infra"))) {
      return Outcome.INFRASTRUCTURE;
    }
    if (object.find("verdict") instanceof Json.Whole verdict) {
      // in the data sets of RETECS 1 is a failure
      return verdict.value() == 0 ? Outcome.PASS : Outcome.FAIL;
    }
    Json result = find(object, RESULTS);
    if (result != null) {
      return outcome(result);
    }
    Boolean failed = flag(object, "failed");
    Boolean passed = flag(object, "passed");
    if (failed != null || passed != null) {
      return Boolean.TRUE.equals(failed) || Boolean.FALSE.equals(passed)
          ? Outcome.FAIL
          : Outcome.PASS;
    }
    return null;
  }

  /** A result by itself: a word, or true for a pass. */
  static Outcome outcome(Json value) {
    String word =
        switch (value) {
          case Json.Text text -> text.value();
          case Json.Bool bool -> Boolean.toString(bool.value());
          default ->
              throw JsonException.of(
                  "a result is \"pass\", \"fail\" or \"skip\"; a number does not say which");
        };
    String plain = word.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
    if (PASSES.contains(plain)) {
      return Outcome.PASS;
    }
    if (FAILURES.contains(plain)) {
      return Outcome.FAIL;
    }
    if (SKIPS.contains(plain)) {
      return Outcome.SKIP;
    }
    if (MACHINES.contains(plain)) {
      return Outcome.INFRASTRUCTURE;
    }
    throw JsonException.of(
        "'" + word + "' is no result: write \"pass\", \"fail\", \"skip\" or \"infrastructure\"");
  }

  /**
   * Goes through things that have names: an array of names or of objects, or an object by name.
   *
   * @param each is given the name and what is said of it, or null where only the name is
   */
  static void each(Json value, String what, BiConsumer<String, @Nullable Json> each) {
    switch (value) {
      case Json.Obj byName -> byName.members().forEach(each);
      case Json.Array list -> {
        for (Json item : list.items()) {
          if (item instanceof Json.Obj object) {
            each.accept(named(object), object);
          } else {
            each.accept(nameOf(item), null);
          }
        }
      }
      default ->
          throw JsonException.of("'" + what + "' is a list, as in \"" + what + "\": [\"a.B#c\"]");
    }
  }

  /** The items of an array. */
  static List<Json> items(Json value, String what) {
    if (value instanceof Json.Array array) {
      return array.items();
    }
    throw JsonException.of("'" + what + "' is a list: [ … ]");
  }

  /** Texts as JSON. */
  static Json texts(List<String> texts) {
    List<Json> all = new ArrayList<>(texts.size());
    texts.forEach(text -> all.add(Json.of(text)));
    return Json.array(all);
  }

  /** Seconds of a budget: a number, or a text such as {@code 90s}, {@code 5m}, {@code 1h}. */
  static double budget(Json value) {
    if (!(value instanceof Json.Text text)) {
      return time(value, "budget_s");
    }
    String words = text.value().strip();
    int digits = 0;
    while (digits < words.length() && "0123456789.".indexOf(words.charAt(digits)) >= 0) {
      digits++;
    }
    double unit =
        switch (words.substring(digits).strip()) {
          case "ms" -> 0.001;
          case "", "s" -> 1;
          case "m", "min" -> 60;
          case "h" -> 3600;
          default -> Double.NaN;
        };
    try {
      double seconds = Double.parseDouble(words.substring(0, digits)) * unit;
      if (Double.isFinite(seconds)) {
        return seconds;
      }
    } catch (NumberFormatException wrong) {
      // said below
    }
    throw JsonException.of("'" + words + "' is no budget: write 300, or \"5m\"");
  }
}
