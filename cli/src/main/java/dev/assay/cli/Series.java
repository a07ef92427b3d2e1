package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers in the lines of a door: {@code null} is a missing one, which NaN is here. */
final class Series {

  private static final double MILLISECONDS = 1e11;

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

  /**
   * Times in seconds since 1970: numbers of seconds or, above 10¹¹, of milliseconds; texts such as
   * {@code 2014-04-01 00:05:00}, which are UTC unless they say otherwise; without any, a minute
   * apart.
   */
  static double[] times(Json.Obj question, String name, int count) {
    double[] times = new double[count];
    if (question.find(name) == null) {
      Arrays.setAll(times, i -> 60.0 * i);
      return times;
    }
    List<Json> items = array(question.find(name), "'" + name + "'");
    if (items.size() != count) {
      throw JsonException.of(
          "there are " + items.size() + " '" + name + "' of " + count + " values; one each");
    }
    for (int i = 0; i < count; i++) {
      times[i] = time(items.get(i), "'" + name + "'[" + i + "]");
    }
    return times;
  }

  private static double time(Json value, String place) {
    return switch (value) {
      case Json.Whole whole -> seconds(whole.value());
      case Json.Real real -> seconds(real.value());
      case Json.Text text -> time(text.value(), place);
      default -> throw noTime(place);
    };
  }

  private static double seconds(double value) {
    return Math.abs(value) > MILLISECONDS ? value / 1000 : value;
  }

  private static double time(String text, String place) {
    String iso = text.trim().replace(' ', 'T');
    try {
      TemporalAccessor read =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              iso.contains("T") ? iso : iso + "T00:00:00", Instant::from, LocalDateTime::from);
      Instant instant =
          read instanceof LocalDateTime local
              ? local.toInstant(ZoneOffset.UTC)
              : Instant.from(read);
      return instant.getEpochSecond() + instant.getNano() / 1e9;
    } catch (DateTimeException wrong) {
      throw noTime(place);
    }
  }

  private static JsonException noTime(String place) {
    return JsonException.of(
        place + " is no time; write seconds since 1970 or a text such as 2014-04-01 00:05:00");
  }

  private static List<Json> array(@Nullable Json value, String place) {
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
