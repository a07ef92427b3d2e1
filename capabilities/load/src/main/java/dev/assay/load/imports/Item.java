package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document that knows how it was reached, so that what is wrong with it can be shown
 * at its place. A value that is missing is JSON's null. Immutable.
 *
 * @param document the document
 * @param path member names and indices
 * @param value the value
 */
record Item(Document document, List<Object> path, Json value) {

  /** Whether there is something. */
  boolean present() {
    return !(value instanceof Json.Null);
  }

  boolean isObject() {
    return value instanceof Json.Obj;
  }

  boolean isArray() {
    return value instanceof Json.Array;
  }

  boolean isText() {
    return value instanceof Json.Text;
  }

  /** The member of that name; missing in anything that is no object. */
  Item get(String name) {
    Json member =
        value instanceof Json.Obj object
            ? object.members().getOrDefault(name, Json.Null.VALUE)
            : Json.Null.VALUE;
    return below(name, member);
  }

  private Item below(Object step, Json member) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return new Item(document, longer, member);
  }

  /** The member of that name, which must be an object. */
  Item object(String name) {
    Item member = get(name);
    if (!member.isObject()) {
      throw member.wrong("an object");
    }
    return member;
  }

  /** The items of the member of that name; none where it is missing. */
  List<Item> items(String name) {
    Item member = get(name);
    if (!member.present()) {
      return List.of();
    }
    return member.items();
  }

  /** The items of this, which must be an array. */
  List<Item> items() {
    if (!(value instanceof Json.Array array)) {
      throw wrong("an array");
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < array.items().size(); i++) {
      items.add(below(i, array.items().get(i)));
    }
    return items;
  }

  /** The members of this; none where it is no object. */
  Map<String, Item> members() {
    Map<String, Item> members = new LinkedHashMap<>();
    if (value instanceof Json.Obj object) {
      object.members().forEach((name, member) -> members.put(name, below(name, member)));
    }
    return members;
  }

  /** The text of that name, which must be there. */
  String text(String name) {
    Item member = get(name);
    if (member.value() instanceof Json.Text text) {
      return text.value();
    }
    throw member.wrong("a text");
  }

  /** The text of that name, or the other where it is no text. */
  String text(String name, String other) {
    return get(name).value() instanceof Json.Text text ? text.value() : other;
  }

  /** This as a text, also a number or a truth value; null where it is neither. */
  @Nullable String scalar() {
    return switch (value) {
      case Json.Text text -> text.value();
      case Json.Bool bool -> Boolean.toString(bool.value());
      case Json.Whole _, Json.Real _ -> dev.assay.api.json.JsonWriter.canonical(value);
      default -> null;
    };
  }

  /** The number of that name, or the other where it is no number. */
  double number(String name, double other) {
    return switch (get(name).value()) {
      case Json.Whole whole -> whole.value();
      case Json.Real real -> real.value();
      default -> other;
    };
  }

  /** Whether the member of that name is true. */
  boolean isTrue(String name) {
    return get(name).value() instanceof Json.Bool bool && bool.value();
  }

  Place place() {
    return document.places().of(path);
  }

  /** The path as people write it: {@code log.entries[3].request}. */
  String name() {
    StringBuilder name = new StringBuilder();
    for (Object step : path) {
      if (step instanceof Integer index) {
        name.append('[').append(index).append(']');
      } else {
        name.append(name.isEmpty() ? "" : ".").append(step);
      }
    }
    return name.isEmpty() ? "the file" : "'" + name + "'";
  }

  /** The problem that this is something else than it must be. */
  ProblemException wrong(String wanted) {
    return ImportProblems.SHAPE.failure(
        place(),
        present() ? name() + " is not " + wanted : name() + " is missing; " + wanted + " is wanted",
        "name a file of the kind that is imported, or export it again");
  }
}
