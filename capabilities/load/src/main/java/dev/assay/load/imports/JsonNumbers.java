package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.value.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces numbers of a JSON body by names. A template in a JSON value is always a text, so such a
 * number is marked until the body is written, and then the body becomes a text as a whole.
 */
final class JsonNumbers {

  static final char BEGIN = '\uE000';
  static final char END = '\uE001';
  private static final Pattern MARKED = Pattern.compile("\"\uE000([A-Za-z0-9_.-]+)\uE001\"");

  private JsonNumbers() {}

  /** Gives the name that replaces a number, or null. */
  @FunctionalInterface
  interface Naming {
    @Nullable String of(String key, String number);
  }

  /** The value with names in the place of numbers. */
  static Json mark(Json value, Naming naming) {
    return mark(value, "", naming);
  }

  private static Json mark(Json value, String key, Naming naming) {
    return switch (value) {
      case Json.Whole _, Json.Real _ -> {
        String name = naming.of(key, JsonWriter.canonical(value));
        yield name == null ? value : Json.of(BEGIN + name + END);
      }
      case Json.Array array ->
          Json.array(array.items().stream().map(item -> mark(item, key, naming)).toList());
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(name, mark(member, name, naming)));
        yield new Json.Obj(members);
      }
      default -> value;
    };
  }

  /** Whether a text of a value is the mark of a number. */
  static boolean isMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BEGIN;
  }

  /** Whether there is a mark in a value. */
  static boolean marked(Json value) {
    return switch (value) {
      case Json.Text text -> isMark(text.value());
      case Json.Array array -> array.items().stream().anyMatch(JsonNumbers::marked);
      case Json.Obj object -> object.members().values().stream().anyMatch(JsonNumbers::marked);
      default -> false;
    };
  }

  /** The text of a value, its marks as names. */
  static Template text(Json value) {
    return Template.parse(MARKED.matcher(JsonWriter.canonical(value)).replaceAll("\\${$1}"));
  }
}
