package dev.assay.network.toxiproxy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import java.util.stream.Collectors;

/** JSON without white space, members in their own order, as Toxiproxy writes it. */
final class GoJson {

  private GoJson() {}

  static String write(Json value) {
    return switch (value) {
      case Json.Array array ->
          array.items().stream().map(GoJson::write).collect(Collectors.joining(",", "[", "]"));
      case Json.Obj object ->
          object.members().entrySet().stream()
              .map(member -> write(Json.of(member.getKey())) + ":" + write(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      default -> JsonWriter.canonical(value);
    };
  }
}
