package dev.assay.network.toxiproxy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object in a request, read as Toxiproxy's {@code encoding/json} does: names in any case, a
 * {@code null} as if it were not there, unknown members ignored. Otherwise strict: what follows the
 * value, and a member twice, are refused. Immutable.
 */
final class RequestBody {

  private final Json.Obj object;

  private RequestBody(Json.Obj object) {
    this.object = object;
  }

  /** The object that a text says. */
  static RequestBody read(String text) {
    return of(value(text), "the body");
  }

  /** The objects of an array that a text says. */
  static List<RequestBody> readAll(String text) {
    if (!(value(text) instanceof Json.Array array)) {
      throw ApiFailure.badBody("the body is not an array");
    }
    return array.items().stream().map(item -> of(item, "an entry of the array")).toList();
  }

  private static Json value(String text) {
    if (text.isBlank()) {
      throw ApiFailure.badBody("EOF");
    }
    try {
      return JsonReader.read(text);
    } catch (JsonException e) {
      throw ApiFailure.badBody(e);
    }
  }

  private static RequestBody of(Json value, String what) {
    return switch (value) {
      case Json.Obj object -> new RequestBody(object);
      case Json.Null _ -> new RequestBody(new Json.Obj(Map.of()));
      default -> throw ApiFailure.badBody(what + " is not an object");
    };
  }

  /** A member that is there and not null. */
  Optional<Json> member(String name) {
    Json exact = object.members().get(name);
    if (exact == null) {
      for (Map.Entry<String, Json> entry : object.members().entrySet()) {
        if (entry.getKey().equalsIgnoreCase(name)) {
          exact = entry.getValue();
        }
      }
    }
    return Optional.ofNullable(exact).filter(value -> !(value instanceof Json.Null));
  }

  String text(String name, String otherwise) {
    return member(name).map(value -> text(name, value)).orElse(otherwise);
  }

  private static String text(String name, Json value) {
    if (value instanceof Json.Text text) {
      return text.value();
    }
    throw ApiFailure.badBody("'" + name + "' is not a string");
  }

  boolean flag(String name, boolean otherwise) {
    return member(name).map(value -> flag(name, value)).orElse(otherwise);
  }

  private static boolean flag(String name, Json value) {
    if (value instanceof Json.Bool flag) {
      return flag.value();
    }
    throw ApiFailure.badBody("'" + name + "' is not a boolean");
  }

  double number(String name, double otherwise) {
    return member(name).map(value -> number(name, value)).orElse(otherwise);
  }

  private static double number(String name, Json value) {
    return switch (value) {
      case Json.Whole whole -> whole.value();
      case Json.Real real -> real.value();
      default -> throw ApiFailure.badBody("'" + name + "' is not a number");
    };
  }

  /** The object in a member; empty where there is none. */
  RequestBody object(String name) {
    return member(name)
        .map(value -> of(value, "'" + name + "'"))
        .orElseGet(() -> new RequestBody(new Json.Obj(Map.of())));
  }
}
