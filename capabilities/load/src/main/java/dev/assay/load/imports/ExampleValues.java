package dev.assay.load.imports;

import dev.assay.api.json.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value that a schema allows: what it gives as an example, else its default, else the first
 * of its enumeration, else one made from type, format, pattern and bounds. The same schema gives
 * the same value.
 */
final class ExampleValues {

  private static final int MOST_VALUES = 2_000;
  private static final int DEEPEST = 12;

  private final References references;
  private final boolean answer;
  private final Deque<Item> open = new ArrayDeque<>();
  private int left = MOST_VALUES;

  /**
   * Makes one value.
   *
   * @param references follows references
   * @param answer whether for an answer, which has what is read-only and all that is optional
   */
  ExampleValues(References references, boolean answer) {
    this.references = references;
    this.answer = answer;
  }

  /** The first example of a parameter or media type, or else a value of its schema. */
  Json ofMedia(Item media, String name) {
    Json given = given(media);
    return given != null ? given : of(media.get("schema"), name);
  }

  /** What is given as {@code example}, or first in {@code examples}; null where nothing is. */
  @Nullable Json given(Item item) {
    if (item.get("example").present()) {
      return item.get("example").value();
    }
    for (Item named : item.get("examples").members().values()) {
      Item value = references.resolve(named).get("value");
      if (value.present()) {
        return value.value();
      }
    }
    if (item.get("examples").isArray() && !item.items("examples").isEmpty()) {
      return item.items("examples").getFirst().value();
    }
    return null;
  }

  /**
   * A value of a schema.
   *
   * @param name what it is the value of; texts without a format say it
   */
  Json of(Item schema, String name) {
    Item resolved = references.resolve(schema);
    Json given = given(resolved);
    if (given != null) {
      return given;
    }
    for (String key : List.of("const", "default")) {
      if (resolved.get(key).present()) {
        return resolved.get(key).value();
      }
    }
    if (resolved.get("enum").isArray() && !resolved.items("enum").isEmpty()) {
      return resolved.items("enum").getFirst().value();
    }
    if (left-- <= 0 || open.size() > DEEPEST || circular(resolved)) {
      return Json.Null.VALUE;
    }
    open.push(resolved);
    try {
      return made(resolved, name);
    } finally {
      open.pop();
    }
  }

  private boolean circular(Item schema) {
    return open.stream().anyMatch(other -> other.path().equals(schema.path()));
  }

  private Json made(Item schema, String name) {
    for (String key : List.of("oneOf", "anyOf")) {
      if (schema.get(key).isArray() && !schema.get("properties").present()) {
        Item first = firstReal(schema.items(key));
        if (first != null) {
          return of(first, name);
        }
      }
    }
    return switch (type(schema)) {
      case "object" -> object(schema);
      case "array" -> array(schema, name);
      case "integer" -> Json.of((long) number(schema, true));
      case "number" -> Json.of(number(schema, false));
      case "boolean" -> Json.of(true);
      case "null" -> Json.Null.VALUE;
      default -> Json.of(text(schema, name));
    };
  }

  private @Nullable Item firstReal(List<Item> choices) {
    for (Item choice : choices) {
      if (!type(references.resolve(choice)).equals("null")) {
        return choice;
      }
    }
    return null;
  }

  /** The type, also where it is one of several or only follows from the other keys. */
  private static String type(Item schema) {
    Item type = schema.get("type");
    if (type.isText()) {
      return schema.text("type");
    }
    if (type.isArray()) {
      for (Item one : type.items()) {
        String word = one.scalar();
        if (word != null && !word.equals("null")) {
          return word;
        }
      }
    }
    if (schema.get("properties").present()
        || schema.get("allOf").present()
        || schema.get("additionalProperties").present()) {
      return "object";
    }
    return schema.get("items").present() ? "array" : "string";
  }

  private Json object(Item schema) {
    Map<String, Item> properties = new LinkedHashMap<>();
    Set<String> required = new LinkedHashSet<>();
    gather(schema, properties, required, 0);
    boolean any = answer || required.isEmpty();
    Map<String, Json> members = new LinkedHashMap<>();
    properties.forEach((name, property) -> {
      Item resolved = references.resolve(property);
      boolean hidden = resolved.isTrue(answer ? "writeOnly" : "readOnly");
      boolean wanted = any || required.contains(name) || given(resolved) != null;
      if (hidden || !wanted) {
        return;
      }
      Json value = of(property, name);
      if (!(value instanceof Json.Null) || required.contains(name)) {
        members.put(name, value);
      }
    });
    return new Json.Obj(members);
  }

  /** The properties of a schema and of all that it is made of. */
  private void gather(Item schema, Map<String, Item> properties, Set<String> required, int depth) {
    for (Item part :
        depth > DEEPEST || !schema.get("allOf").isArray()
            ? List.<Item>of()
            : schema.items("allOf")) {
      gather(references.resolve(part), properties, required, depth + 1);
    }
    properties.putAll(schema.get("properties").members());
    if (schema.get("required").isArray()) {
      schema
          .items("required")
          .forEach(name -> {
            String word = name.scalar();
            if (word != null) {
              required.add(word);
            }
          });
    }
    for (String key : List.of("oneOf", "anyOf")) {
      if (depth <= DEEPEST && schema.get(key).isArray() && !schema.items(key).isEmpty()) {
        gather(references.resolve(schema.items(key).getFirst()), properties, required, depth + 1);
      }
    }
  }

  private Json array(Item schema, String name) {
    if (!schema.get("items").isObject()) {
      return Json.array(List.of());
    }
    int least = (int) Math.clamp(schema.number("minItems", 1), 1, 10);
    List<Json> items = new java.util.ArrayList<>();
    for (int i = 0; i < least; i++) {
      Json item = of(schema.get("items"), AnswerValues.singular(name));
      if (!(item instanceof Json.Null)) {
        items.add(item);
      }
    }
    return Json.array(items);
  }

  private static double number(Item schema, boolean whole) {
    double step = schema.number("multipleOf", 0);
    double least = schema.number("minimum", Double.NEGATIVE_INFINITY);
    double most = schema.number("maximum", Double.POSITIVE_INFINITY);
    double above = schema.number("exclusiveMinimum", Double.NEGATIVE_INFINITY);
    double below = schema.number("exclusiveMaximum", Double.POSITIVE_INFINITY);
    double gap = step > 0 ? step : whole ? 1 : 0.5;
    if (schema.isTrue("exclusiveMinimum")) {
      above = least;
    }
    if (schema.isTrue("exclusiveMaximum")) {
      below = most;
    }
    least = Math.max(least, above + gap);
    most = Math.min(most, below - gap);
    double value = Math.max(least, Math.min(most, 1));
    if (step > 0) {
      value = Math.ceil(value / step) * step;
    } else if (whole) {
      value = Math.ceil(value);
    }
    return Double.isFinite(value) ? value : 1;
  }

  private static String text(Item schema, String name) {
    String pattern = schema.text("pattern", "");
    if (!pattern.isEmpty()) {
      String matching = PatternText.of(pattern).orElse("");
      if (!matching.isEmpty()) {
        return matching;
      }
    }
    String text = byFormat(schema.text("format", ""), name);
    int least = (int) Math.clamp(schema.number("minLength", 0), 0, 1000);
    int most = (int) Math.clamp(schema.number("maxLength", 1000), 0, 1000);
    if (text.length() < least) {
      text = text + "x".repeat(least - text.length());
    }
    return text.length() > most ? text.substring(0, most) : text;
  }

  private static String byFormat(String format, String name) {
    return switch (format) {
      case "date" -> "2026-01-31";
      case "date-time" -> "2026-01-31T12:00:00Z";
      case "time" -> "12:00:00Z";
      case "duration" -> "PT1H";
      case "uuid" -> "5f0c2f2e-4b1a-4c5e-9d0a-7a1b2c3d4e5f";
      case "email", "idn-email" -> "kim@example.com";
      case "uri", "url", "uri-reference", "iri" -> "https://example.com/";
      case "hostname" -> "example.com";
      case "ipv4" -> "192.0.2.1";
      case "ipv6" -> "2001:db8::1";
      case "byte" -> "YXNzYXk=";
      case "binary" -> "assay";
      default -> name.isEmpty() ? "text" : name;
    };
  }
}
