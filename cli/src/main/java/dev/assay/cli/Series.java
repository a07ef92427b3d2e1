package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import java.util.ArrayList;
import java.util.List;

/** Numbers in the lines of a door: {@code null} is a missing one, which NaN is here. */
final class Series {

  private Series() {}

  /** The array of numbers of that name. */
  static double[] values(Json.Obj question, String name) {
    return values(array(question.find(name), "'" + name + "'"), "'" + name + "'");
  }

  /** The array of arrays of numbers of that name. */
  static double[][] columns(Json.Obj question, String name) {
    List<Json> items = array(question.find(name), "'" + name + "'");
    double[][] columns = new double[items.size()][];
    for (int i = 0; i < columns.length; i++) {
      String place = "'" + name + "'[" + i + "]";
      columns[i] = values(array(items.get(i), place), place);
    }
    return columns;
  }

  private static List<Json> array(@org.jspecify.annotations.Nullable Json value, String place) {
    if (value instanceof Json.Array array) {
      return array.items();
    }
    throw JsonException.of(
        value == null
            ? "there is no " + place + "; write an array"
            : place + " is no array; write one even of a single value");
  }

  private static double[] values(List<Json> items, String place) {
    double[] values = new double[items.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (items.get(i)) {
            case Json.Whole whole -> whole.value();
            case Json.Real real -> real.value();
            case Json.Null _ -> Double.NaN;
            default ->
                throw JsonException.of(
                    place + "[" + i + "] is no number; write null for a missing one");
          };
    }
    return values;
  }

  /** A number, or {@code null} where JSON has none for it. */
  static Json number(double value) {
    return Double.isFinite(value) ? Json.of(value) : Json.Null.VALUE;
  }

  /** An array of numbers. */
  static Json numbers(double[] values) {
    List<Json> items = new ArrayList<>(values.length);
    for (double value : values) {
      items.add(number(value));
    }
    return Json.array(items);
  }
}
