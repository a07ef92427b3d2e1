package dev.assay.load.imports;

import dev.assay.api.json.Json;
import dev.assay.api.value.Template;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way into a workspace. Immutable.
 *
 * @param name its name in evidence, or null for method and path
 * @param method upper case, one of {@link #METHODS}
 * @param target where it goes
 * @param headers its headers
 * @param payload its body
 * @param status what the status must be, a comparison, or null for less than 400
 * @param saves what is kept of the answer: name to place
 * @param timeout as written, or null for the check's
 * @param comments lines above the step
 */
record RequestDraft(
    @Nullable String name,
    String method,
    Target target,
    List<Field> headers,
    @Nullable Payload payload,
    @Nullable String status,
    Map<String, String> saves,
    @Nullable String timeout,
    List<String> comments) {

  /** The methods that a step can have. */
  static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

  RequestDraft {
    headers = List.copyOf(headers);
    saves = Collections.unmodifiableMap(new LinkedHashMap<>(saves));
    comments = List.copyOf(comments);
  }

  /** A request of method, address, headers and body, nothing else said. */
  static RequestDraft of(
      String method, Target target, List<Field> headers, @Nullable Payload payload) {
    return new RequestDraft(
        null, method, target, headers, payload, null, Map.of(), null, List.of());
  }

  RequestDraft named(@Nullable String other) {
    return new RequestDraft(
        other, method, target, headers, payload, status, saves, timeout, comments);
  }

  RequestDraft expecting(@Nullable String other) {
    return new RequestDraft(
        name, method, target, headers, payload, other, saves, timeout, comments);
  }

  RequestDraft with(Target other) {
    return new RequestDraft(
        name, method, other, headers, payload, status, saves, timeout, comments);
  }

  RequestDraft with(List<Field> other) {
    return new RequestDraft(name, method, target, other, payload, status, saves, timeout, comments);
  }

  RequestDraft with(@Nullable Payload other) {
    return new RequestDraft(name, method, target, headers, other, status, saves, timeout, comments);
  }

  RequestDraft within(@Nullable String other) {
    return new RequestDraft(name, method, target, headers, payload, status, saves, other, comments);
  }

  RequestDraft saving(String variable, String selector) {
    Map<String, String> more = new LinkedHashMap<>(saves);
    more.put(variable, selector);
    return new RequestDraft(
        name, method, target, headers, payload, status, more, timeout, comments);
  }

  RequestDraft commented(String comment) {
    List<String> more = new ArrayList<>(comments);
    more.add(comment);
    return new RequestDraft(name, method, target, headers, payload, status, saves, timeout, more);
  }

  RequestDraft withComments(List<String> other) {
    return new RequestDraft(name, method, target, headers, payload, status, saves, timeout, other);
  }

  /** Its name in evidence. */
  String label() {
    String own = name;
    return own == null ? method + " " + target.resource().source() : own;
  }

  /** The first header of that name. */
  @Nullable Template header(String wanted) {
    for (Field header : headers) {
      if (header.named(wanted)) {
        return header.value();
      }
    }
    return null;
  }

  RequestDraft without(String header) {
    return with(headers.stream().filter(field -> !field.named(header)).toList());
  }

  /** Where a text stands, for rules that depend on it. */
  enum Spot {
    /** In the path. */
    PATH,
    /** The value of a parameter of the query, percent-encoded. */
    QUERY,
    /** The value of a header. */
    HEADER,
    /** A field of a form, a part, or a text of a JSON body. */
    FIELD,
    /** A whole body. */
    BODY
  }

  /** Changes a text at a spot; the name is that of the header, parameter or field. */
  @FunctionalInterface
  interface Change {
    Template apply(Spot spot, String name, Template text);
  }

  /** This with every text replaced by what the function makes of it. */
  RequestDraft mapTexts(Change change) {
    Target there =
        new Target(
            target.origin(),
            change.apply(Spot.PATH, "", target.path()),
            map(target.query(), (field, text) -> change.apply(Spot.QUERY, bare(field), text)));
    List<Field> headed =
        map(headers, (field, text) -> change.apply(Spot.HEADER, field.name(), text));
    return with(there).with(headed).with(mapPayload(payload, change));
  }

  /** The name of a parameter of a query, which ends with = where its value is empty. */
  private static String bare(Field field) {
    String written = field.name();
    return written.endsWith("=") ? written.substring(0, written.length() - 1) : written;
  }

  private static List<Field> map(List<Field> fields, BiFunction<Field, Template, Template> change) {
    return fields.stream().map(field -> field.with(change.apply(field, field.value()))).toList();
  }

  private static @Nullable Payload mapPayload(@Nullable Payload payload, Change change) {
    return switch (payload) {
      case null -> null;
      case Payload.OfFile file -> file;
      case Payload.OfText text -> new Payload.OfText(change.apply(Spot.BODY, "", text.text()));
      case Payload.OfForm form ->
          new Payload.OfForm(
              map(form.fields(), (field, text) -> change.apply(Spot.FIELD, field.name(), text)));
      case Payload.OfMultipart multipart ->
          new Payload.OfMultipart(
              multipart.parts().stream().map(part -> mapPart(part, change)).toList());
      case Payload.OfJson json ->
          new Payload.OfJson(
              mapJson(
                  json.value(),
                  "",
                  (name, text) -> change.apply(Spot.FIELD, name, Template.parse(text)).source()));
    };
  }

  private static Payload.Part mapPart(Payload.Part part, Change change) {
    Template value = part.value();
    return value == null
        ? part
        : new Payload.Part(
            part.name(), change.apply(Spot.FIELD, part.name(), value), part.file(), part.type());
  }

  private static Json mapJson(Json value, String name, BiFunction<String, String, String> change) {
    return switch (value) {
      case Json.Text text ->
          JsonNumbers.isMark(text.value()) ? text : Json.of(change.apply(name, text.value()));
      case Json.Array array ->
          Json.array(array.items().stream().map(item -> mapJson(item, name, change)).toList());
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((key, member) -> members.put(key, mapJson(member, key, change)));
        yield new Json.Obj(members);
      }
      default -> value;
    };
  }

  /** A JSON value whose texts are sources of templates that say the recorded texts. */
  static Json quoted(Json recorded) {
    UnaryOperator<String> quote =
        text ->
            Texts.literal(
                    text.replace(JsonNumbers.BEGIN, '\uFFFD').replace(JsonNumbers.END, '\uFFFD'))
                .source();
    return quoted(recorded, quote);
  }

  private static Json quoted(Json value, UnaryOperator<String> quote) {
    return switch (value) {
      case Json.Text text -> Json.of(quote.apply(text.value()));
      case Json.Array array ->
          Json.array(array.items().stream().map(item -> quoted(item, quote)).toList());
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((key, member) -> members.put(key, quoted(member, quote)));
        yield new Json.Obj(members);
      }
      default -> value;
    };
  }
}
