package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.value.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a request. Immutable. */
sealed interface Payload {

  /**
   * A JSON value.
   *
   * @param value its texts are sources of templates
   */
  record OfJson(Json value) implements Payload {}

  /**
   * A text as it is.
   *
   * @param text the text
   */
  record OfText(Template text) implements Payload {}

  /**
   * Fields of a form, their names unique.
   *
   * @param fields in order, not encoded
   */
  record OfForm(List<Field> fields) implements Payload {
    /** Copies the list. */
    public OfForm {
      fields = List.copyOf(fields);
    }
  }

  /**
   * The parts of a multipart form.
   *
   * @param parts in order
   */
  record OfMultipart(List<Part> parts) implements Payload {
    /** Copies the list. */
    public OfMultipart {
      parts = List.copyOf(parts);
    }
  }

  /**
   * The bytes of a file.
   *
   * @param path relative to the workspace
   */
  record OfFile(String path) implements Payload {}

  /**
   * A part of a multipart form; either a value or a file.
   *
   * @param name of the field
   * @param value the value
   * @param file the file, relative to the workspace
   * @param type its content type
   */
  record Part(
      String name, @Nullable Template value, @Nullable String file, @Nullable String type) {}
}
