package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The object that a program sends: bounded, of known members only, and whatever is wrong with it is
 * said with its place. Immutable.
 */
public final class JsonBody {

  private static final int LONGEST = 1 << 16;

  private final Json.Obj object;
  private final List<String> known;

  private JsonBody(Json.Obj object, List<String> known) {
    this.object = object;
    this.known = known;
  }

  /** Reads an object that has no other members than those. Nothing is an empty object. */
  public static JsonBody read(InputStream in, String... members)
      throws IOException, BadBodyException {
    String text = BoundedBody.text(in, LONGEST);
    List<String> known = List.of(members);
    Json json;
    try {
      json = JsonReader.read(text.isBlank() ? "{}" : text);
    } catch (JsonException unreadable) {
      throw new BadBodyException(
          400,
          place(text, unreadable.offset()) + ": " + unreadable.getMessage(),
          "send one object in JSON (RFC 8259)");
    }
    if (!(json instanceof Json.Obj object)) {
      throw new BadBodyException(
          400, "the body is no object", "send an object with " + String.join(", ", known));
    }
    if (text.contains("\\u0000")) {
      throw new BadBodyException(
          400,
          "there is a NUL in the body, which no text here may have",
          "send it without \\u0000");
    }
    for (String name : object.members().keySet()) {
      if (!known.contains(name)) {
        throw new BadBodyException(
            400, "there is no member '" + name + "'", Nearest.mend(name, known));
      }
    }
    return new JsonBody(object, known);
  }

  private static String place(String text, int offset) {
    if (offset < 0) {
      return "the body";
    }
    String before = text.substring(0, Math.min(offset, text.length()));
    int line = 1 + (int) before.chars().filter(each -> each == '\n').count();
    return "line " + line + ", column " + (before.length() - before.lastIndexOf('\n'));
  }

  private <T> @Nullable T find(String name, String wanted, Function<Json, T> reader)
      throws BadBodyException {
    if (!known.contains(name)) {
      throw new IllegalArgumentException("'" + name + "' was not announced");
    }
    Json value = object.find(name);
    try {
      return value == null ? null : reader.apply(value);
    } catch (JsonException wrong) {
      throw new BadBodyException(
          400, "the member '" + name + "': " + wrong.getMessage(), "send " + wanted + " there");
    }
  }

  private static <T> T there(String name, String wanted, @Nullable T value)
      throws BadBodyException {
    if (value == null) {
      throw new BadBodyException(
          400, "there is no member '" + name + "'", "send '" + name + "', which is " + wanted);
    }
    return value;
  }

  /** Whether a member is there. */
  boolean has(String name) throws BadBodyException {
    return find(name, "anything", value -> value) != null;
  }

  /** A text that must be there. */
  String text(String name) throws BadBodyException {
    return there(name, "a text", find(name, "a text", Json::asText));
  }

  /** A text, or another where it is missing. */
  String text(String name, String otherwise) throws BadBodyException {
    String value = find(name, "a text", Json::asText);
    return value == null ? otherwise : value;
  }

  /** A text that is one of some words; what it is not is said with the nearest. */
  <T> T one(String name, List<String> words, Function<String, T> reader) throws BadBodyException {
    String value = text(name);
    if (!words.contains(value)) {
      throw new BadBodyException(
          400, "the member '" + name + "' is '" + value + "'", Nearest.mend(value, words));
    }
    return reader.apply(value);
  }

  /** True or false; null where it is missing. */
  @Nullable Boolean flag(String name) throws BadBodyException {
    return find(name, "true or false", Json::asBool);
  }

  /** True or false, which must be there. */
  public boolean isSo(String name) throws BadBodyException {
    return there(name, "true or false", flag(name));
  }

  /** A whole number that must be there. */
  long whole(String name) throws BadBodyException {
    return there(name, "a whole number", find(name, "a whole number", Json::asWhole));
  }

  /** A whole number; null where it is missing. */
  @Nullable Long number(String name) throws BadBodyException {
    return find(name, "a whole number", Json::asWhole);
  }

  /** A moment; null where it is missing. */
  @Nullable Instant moment(String name) throws BadBodyException {
    String value = find(name, "a text", Json::asText);
    try {
      return value == null ? null : Instant.parse(value);
    } catch (DateTimeException wrong) {
      throw new BadBodyException(
          400,
          "the member '" + name + "' is '" + value + "', which is no moment",
          "send one such as 2026-11-29T08:00:00Z");
    }
  }

  /** Texts that are some of some words; at least one. */
  List<String> some(String name, List<String> words) throws BadBodyException {
    List<String> found =
        there(
            name,
            "a list of texts",
            find(
                name,
                "a list of texts",
                value -> {
                  List<String> texts = new ArrayList<>();
                  value.asArray().forEach(each -> texts.add(each.asText()));
                  return texts;
                }));
    for (String each : found) {
      if (!words.contains(each)) {
        throw new BadBodyException(
            400, "the member '" + name + "' has '" + each + "'", Nearest.mend(each, words));
      }
    }
    if (found.isEmpty()) {
      throw new BadBodyException(
          400, "the member '" + name + "' is empty", "send some of " + String.join(", ", words));
    }
    return found;
  }
}
