package dev.assay.load.extract;

import dev.assay.api.value.Comparison;
import java.util.regex.Pattern;

/** One thing that is asked of a body. Immutable. */
public sealed interface Probe {

  /**
   * The first value that a JSON path finds. A text is given unescaped, a number or a truth value as
   * it was written, an object or array as its raw JSON. JSON's {@code null} is nothing found.
   *
   * @param path such as {@code $.items[0].id}; {@link BodyPlan#of} says which are possible
   */
  record JsonPath(String path) implements Probe {

    /** The member of that name of the whole document, whatever characters its name has. */
    public static JsonPath member(String name) {
      return new JsonPath("$['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']");
    }
  }

  /**
   * Whether a JSON path finds at least one value and each value that it finds holds. JSON's {@code
   * null} is a value here, with the text {@code null}. The words {@code exists} and {@code absent}
   * ask whether it finds any.
   *
   * @param path such as {@code $.items[*].price}
   * @param comparison what must hold, without open places
   */
  record JsonTest(String path, Comparison comparison) implements Probe {}

  /**
   * The first group of the first match in the body read as UTF-8, or the whole match where the
   * expression has no group.
   *
   * @param pattern the expression
   */
  record Regex(Pattern pattern) implements Probe {}

  /**
   * Whether the whole body, read as UTF-8, holds.
   *
   * @param comparison what must hold, without open places
   */
  record TextTest(Comparison comparison) implements Probe {}

  /**
   * Whether the body contains a text anywhere.
   *
   * @param text not empty
   */
  record Contains(String text) implements Probe {}
}
