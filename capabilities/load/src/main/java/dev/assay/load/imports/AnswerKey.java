package dev.assay.load.imports;

import dev.assay.api.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds where an answer has the key of the thing that a path parameter asks for. */
final class AnswerKey {

  private static final List<String> USUAL =
      List.of("id", "uuid", "_id", "key", "guid", "slug", "code", "name");

  private final String parameter;
  private final String thing;

  private AnswerKey(String parameter, String thing) {
    this.parameter = parameter;
    this.thing = thing;
  }

  /**
   * The JSON path of the key; null where there is none.
   *
   * @param answer an example of the answer
   * @param parameter such as petId
   * @param collection the path above it, such as /pets
   */
  static @Nullable String find(Json answer, String parameter, String collection) {
    String last = collection.substring(collection.lastIndexOf('/') + 1);
    return new AnswerKey(folded(parameter), folded(AnswerValues.singular(last))).in(answer, "$", 0);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** In a thing itself, in the first of a list, or one level down in an envelope around either. */
  private @Nullable String in(Json value, String path, int depth) {
    if (value instanceof Json.Array array && !array.items().isEmpty() && depth < 3) {
      return in(array.items().getFirst(), path + "[0]", depth + 1);
    }
    if (!(value instanceof Json.Obj object)) {
      return null;
    }
    String own = member(object);
    if (own != null) {
      return path + step(own);
    }
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      boolean list = member.getValue() instanceof Json.Array;
      boolean envelope =
          list || folded(member.getKey()).matches("data|result|item|payload|response|" + thing);
      if (depth < 2 && envelope && !(list && path.contains("["))) {
        String inside = in(member.getValue(), path + step(member.getKey()), depth + 1);
        if (inside != null) {
          return inside;
        }
      }
    }
    return null;
  }

  private @Nullable String member(Json.Obj object) {
    for (String name : object.members().keySet()) {
      String same = folded(name);
      boolean simple =
          object.members().get(name) instanceof Json.Text
              || object.members().get(name) instanceof Json.Whole;
      if (simple && (same.equals(parameter) || same.equals(thing + parameter))) {
        return name;
      }
    }
    if (!parameter.matches(".*(id|uuid|guid|key|slug|code|name|number)")) {
      return null;
    }
    for (String usual : USUAL) {
      boolean fits = parameter.endsWith(folded(usual)) || usual.endsWith("id");
      if (fits
          && (object.members().get(usual) instanceof Json.Text
              || object.members().get(usual) instanceof Json.Whole)) {
        return usual;
      }
    }
    return null;
  }

  private static String step(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*")
        ? "." + name
        : "['" + name.replaceAll("['\\\\]", "") + "']";
  }
}
