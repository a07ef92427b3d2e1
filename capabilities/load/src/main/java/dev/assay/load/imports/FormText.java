package dev.assay.load.imports;

import dev.assay.api.value.Template;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The text of a form ({@code application/x-www-form-urlencoded}, URL standard section 5). */
final class FormText {

  private FormText() {}

  /** Reads the fields of a form; what is wrongly encoded is kept as it is. */
  static List<Field> decode(String text) {
    List<Field> fields = new ArrayList<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        fields.add(new Field(decoded(name), Texts.literal(decoded(value))));
      }
    }
    return fields;
  }

  /** Decodes a name or value. */
  static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** Writes fields as text; names of templates stay. */
  static Template encode(List<Field> fields) {
    List<Template.Part> parts = new ArrayList<>();
    String separator = "";
    for (Field field : fields) {
      parts.add(new Template.Literal(separator + encoded(field.name()) + "="));
      parts.addAll(
          Texts.mapLiterals(field.value(), text -> List.of(new Template.Literal(encoded(text))))
              .parts());
      separator = "&";
    }
    return Texts.of(parts);
  }

  /** Encodes a name or value. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
