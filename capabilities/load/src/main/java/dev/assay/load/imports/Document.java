package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Place;
import java.util.List;

/**
 * A structured text that is imported, with the places of its values. Immutable.
 *
 * @param source the text
 * @param root its value
 * @param places finds where a value begins
 */
record Document(Source source, Json root, Places places) {

  /** Finds the place of a value by the member names and indices that lead to it. */
  @FunctionalInterface
  interface Places {
    Place of(List<Object> path);
  }

  /** Reads JSON. */
  static Document json(Source source) {
    try {
      Json root = JsonReader.read(source.text());
      return new Document(
          source, root, path -> source.place(JsonLocator.offset(source.text(), path)));
    } catch (JsonException broken) {
      boolean end = broken.offset() >= source.text().length();
      throw ImportProblems.SYNTAX.failure(
          source.place(broken.offset()),
          "not JSON: " + String.valueOf(broken.getMessage()).replaceFirst(" at character .*", ""),
          end ? "export it again; it ends too early" : "correct it here, or export it again");
    }
  }

  /** Reads YAML, or JSON where it begins with a brace. */
  static Document yaml(Source source) {
    String text = source.text().stripLeading();
    return text.startsWith("{") ? json(source) : YamlDocument.read(source);
  }

  /** Where reading begins. */
  Item item() {
    return new Item(this, List.of(), root);
  }
}
