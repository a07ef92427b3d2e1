package dev.assay.http;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.value.Template;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The body of a request.
 *
 * @param mediaType of its content-type header where the step writes none
 * @param text filled
 */
record RequestBody(String mediaType, String text) {

  /** The body of a step, with its templates filled; empty where it has none. */
  static Optional<RequestBody> of(HttpStep step, Function<Template, String> fill) {
    Json json = step.json();
    if (json != null) {
      return Optional.of(
          new RequestBody("application/json", JsonWriter.canonical(fill(json, fill))));
    }
    Template body = step.body();
    if (body != null) {
      return Optional.of(new RequestBody("text/plain; charset=utf-8", fill.apply(body)));
    }
    if (!step.form().isEmpty()) {
      List<String> fields = new ArrayList<>();
      step.form()
          .forEach((name, value) -> fields.add(encode(name) + "=" + encode(fill.apply(value))));
      return Optional.of(
          new RequestBody("application/x-www-form-urlencoded", String.join("&", fields)));
    }
    return Optional.empty();
  }

  /**
   * The templates in the texts of a tree.
   *
   * @throws IllegalArgumentException if a text is no template
   */
  static List<Template> templates(Json json) {
    List<Template> templates = new ArrayList<>();
    collect(json, templates);
    return templates;
  }

  private static void collect(Json json, List<Template> templates) {
    switch (json) {
      case Json.Text text -> templates.add(Template.parse(text.value()));
      case Json.Array array -> array.items().forEach(item -> collect(item, templates));
      case Json.Obj object -> object.members().values().forEach(item -> collect(item, templates));
      default -> {
        // numbers, true, false and null hold no templates
      }
    }
  }

  /** The tree with its texts filled; what was a text stays one, whatever it is filled with. */
  private static Json fill(Json json, Function<Template, String> fill) {
    return switch (json) {
      case Json.Text text -> Json.of(fill.apply(Template.parse(text.value())));
      case Json.Array array ->
          Json.array(array.items().stream().map(item -> fill(item, fill)).toList());
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((name, item) -> members.put(name, fill(item, fill)));
        yield new Json.Obj(members);
      }
      default -> json;
    };
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
