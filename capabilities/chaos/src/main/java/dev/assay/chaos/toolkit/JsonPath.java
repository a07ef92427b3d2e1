package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A path into JSON in the dialect that the toolkit uses (the Python package jsonpath2), which is
 * not RFC 9535: a filter looks at the value it is written behind and not at its children, equality
 * is {@code =}, and {@code or} binds closer than {@code and}. Immutable.
 */
final class JsonPath {

  /** Where a path begins. */
  enum Start {
    /** At the whole value. */
    ROOT,
    /** At the value that a filter looks at. */
    CURRENT
  }

  /**
   * One step.
   *
   * @param everywhere whether it is looked for at every depth
   * @param subscripts what is taken, in order
   */
  record Segment(boolean everywhere, List<Subscript> subscripts) {}

  /** Takes parts of a value. */
  @FunctionalInterface
  interface Subscript {
    void match(Json root, Json current, Consumer<Json> found);
  }

  /** The condition of a filter. */
  @FunctionalInterface
  interface Condition {
    boolean holds(Json root, Json current);
  }

  private final Start start;
  private final List<Segment> segments;

  JsonPath(Start start, List<Segment> segments) {
    this.start = start;
    this.segments = List.copyOf(segments);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static JsonPath parse(String text) {
    return new JsonPathReader(text).read();
  }

  /** What it finds, in order. */
  List<Json> find(Json root) {
    return find(root, root);
  }

  List<Json> find(Json root, Json current) {
    List<Json> found = new ArrayList<>();
    walk(0, root, start == Start.ROOT ? root : current, found::add);
    return found;
  }

  private void walk(int at, Json root, Json current, Consumer<Json> found) {
    if (at == segments.size()) {
      found.accept(current);
      return;
    }
    Segment segment = segments.get(at);
    for (Subscript subscript : segment.subscripts()) {
      subscript.match(root, current, value -> walk(at + 1, root, value, found));
    }
    if (segment.everywhere()) {
      children(current, child -> walk(at, root, child, found));
    }
  }

  static void children(Json value, Consumer<Json> found) {
    if (value instanceof Json.Obj object) {
      object.members().values().forEach(found);
    } else if (value instanceof Json.Array array) {
      array.items().forEach(found);
    }
  }

  static void item(Json value, long index, Consumer<Json> found) {
    if (value instanceof Json.Array array) {
      long at = index < 0 ? index + array.items().size() : index;
      if (at >= 0 && at < array.items().size()) {
        found.accept(array.items().get((int) at));
      }
    }
  }

  static void member(Json value, String name, Consumer<Json> found) {
    if (value instanceof Json.Obj object) {
      Json member = object.members().get(name);
      if (member != null) {
        found.accept(member);
      }
    }
  }

  /** Items from one number to another, both counted from the end where they are negative. */
  static void slice(
      Json value,
      @Nullable Long from,
      @Nullable Long to,
      @Nullable Long step,
      Consumer<Json> found) {
    if (!(value instanceof Json.Array array) || step != null && step == 0) {
      return;
    }
    int size = array.items().size();
    long stride = step == null ? 1 : step;
    long first = from == null ? 0 : from + (from < 0 ? size : 0);
    long end = to == null ? size : to + (to < 0 ? size : 0);
    // beyond these there are no items, so there is nothing to count through
    long lowest = Math.max(first, -size);
    long highest = Math.min(end, size);
    for (long i = stride > 0 ? lowest : first;
        stride > 0 ? i < highest : i > end && i >= -size && i < size;
        i += stride) {
      item(value, i, found);
    }
  }
}
