package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call. Immutable.
 *
 * @param values by name
 */
record Arguments(Map<String, Json> values) {

  /** The value of that name; JSON null where it is not given. */
  Json get(String name) {
    return values.getOrDefault(name, Json.Null.VALUE);
  }

  boolean given(String name) {
    return !(get(name) instanceof Json.Null);
  }

  /** The text of that name, or of the number that is given instead. */
  String text(String name) {
    return Python.text(get(name));
  }

  String textOr(String name, String otherwise) {
    return given(name) ? text(name) : otherwise;
  }

  Json or(String name, Json otherwise) {
    return given(name) ? get(name) : otherwise;
  }

  /** Seconds, or null where nothing is given. */
  @Nullable Duration seconds(String name) {
    return given(name) ? seconds(get(name)) : null;
  }

  static Duration seconds(Json value) {
    double seconds = Python.number(value) && !(value instanceof Json.Bool) ? value.asNumber() : -1;
    if (!(seconds >= 0 && seconds <= 1e7)) {
      throw new Unforeseen(Python.text(value) + " is no number of seconds");
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
