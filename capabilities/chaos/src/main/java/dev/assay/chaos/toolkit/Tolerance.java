package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether the output of a probe is within its tolerance, by what chaostoolkit-lib's {@code
 * within_tolerance} does, and not by what its documentation says of it: a list against something
 * with a status is membership, also where it has two values; against anything else two values are a
 * range, and other lists membership.
 */
final class Tolerance {

  private final Substitution values;
  private final Function<Json.Obj, Json> probe;

  /**
   * Checks tolerances.
   *
   * @param values for the templates of patterns and paths
   * @param probe runs an activity that is a tolerance and returns its output; throws {@link
   *     ActivityFailed}
   */
  Tolerance(Substitution values, Function<Json.Obj, Json> probe) {
    this.values = values;
    this.probe = probe;
  }

  /**
   * Checks an output.
   *
   * @throws Unforeseen where the toolkit would end with a stack trace
   */
  boolean holds(@Nullable Json tolerance, Json output) {
    return switch (tolerance) {
      case Json.Bool bool -> Python.equal(output, bool);
      case Json.Text text -> Python.equal(output, text);
      case Json.Whole whole -> Python.equal(statusOr(output), whole);
      case Json.Array list -> among(list.items(), output);
      case Json.Obj rule -> rule(rule, output);
      case Json.Real _, Json.Null _ -> false;
      case null -> false;
    };
  }

  private static @Nullable Json status(Json output) {
    return output instanceof Json.Obj object ? object.members().get("status") : null;
  }

  private static Json statusOr(Json output) {
    Json status = status(output);
    return status == null ? output : status;
  }

  private static boolean among(List<Json> list, Json output) {
    Json status = status(output);
    if (status != null) {
      return list.stream().anyMatch(one -> Python.equal(one, status));
    }
    if (list.size() == 2) {
      return notAbove(list.getFirst(), output) && notAbove(output, list.getLast());
    }
    return list.stream().anyMatch(one -> Python.equal(one, output));
  }

  private static boolean notAbove(Json a, Json b) {
    OptionalInt order = Python.compare(a, b);
    if (order.isEmpty()) {
      throw new Unforeseen("the tolerance compares " + Python.text(a) + " with " + Python.text(b));
    }
    return order.getAsInt() <= 0;
  }

  private boolean rule(Json.Obj rule, Json output) {
    return switch (Python.text(rule.members().getOrDefault("type", Json.Null.VALUE))) {
      case "probe" -> byProbe(rule, output);
      case "regex" -> regex(rule, target(rule, output));
      case "jsonpath" -> path(rule, target(rule, output));
      case "range" -> range(rule, target(rule, output));
      default -> false;
    };
  }

  private static Json target(Json.Obj rule, Json output) {
    Json target = rule.members().get("target");
    if (!Python.truth(target)) {
      return output;
    }
    if (!(output instanceof Json.Obj object)) {
      throw new Unforeseen("the tolerance asks for a part of an output that has none");
    }
    return object.members().getOrDefault(Python.text(rule.get("target")), output);
  }

  private boolean byProbe(Json.Obj rule, Json output) {
    Json.Obj provider = rule.object("provider");
    Json.Builder arguments = Json.object();
    if (provider.find("arguments") instanceof Json.Obj written) {
      written.members().forEach(arguments::put);
    }
    arguments.put("value", output);
    Json.Builder filled = Json.object();
    provider.members().forEach(filled::put);
    filled.put("arguments", arguments.build());
    Json.Builder activity = Json.object();
    rule.members().forEach(activity::put);
    try {
      return Python.truth(probe.apply(activity.put("provider", filled.build()).build()));
    } catch (ActivityFailed failed) {
      return false;
    }
  }

  private boolean regex(Json.Obj rule, Json value) {
    if (!(value instanceof Json.Text text)) {
      throw new Unforeseen("a regular expression looks at " + Python.text(value) + ", no text");
    }
    return PythonPattern.compile(filled(rule, "pattern")).matcher(text.value()).find();
  }

  private String filled(Json.Obj rule, String key) {
    return Python.text(values.text(rule.text(key)));
  }

  private boolean path(Json.Obj rule, Json value) {
    Json looked = value instanceof Json.Text text ? parsed(text) : value;
    List<Json> found = JsonPath.parse(filled(rule, "path")).find(looked);
    boolean holds = !found.isEmpty();
    Json count = rule.find("count");
    if (count != null) {
      holds = Python.equal(Json.of(found.size()), count);
    }
    Json expect = rule.members().get("expect");
    if (expect != null) {
      Json wanted = expect instanceof Json.Array ? expect : Json.array(List.of(expect));
      holds = Python.equal(Json.array(found), wanted);
    }
    return holds;
  }

  private static Json parsed(Json.Text text) {
    try {
      return JsonReader.read(text.value());
    } catch (JsonException noJson) {
      return text;
    }
  }

  private static boolean range(Json.Obj rule, Json value) {
    BigDecimal number;
    try {
      number = decimal(value);
    } catch (NumberFormatException none) {
      return false;
    }
    List<Json> range = rule.array("range");
    return decimal(range.getFirst()).compareTo(number) <= 0
        && number.compareTo(decimal(range.getLast())) <= 0;
  }

  /** {@code Decimal(value)}: texts as they are written, numbers with all their binary digits. */
  private static BigDecimal decimal(Json value) {
    return switch (value) {
      case Json.Text text -> bounded(text.value().strip().replace("_", ""));
      case Json.Whole whole -> BigDecimal.valueOf(whole.value());
      case Json.Real real -> new BigDecimal(real.value());
      case Json.Bool bool -> bool.value() ? BigDecimal.ONE : BigDecimal.ZERO;
      default -> throw new Unforeseen("a range looks at " + Python.text(value) + ", no number");
    };
  }

  private static BigDecimal bounded(String text) {
    if (text.length() > 1000) {
      throw new NumberFormatException("too long");
    }
    return new BigDecimal(text);
  }
}
