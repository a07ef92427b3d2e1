package dev.assay.core.parse;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Template;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes into configuration records. Collects problems and goes on, so that one pass finds
 * them all; what could not be decoded is null, and so is everything around it.
 */
final class Decoder {

  private final List<Problem> problems;
  private final Function<String, Optional<String>> constants;
  private final boolean keepGood;

  /**
   * A decoder.
   *
   * @param problems where problems go
   * @param constants values for names in scalars that are not templates, such as {@code rate:
   *     ${RATE}/s}
   */
  Decoder(List<Problem> problems, Function<String, Optional<String>> constants) {
    this(problems, constants, false);
  }

  private Decoder(
      List<Problem> problems, Function<String, Optional<String>> constants, boolean keepGood) {
    this.problems = problems;
    this.constants = constants;
    this.keepGood = keepGood;
  }

  /**
   * A decoder that leaves what is wrong out of lists, maps and the outermost record instead of
   * giving up on them, so that what is right in the rest can still be looked at. The problems are
   * the same.
   */
  Decoder keepingGood() {
    return new Decoder(problems, constants, true);
  }

  /** Decodes a record, from a map or from what its shorthand component takes. */
  <T extends Record> @Nullable T record(Node node, Class<T> type) {
    Object value = decodeRecord(node, type);
    return value == null ? null : type.cast(value);
  }

  /** Decodes a value of any supported type; the name is the key, for messages. */
  @Nullable Object decode(Node node, Type type, String name) {
    Class<?> raw = Shape.raw(type);
    if (raw == List.class) {
      return list(node, Shape.argument(type), name);
    }
    if (raw == Map.class) {
      return map(node, Shape.argument(type), name);
    }
    if (raw == Json.class) {
      return json(node);
    }
    if (raw == Ref.class) {
      return node instanceof Node.Scalar scalar && !scalar.empty()
          ? new Ref(scalar.text(), scalar.place())
          : wrong(node, name, "a name");
    }
    if (raw == CommandLine.class && node instanceof Node.Items items) {
      return commandLine(items, name);
    }
    if (raw.isEnum()) {
      return constant(node, raw, name);
    }
    ScalarForm form = ScalarForm.of(raw);
    if (form != null) {
      return scalar(node, raw, form, name);
    }
    if (raw.isRecord()) {
      return decodeRecord(node, raw);
    }
    throw new IllegalStateException("configuration type " + raw + " is not supported");
  }

  private @Nullable Object scalar(Node node, Class<?> raw, ScalarForm form, String name) {
    if (!(node instanceof Node.Scalar scalar) || scalar.empty() && raw != String.class) {
      return wrong(node, name, form.wanted());
    }
    String text = scalar.text();
    boolean keepsNames =
        raw == Template.class
            || raw == CommandLine.class
            || raw == Comparison.class && !constant(text);
    if (!keepsNames && text.contains("${")) {
      String filled = fillConstants(scalar, name);
      if (filled == null) {
        return null;
      }
      text = filled;
    }
    try {
      return form.read().apply(text);
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      problems.add(
          PlanProblems.WRONG_TYPE.at(
              scalar.place(), "'" + name + "': " + wrong.getMessage(), "write " + form.wanted()));
      return null;
    }
  }

  /**
   * Whether every name in a text has its value already; one that is no template is left to its own
   * form.
   */
  private boolean constant(String text) {
    try {
      return Template.parse(text).names().stream()
          .allMatch(name -> constants.apply(name).isPresent());
    } catch (IllegalArgumentException noTemplate) {
      return false;
    }
  }

  private @Nullable String fillConstants(Node.Scalar scalar, String name) {
    Template template;
    try {
      template = Template.parse(scalar.text());
    } catch (IllegalArgumentException wrong) {
      problems.add(
          PlanProblems.WRONG_TYPE.at(
              scalar.place(),
              "'" + name + "': " + wrong.getMessage(),
              "close it, or write $$ for a dollar sign"));
      return null;
    }
    for (String unknown : template.names()) {
      if (constants.apply(unknown).isEmpty()) {
        problems.add(
            PlanProblems.UNKNOWN_NAME.at(
                scalar.place(),
                "'${"
                    + unknown
                    + "}' has no value while the file is read, and '"
                    + name
                    + "' needs one then",
                "define it under `variables` with a plain value, or set the environment variable of env.NAME"));
        return null;
      }
    }
    return template.fill(value -> constants.apply(value).orElseThrow());
  }

  private @Nullable Object constant(Node node, Class<?> raw, String name) {
    List<String> words =
        Arrays.stream(raw.getEnumConstants())
            .map(value -> value.toString().toLowerCase(Locale.ROOT).replace('_', ' '))
            .toList();
    if (node instanceof Node.Scalar scalar) {
      int index = words.indexOf(scalar.text());
      if (index >= 0) {
        return raw.getEnumConstants()[index];
      }
      problems.add(
          PlanProblems.WRONG_TYPE.at(
              scalar.place(),
              "'" + name + "' cannot be " + scalar.kind(),
              Nearest.mend(scalar.text(), words)));
      return null;
    }
    return wrong(node, name, "one of: " + String.join(", ", words));
  }

  private @Nullable Object commandLine(Node.Items items, String name) {
    List<?> words = list(items, Template.class, name);
    if (words == null) {
      return null;
    }
    if (words.isEmpty()) {
      return wrong(items, name, "a command with its arguments");
    }
    return new CommandLine(words.stream().map(Template.class::cast).toList());
  }

  private @Nullable List<?> list(Node node, Type item, String name) {
    List<Node> nodes;
    if (node instanceof Node.Items items) {
      nodes = items.items();
    } else if (node instanceof Node.Scalar scalar && !scalar.empty() && single(item)) {
      nodes = List.of(scalar);
    } else {
      wrong(node, name, "a list");
      return null;
    }
    List<Object> decoded = new ArrayList<>();
    boolean whole = true;
    for (Node child : nodes) {
      Object value = decode(child, item, name);
      if (value == null) {
        whole = false;
      } else {
        decoded.add(value);
      }
    }
    return whole || keepGood ? List.copyOf(decoded) : null;
  }

  /** Whether a list of it may be written as one scalar. */
  private static boolean single(Type item) {
    Class<?> raw = Shape.raw(item);
    return raw == Ref.class || raw.isEnum() || ScalarForm.of(raw) != null;
  }

  private @Nullable Map<String, ?> map(Node node, Type value, String name) {
    if (node instanceof Node.Scalar scalar && scalar.empty()) {
      return Map.of();
    }
    if (!(node instanceof Node.Mapping mapping)) {
      wrong(node, name, "a map");
      return null;
    }
    Map<String, Object> decoded = new LinkedHashMap<>();
    boolean whole = true;
    for (Node.Entry entry : mapping.entries()) {
      Object child = decode(entry.value(), value, entry.key());
      if (child == null) {
        whole = false;
      } else {
        decoded.put(entry.key(), child);
      }
    }
    return whole || keepGood ? Collections.unmodifiableMap(decoded) : null;
  }

  private @Nullable Object decodeRecord(Node node, Class<?> type) {
    Shape shape = Shape.of(type);
    if (!(node instanceof Node.Mapping mapping)) {
      return shorthand(node, shape);
    }
    reportUnknown(mapping, shape, List.of());
    Map<String, Node> written = new LinkedHashMap<>();
    mapping.entries().forEach(entry -> written.put(entry.key(), entry.value()));
    return build(shape, node.place(), written);
  }

  private void reportUnknown(Node.Mapping mapping, Shape shape, Collection<String> others) {
    List<String> known = new ArrayList<>(shape.keys());
    known.addAll(others);
    for (Node.Entry entry : mapping.entries()) {
      if (!shape.keys().contains(entry.key())) {
        problems.add(
            PlanProblems.UNKNOWN_KEY.at(
                entry.keyPlace(),
                "unknown key '" + entry.key() + "'",
                Nearest.mend(entry.key(), known)));
      }
    }
  }

  private void reportMissing(Place place, Shape.Part part) {
    problems.add(
        PlanProblems.MISSING_KEY.at(
            place,
            "the key '" + part.key() + "' is missing",
            "add '" + part.key() + "': " + wanted(part)));
  }

  private @Nullable Object shorthand(Node node, Shape shape) {
    for (Shape.Part part : shape.parts()) {
      boolean takesList = part.raw() == List.class;
      boolean fits = node instanceof Node.Items ? takesList : !takesList;
      if (part.shorthand() && fits && !(node instanceof Node.Scalar scalar && scalar.empty())) {
        return build(shape, node.place(), Map.of(part.key(), node));
      }
    }
    if (node instanceof Node.Scalar scalar
        && scalar.empty()
        && shape.parts().stream().noneMatch(Shape.Part::required)) {
      return build(shape, node.place(), Map.of());
    }
    problems.add(
        PlanProblems.WRONG_TYPE.at(
            node.place(),
            "a map is wanted here, not " + node.kind(),
            "write some of the keys: " + String.join(", ", shape.keys())));
    return null;
  }

  private @Nullable Object build(Shape shape, Place place, Map<String, Node> written) {
    RecordComponent[] components = shape.type().getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    boolean whole = true;
    for (int i = 0; i < components.length; i++) {
      if (components[i].getType() == Place.class) {
        values[i] = place;
      }
    }
    for (Shape.Part part : shape.parts()) {
      Node node = written.get(part.key());
      if (node == null
          || node instanceof Node.Scalar scalar && scalar.empty() && !part.required()) {
        values[part.index()] = absent(part);
        if (part.required()) {
          reportMissing(place, part);
          whole = false;
        }
      } else {
        Object value = decode(node, part.type(), part.key());
        values[part.index()] = value;
        whole &= value != null;
      }
    }
    return whole ? construct(shape.type(), components, values, place) : null;
  }

  /**
   * The outermost record from what is right in it: what is missing or wrong is empty.
   *
   * @param others keys that somebody else reads, for the mends of unknown ones
   */
  <T extends Record> T outermost(Node.Mapping mapping, Class<T> type, Collection<String> others) {
    Shape shape = Shape.of(type);
    reportUnknown(mapping, shape, others);
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    values[components.length - 1] = mapping.place();
    for (Shape.Part part : shape.parts()) {
      Node node = mapping.find(part.key()).map(Node.Entry::value).orElse(null);
      Object value = null;
      if (node != null && !(node instanceof Node.Scalar scalar && scalar.empty())) {
        value = decode(node, part.type(), part.key());
      } else if (part.required()) {
        reportMissing(mapping.place(), part);
      }
      values[part.index()] = value != null ? value : empty(part);
    }
    Object built = construct(type, components, values, mapping.place());
    if (built == null) {
      throw new IllegalStateException(type + " must take empty parts");
    }
    return type.cast(built);
  }

  private static @Nullable Object empty(Shape.Part part) {
    if (part.raw() == String.class) {
      return "";
    }
    return part.raw() == List.class ? List.of() : part.raw() == Map.class ? Map.of() : null;
  }

  private @Nullable Object absent(Shape.Part part) {
    String byDefault = part.byDefault();
    if (byDefault != null) {
      return decode(new Node.Scalar(Place.NONE, byDefault, true), part.type(), part.key());
    }
    if (part.raw() == List.class) {
      return List.of();
    }
    return part.raw() == Map.class ? Map.of() : null;
  }

  static String wanted(Shape.Part part) {
    ScalarForm form = ScalarForm.of(part.raw());
    if (form != null) {
      return form.wanted();
    }
    return part.raw() == List.class ? "a list" : "a map";
  }

  private @Nullable Object construct(
      Class<?> type, RecordComponent[] components, @Nullable Object[] values, Place place) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException wrong) {
        problems.add(
            PlanProblems.WRONG_TYPE.at(
                place, String.valueOf(wrong.getMessage()), "correct the values of this map"));
        return null;
      }
      throw new IllegalStateException("cannot construct " + type, refused);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("cannot construct " + type, impossible);
    }
  }

  private @Nullable Object wrong(Node node, String name, String wanted) {
    problems.add(
        PlanProblems.WRONG_TYPE.at(
            node.place(), "'" + name + "' cannot be " + node.kind(), "write " + wanted));
    return null;
  }

  /** Any YAML as JSON; plain scalars by the YAML 1.2 core schema, quoted ones as texts. */
  static Json json(Node node) {
    return switch (node) {
      case Node.Items items -> Json.array(items.items().stream().map(Decoder::json).toList());
      case Node.Mapping mapping -> {
        Map<String, Json> members = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> members.put(entry.key(), json(entry.value())));
        yield new Json.Obj(members);
      }
      case Node.Scalar scalar -> json(scalar);
    };
  }

  private static Json json(Node.Scalar scalar) {
    String text = scalar.text();
    if (!scalar.plain()) {
      return Json.of(text);
    }
    if (scalar.empty()) {
      return Json.Null.VALUE;
    }
    if (text.equals("true") || text.equals("false")) {
      return Json.of(text.equals("true"));
    }
    if (text.matches("[-+]?\\d{1,18}")) {
      return Json.of(Long.parseLong(text));
    }
    if (text.matches("[-+]?(\\.\\d+|\\d+(\\.\\d*)?)([eE][-+]?\\d+)?")) {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? Json.of(value) : Json.of(text);
    }
    return Json.of(text);
  }
}
