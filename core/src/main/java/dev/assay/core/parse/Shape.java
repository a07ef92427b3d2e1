package dev.assay.core.parse;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.spi.Shorthand;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration record says about itself: its keys, their types, defaults and documentation.
 * Decoding, the JSON Schema and the reference page all read this, so they cannot differ.
 *
 * @param type the record
 * @param doc its documentation, may be empty
 * @param parts its components that have a key
 */
record Shape(Class<?> type, String doc, List<Part> parts) {

  /**
   * A key.
   *
   * @param key as written in the workspace
   * @param type the Java type
   * @param doc its documentation, may be empty
   * @param byDefault its default as written, or null
   * @param required whether it must be written
   * @param shorthand whether the record may be written as just this
   * @param index its place among the record's components
   */
  record Part(
      String key,
      Type type,
      String doc,
      @Nullable String byDefault,
      boolean required,
      boolean shorthand,
      int index) {
    /** The raw class. */
    Class<?> raw() {
      return Shape.raw(type);
    }
  }

  static Shape of(Class<?> type) {
    List<Part> parts = new ArrayList<>();
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      if (component.getType() == Place.class) {
        continue;
      }
      Key key = component.getAnnotation(Key.class);
      Default byDefault = component.getAnnotation(Default.class);
      Class<?> raw = component.getType();
      boolean optional =
          byDefault != null
              || raw == List.class
              || raw == java.util.Map.class
              || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      parts.add(
          new Part(
              key == null ? words(component.getName()) : key.value(),
              component.getGenericType(),
              doc(component.getAnnotation(Doc.class)),
              byDefault == null ? null : byDefault.value(),
              !optional,
              component.isAnnotationPresent(Shorthand.class),
              i));
    }
    return new Shape(type, doc(type.getAnnotation(Doc.class)), List.copyOf(parts));
  }

  List<String> keys() {
    return parts.stream().map(Part::key).toList();
  }

  private static String doc(@Nullable Doc doc) {
    return doc == null ? "" : doc.value();
  }

  private static String words(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }

  static Class<?> raw(Type type) {
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : (Class<?>) type;
  }

  /** The last type argument: the items of a list, the values of a map. */
  static Type argument(Type type) {
    Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
    return arguments[arguments.length - 1];
  }
}
