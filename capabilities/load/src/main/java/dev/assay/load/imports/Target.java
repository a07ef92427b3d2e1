package dev.assay.load.imports;

import dev.assay.api.value.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes. Immutable.
 *
 * @param origin scheme, host and port; null for the environment's url
 * @param path percent-encoded, begins with a slash or a name
 * @param query its parameters in order, names and values percent-encoded; a name without a value
 *     has an empty one
 */
record Target(@Nullable Template origin, Template path, List<Field> query) {

  Target {
    query = List.copyOf(query);
  }

  /** The same path at the environment's url. */
  Target atBase() {
    return new Target(null, path, query);
  }

  /** Path and query. */
  Template resource() {
    List<Template.Part> parts = new ArrayList<>(path.parts());
    char separator = '?';
    for (Field field : query) {
      parts.add(new Template.Literal(separator + field.name()));
      if (!field.value().parts().isEmpty()) {
        parts.add(new Template.Literal("="));
        parts.addAll(field.value().parts());
      }
      separator = '&';
    }
    return Texts.of(parts);
  }

  /** As a step says it. */
  Template written() {
    Template base = origin;
    return base == null ? resource() : Texts.join(base, resource());
  }
}
